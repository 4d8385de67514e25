"""An area whose schools approved the link in the sandbox's Wonde."""

from __future__ import annotations

import pytest

from integrations.neighbour import forget_neighbours
from tests.support.agencies import RunningAgencies
from tests.support.cluster import Cluster
from tests.support.school_systems import LinkedSchools, link_wonde


@pytest.fixture(autouse=True)
def on_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """The agencies' systems are local, as in the demo; nobody remembers how they behaved before."""
    monkeypatch.setenv("CONCORDAT_ENVIRONMENT", "development")
    forget_neighbours()


@pytest.fixture
async def linked(database: Cluster, agencies: RunningAgencies) -> LinkedSchools:
    return await link_wonde(agencies)
