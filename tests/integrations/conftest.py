"""The invented agencies, for every connector's tests."""

from collections.abc import Iterator

import pytest

from tests.support.agencies import RunningAgencies, running_agencies


@pytest.fixture(scope="session")
def agencies_process() -> Iterator[RunningAgencies]:
    """One process for the whole run; ask for `agencies`."""
    with running_agencies("oneroster.first_urn=610001", "wonde.first_urn=620001") as running:
        yield running


@pytest.fixture
def agencies(agencies_process: RunningAgencies) -> RunningAgencies:
    """Every agency over real HTTP, as at its start: no faults, nothing recorded, no changes of other tests."""
    agencies_process.reset()
    return agencies_process
