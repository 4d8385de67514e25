"""A run that failed is taken up by the next one at the page it was on, when that asks the agency the same."""

import contextlib
import json
from datetime import timedelta
from typing import Any

import pytest

from infra.queue import GiveUp, JobError
from integrations.engine.ending import carry_to_an_end
from tests.integrations.engine.conftest import Linked
from tests.integrations.engine.numbers import work_of
from tests.support.cluster import Cluster
from tests.support.connections import asked, begun, row_of
from tests.support.hostile_provider import says
from tests.support.queue import as_superuser

NO = says({}, status="403 No")
PAGES = ([1], [2], [3], [4])


async def run_of(linked: Linked, **changed: Any) -> dict[str, Any]:
    """Begin and carry a run to whatever end; return its row."""
    run = await asked(linked.area, linked.connection, **changed)
    with contextlib.suppress(GiveUp, JobError):
        await carry_to_an_end(work_of(await begun(linked.area, run)), pause=None)
    return await row_of(linked.area, "connection_run", run)


async def failed_at_page_3(linked: Linked) -> dict[str, Any]:
    """A run whose third page never came; from now on it would."""
    linked.has(*PAGES)
    linked.agency.scripts["/page-3"] = NO
    row = await run_of(linked)
    assert (row["state"], row["pages"], row["resumed_page"]) == ("failed", 2, None)
    linked.has(*PAGES)
    return row


@pytest.mark.parametrize("cause", ["schedule", "by_hand"])
async def test_the_next_run_goes_on_at_the_page_the_failed_one_was_on(linked: Linked, cause: str) -> None:
    failed = await failed_at_page_3(linked)
    row = await run_of(linked, cause=cause)
    assert (row["state"], row["pages"], row["read"]) == ("done", 2, 2)
    assert (row["resumed_run_id"], row["resumed_page"]) == (failed["id"], 3)
    assert linked.asked() == {"/page-1": 1, "/page-2": 1, "/page-3": 2, "/page-4": 1}


async def test_an_agency_that_is_away_for_ever_costs_no_page_that_was_read(linked: Linked) -> None:
    linked.has(*PAGES)
    linked.agency.scripts["/page-3"] = says({}, status="500 Broken", headers="Retry-After: 900\r\n")
    assert (await run_of(linked))["state"] == "failed"
    linked.has(*PAGES)
    assert (await run_of(linked))["resumed_page"] == 3
    assert (linked.asked()["/page-1"], linked.asked()["/page-2"]) == (1, 1)


async def test_a_run_that_took_up_another_is_taken_up_too_and_counts_on(linked: Linked) -> None:
    await failed_at_page_3(linked)
    linked.agency.scripts["/page-4"] = NO
    second = await run_of(linked)
    assert (second["state"], second["resumed_page"], second["pages"]) == ("failed", 3, 1)
    linked.has(*PAGES)
    third = await run_of(linked)
    assert (third["state"], third["resumed_page"], third["resumed_run_id"]) == ("done", 4, second["id"])


async def test_a_run_that_got_no_further_is_not_taken_up_again(linked: Linked) -> None:
    """Where a page can never be read, the one after begins anew instead of failing there for ever."""
    await failed_at_page_3(linked)
    linked.agency.scripts["/page-3"] = NO
    assert (await run_of(linked))["pages"] == 0
    linked.has(*PAGES)
    row = await run_of(linked)
    assert (row["state"], row["resumed_page"], row["pages"]) == ("done", None, 4)


@pytest.mark.parametrize(
    "change",
    [
        "options = options || '{\"page_size\": 50}'",
        "watermark = 'w0'",
        "may_change = array['people']",
        "base_url = base_url || '/'",
    ],
)
async def test_what_asks_the_agency_something_else_begins_anew(linked: Linked, database: Cluster, change: str) -> None:
    await failed_at_page_3(linked)
    await as_superuser(database, f"update agency_connection set {change} where id = $1", linked.connection)
    row = await run_of(linked)
    assert (row["state"], row["resumed_page"], row["pages"]) == ("done", None, 4)


async def test_a_page_of_long_ago_is_not_gone_back_to(linked: Linked, database: Cluster) -> None:
    failed = await failed_at_page_3(linked)
    late = "update connection_run set heard_from_at = heard_from_at - interval '6 hours' where id = $1"
    await as_superuser(database, late, failed["id"])
    assert (await run_of(linked))["resumed_page"] is None


async def test_a_hint_reads_everything_since_the_watermark(linked: Linked) -> None:
    """What the agency just said of a change may be on a page that was read before it."""
    await failed_at_page_3(linked)
    assert (await run_of(linked, cause="hook"))["resumed_page"] is None


async def test_a_test_in_between_changes_nothing(linked: Linked) -> None:
    await failed_at_page_3(linked)
    told = await run_of(linked, cause="test")
    assert (told["state"], told["resumed_page"], told["cursor"]) == ("done", None, None)
    assert (await run_of(linked))["resumed_page"] == 3


async def test_after_a_good_run_the_next_begins_at_the_watermark(linked: Linked) -> None:
    await failed_at_page_3(linked)
    await run_of(linked)
    row = await run_of(linked)
    assert (row["resumed_page"], row["pages"], json.loads(row["cursor"])["since"]) == (None, 4, "w1")


async def test_a_resumed_run_that_is_killed_still_says_where_it_took_up(linked: Linked) -> None:
    """Its second start finds its own cursor, not that of the run before."""
    failed = await failed_at_page_3(linked)
    linked.agency.scripts["/page-4"] = says({}, status="503 Away", headers="Retry-After: 900\r\n")
    run = await asked(linked.area, linked.connection)
    with pytest.raises(JobError):
        await carry_to_an_end(work_of(await begun(linked.area, run)), pause=timedelta(seconds=5))
    linked.has(*PAGES)
    await carry_to_an_end(work_of(await begun(linked.area, run)), pause=None)
    row = await row_of(linked.area, "connection_run", run)
    assert (row["state"], row["pages"], row["fence"]) == ("done", 2, 2)
    assert (row["resumed_run_id"], row["resumed_page"]) == (failed["id"], 3)
    assert linked.asked() == {"/page-1": 1, "/page-2": 1, "/page-3": 2, "/page-4": 2}
