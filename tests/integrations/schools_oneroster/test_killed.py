"""A worker that is killed in the middle of a listing: another goes on at the page it was on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integrations.school_people.told import posts_of
from tests.support.agencies import RunningAgencies
from tests.support.cluster import Cluster
from tests.support.connections import asked, row_of
from tests.support.school_systems import LinkedSchools, link_oneroster
from tests.support.worker_process import until, worker_process


@pytest.fixture
async def slow(database: Cluster, agencies: RunningAgencies) -> LinkedSchools:
    """A server that sends small pages, and needs so long for the last ones that nobody comes to the end."""
    linked = await link_oneroster(agencies)
    agencies.do("oneroster", "manners", server="s1", dialect={"largest_page": 3})
    agencies.fault("oneroster", "slow", times=None, path="principal", seconds=5)
    return linked


@pytest.mark.faults
async def test_after_kill_9_the_run_goes_on_at_the_page_it_was_on(
    slow: LinkedSchools, agencies: RunningAgencies, database: Cluster, tmp_path: Path
) -> None:
    run = await asked(slow.area, slow.connection)

    async def has_read(pages: int) -> bool:
        return bool((await row_of(slow.area, "connection_run", run))["pages"] >= pages)

    with worker_process(database, tmp_path, CONCORDAT_ENVIRONMENT="development") as worker:
        await until(lambda: has_read(4), why=worker.log)
        worker.kill()
        killed_at = (await row_of(slow.area, "connection_run", run))["pages"]
        agencies.clear()
        worker.start()
        await until(lambda: _is_done(slow, run), why=worker.log)
        worker.terminate()
    row = await row_of(slow.area, "connection_run", run)
    assert (row["state"], row["problem"]) == ("done", None)
    assert row["fence"] == 2
    assert posts_of(await slow.proposals()) == {
        "designated_safeguarding_lead": 8,
        "headteacher": 8,
        "deputy_designated_safeguarding_lead": 4,
    }
    pages = [str(sorted(each["query"].items())) for each in slow.asked(containing="rostering")]
    written, others = pages[:killed_at], pages[killed_at:]
    assert len(set(written)) == killed_at
    assert not {*written} & {*others}, "a page that was written was asked for again"
    assert 4 <= killed_at < row["pages"]
    assert len({*pages}) == row["pages"]


async def _is_done(linked: LinkedSchools, run: object) -> bool:
    row = await row_of(linked.area, "connection_run", run)  # type: ignore[arg-type]
    return bool(row["finished_at"] is not None)
