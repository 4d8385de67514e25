"""The agencies that there are, a line for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from integrations.sandbox.agencies.agency import Agency, Setup
from integrations.sandbox.agencies.dsi import app as dsi
from integrations.sandbox.agencies.gias import app as gias
from integrations.sandbox.agencies.nhs import app as nhs
from integrations.sandbox.agencies.oneroster import app as oneroster
from integrations.sandbox.agencies.wonde import app as wonde

MAKERS: Mapping[str, Callable[[Setup], Agency]] = {
    "dsi": dsi.make,
    "gias": gias.make,
    "nhs": nhs.make,
    "oneroster": oneroster.make,
    "wonde": wonde.make,
}
