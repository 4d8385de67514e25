"""The systems that Concordat syncs with, by the name under which a connection is kept."""

from __future__ import annotations

from typing import Any

from integrations.connector import Connector
from integrations.dfe_sign_in import sync as dfe_sign_in
from integrations.education_statistics import sync as education_statistics
from integrations.gias import sync as gias
from integrations.nhs_ods import sync as nhs_ods
from integrations.police_forces import sync as police_forces
from integrations.police_indicators import sync as police_indicators
from integrations.schools_oneroster import sync as schools_oneroster
from integrations.schools_wonde import sync as schools_wonde

ALL: tuple[Connector[Any], ...] = (
    dfe_sign_in.CONNECTOR,
    education_statistics.CONNECTOR,
    gias.CONNECTOR,
    nhs_ods.CONNECTOR,
    police_forces.CONNECTOR,
    police_indicators.CONNECTOR,
    schools_oneroster.CONNECTOR,
    schools_wonde.CONNECTOR,
)
CONNECTORS: dict[str, Connector[Any]] = {connector.system: connector for connector in ALL}
