"""The agencies that there are, a line for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from integrations.sandbox.agencies.agency import Agency, Setup
from integrations.sandbox.agencies.datapolice import app as datapolice
from integrations.sandbox.agencies.dsi import app as dsi
from integrations.sandbox.agencies.ees import app as ees
from integrations.sandbox.agencies.entra import app as entra
from integrations.sandbox.agencies.gias import app as gias
from integrations.sandbox.agencies.nhs import app as nhs
from integrations.sandbox.agencies.office import app as office
from integrations.sandbox.agencies.oneroster import app as oneroster
from integrations.sandbox.agencies.police import app as police
from integrations.sandbox.agencies.wonde import app as wonde

MAKERS: Mapping[str, Callable[[Setup], Agency]] = {
    "datapolice": datapolice.make,
    "dsi": dsi.make,
    "ees": ees.make,
    "entra": entra.make,
    "gias": gias.make,
    "nhs": nhs.make,
    "office": office.make,
    "oneroster": oneroster.make,
    "police": police.make,
    "wonde": wonde.make,
}
