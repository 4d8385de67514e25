"""A server that answers 500 for ever in the middle of its listings: the next run does not read them from the start."""

from __future__ import annotations

import pytest

from integrations.neighbour import forget_neighbours
from tests.integrations.school_people.told import posts_of
from tests.support.agencies import RunningAgencies
from tests.support.cluster import Cluster
from tests.support.connections import row_of
from tests.support.queue import drain, make_due
from tests.support.school_systems import LinkedSchools, link_oneroster

HEADS = "principal"


@pytest.fixture
async def failed(database: Cluster, agencies: RunningAgencies) -> LinkedSchools:
    """A run that came as far as the heads, whom the server could not list; from now on it can."""
    forget_neighbours()
    linked = await link_oneroster(agencies, "s3")
    agencies.do("oneroster", "manners", server="s3", dialect={"largest_page": 5, "role_fields": ["roles.role"]})
    agencies.fault("oneroster", "status", times=None, path=HEADS, status=500, retry_after=900)
    row = await linked.run()
    while row["state"] == "running":  # the queue tries some times more
        await make_due()
        assert await drain()
        row = await row_of(linked.area, "connection_run", row["id"])
    assert (row["state"], row["pages"] > 0) == ("failed", True)
    assert "headteacher" not in posts_of(await linked.proposals())
    agencies.clear()
    forget_neighbours()
    return linked


async def test_the_next_run_reads_what_the_failed_one_did_not(failed: LinkedSchools) -> None:
    before = len(failed.asked(containing="/s3/ims"))
    row = await failed.run()
    later = failed.asked(containing="/s3/ims")[before:]
    assert (row["state"], row["problem"]) == ("done", None)
    assert all(HEADS in each["query"].get("filter", "") for each in later), later
    assert len(later) == row["pages"]
    assert posts_of(await failed.proposals()) == {
        "designated_safeguarding_lead": 8,
        "headteacher": 8,
        "deputy_designated_safeguarding_lead": 4,
    }


async def test_what_was_read_by_both_is_known_to_the_full_listing_after(failed: LinkedSchools) -> None:
    """Nothing doubled, nobody concluded to have left: the listing was read in two parts."""
    await failed.run()
    before = await failed.written()
    await failed.alter("watermark = null")
    row = await failed.run()
    assert (row["state"], row["proposed"], row["read"], row["resumed_page"]) == ("done", 0, 28, None)
    assert await failed.written() == before
