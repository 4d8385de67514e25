"""A run goes page by page; what kills it costs at most the page it was on."""

from dataclasses import replace
from typing import Any

import pytest

from infra.database import sql
from integrations.connector import Counts
from integrations.engine import carry as carrying
from integrations.engine.carry import carry
from integrations.engine.scopes import scopes_of
from integrations.errors import AgencyDown, AgencyRefused, NeedsReauthorisation
from tenants.connections.runs import Overtaken
from tests.integrations.engine.conftest import Linked
from tests.integrations.engine.numbers import NUMBERS, work_of
from tests.support.connections import asked, begun, row_of, serving
from tests.support.hostile_provider import says
from tests.support.queue import relayed
from tests.support.worker_process import until

DOWN = says({}, status="503 Away", headers="Retry-After: 900\r\n")


async def remembered(linked: Linked) -> set[int]:
    async with serving(linked.area):
        rows = await sql.fetch("select external_id from connection_record where connection_id = $1", linked.connection)
    return {int(row["external_id"]) for row in rows}


async def test_every_page_is_read_once_and_the_run_says_what_it_came_to(linked: Linked) -> None:
    linked.has([1, 2], [3, -4], [5])
    run = await asked(linked.area, linked.connection)
    await carry(work_of(await begun(linked.area, run)))
    row = await row_of(linked.area, "connection_run", run)
    assert await remembered(linked) == {1, 2, 3, 5}
    assert linked.asked() == {"/page-1": 1, "/page-2": 1, "/page-3": 1}
    told = {name: row[name] for name in ("state", "pages", "read", "applied", "rejected", "expected")}
    assert told == {"state": "done", "pages": 3, "read": 4, "applied": 4, "rejected": 1, "expected": 5}
    link = await row_of(linked.area, "agency_connection", linked.connection)
    assert link["last_worked_at"] is not None
    assert link["watermark"] == "w1"


async def test_a_second_run_with_nothing_new_says_so(linked: Linked) -> None:
    linked.has([1, 2], [3])
    for _ in range(2):
        run = await asked(linked.area, linked.connection)
        await carry(work_of(await begun(linked.area, run)))
    row = await row_of(linked.area, "connection_run", run)
    assert (row["applied"], row["unchanged"]) == (0, 3)


async def test_what_could_not_be_taken_is_listed_with_the_reason(linked: Linked) -> None:
    linked.has([1, -7])
    run = await asked(linked.area, linked.connection)
    await carry(work_of(await begun(linked.area, run)))
    async with serving(linked.area):
        rows = await sql.fetch("select reference, reason from connection_rejection where run_id = $1", run)
    assert [tuple(row) for row in rows] == [("-7", "It is below nothing.")]


async def test_a_run_that_died_goes_on_at_the_page_it_was_on(linked: Linked) -> None:
    linked.has([1], [2], [3])
    linked.agency.scripts["/page-2"] = DOWN
    run = await asked(linked.area, linked.connection)
    with pytest.raises(AgencyDown):
        await carry(work_of(await begun(linked.area, run)))
    assert await remembered(linked) == {1}
    linked.has([1], [2], [3])
    await carry(work_of(await begun(linked.area, run)))
    assert await remembered(linked) == {1, 2, 3}
    assert linked.asked() == {"/page-1": 1, "/page-2": 2, "/page-3": 1}


async def test_a_page_is_written_whole_or_not_at_all(linked: Linked) -> None:
    linked.has([1], [2, 13], [3])
    run = await asked(linked.area, linked.connection)
    with pytest.raises(ValueError, match="fault of the connector"):
        await carry(work_of(await begun(linked.area, run)))
    assert await remembered(linked) == {1}
    assert (await row_of(linked.area, "connection_run", run))["pages"] == 1


async def test_a_worker_that_was_overtaken_writes_nothing_more(linked: Linked) -> None:
    linked.has([1], [2])
    run = await asked(linked.area, linked.connection)
    frozen = await begun(linked.area, run)
    heir = await begun(linked.area, run)
    with pytest.raises(Overtaken):
        await carry(work_of(frozen))
    assert await remembered(linked) == set()
    await carry(work_of(heir))
    assert await remembered(linked) == {1, 2}


async def test_a_long_run_makes_room_and_goes_on_under_a_new_message(
    linked: Linked, monkeypatch: pytest.MonkeyPatch
) -> None:
    linked.has([1], [2], [3])
    run = await asked(linked.area, linked.connection)
    await relayed()
    monkeypatch.setattr(carrying, "SLICE_SECONDS", -1.0)
    for pages in (1, 2):
        await carry(work_of(await begun(linked.area, run)))
        row = await row_of(linked.area, "connection_run", run)
        assert (row["state"], row["pages"]) == ("running", pages)
        assert [(sent.actor, sent.args["run_id"]) for sent in await relayed()] == [("connection.run", str(run))]
    await carry(work_of(await begun(linked.area, run)))
    assert (await row_of(linked.area, "connection_run", run))["state"] == "done"
    assert linked.asked() == {"/page-1": 1, "/page-2": 1, "/page-3": 1}


async def test_a_process_that_is_to_end_stops_at_the_page_and_another_goes_on(linked: Linked) -> None:
    linked.has([1], [2], [3])
    run = await asked(linked.area, linked.connection)
    await relayed()
    done: list[int] = []
    work = work_of(await begun(linked.area, run), told=done.append, is_ending=lambda: bool(done))
    await carry(work)
    assert (done, (await row_of(linked.area, "connection_run", run))["pages"]) == ([1, 2], 2)
    assert [sent.actor for sent in await relayed()] == ["connection.run"]
    await carry(work_of(await begun(linked.area, run), told=done.append))
    assert (await row_of(linked.area, "connection_run", run))["state"] == "done"


async def test_who_looks_on_is_told_the_pages_of_all_who_had_the_run(
    linked: Linked, monkeypatch: pytest.MonkeyPatch
) -> None:
    linked.has([1], [2], [3], [4])
    monkeypatch.setattr(carrying, "SLICE_SECONDS", -1.0)
    run = await asked(linked.area, linked.connection)
    told: list[int] = []
    for _ in range(4):
        await carry(work_of(await begun(linked.area, run), told=told.append))
    assert told == [1, 2, 3]


async def test_a_test_asks_once_and_changes_nothing(linked: Linked) -> None:
    linked.has([1, 2])
    run = await asked(linked.area, linked.connection, cause="test")
    await carry(work_of(await begun(linked.area, run)))
    row = await row_of(linked.area, "connection_run", run)
    assert (row["state"], row["said"], row["pages"]) == ("done", "The agency answered 200.", 0)
    assert await remembered(linked) == set()


async def test_one_areas_run_never_writes_into_another_area(linked: Linked) -> None:
    """The scope is the connection's own area: one opened for the nation finds no run to hold, and writes nothing."""
    linked.has([1])
    run = await asked(linked.area, linked.connection)
    work = work_of(await begun(linked.area, run))
    with pytest.raises(NeedsReauthorisation, match="No client secret is set"):
        await carry(replace(work, scopes=scopes_of(area_id=None)))
    assert await remembered(linked) == set()


async def test_the_next_page_comes_while_this_one_is_written(linked: Linked, monkeypatch: pytest.MonkeyPatch) -> None:
    linked.has([1], [2], [3])
    seen: list[dict[str, int]] = []
    apply = NUMBERS.apply

    async def slowly(**page: Any) -> Counts:
        if not seen:  # else nothing comes any more
            await until(next_has_come, why=lambda: str(linked.asked()))
        seen.append(linked.asked())
        return await apply(**page)

    async def next_has_come() -> bool:
        return len(linked.asked()) > 1

    run = await asked(linked.area, linked.connection)
    await carry(work_of(await begun(linked.area, run), connector=replace(NUMBERS, apply=slowly)))
    assert seen[0] == {"/page-1": 1, "/page-2": 1}
    assert await remembered(linked) == {1, 2, 3}


async def test_a_page_that_does_not_come_takes_nothing_from_the_one_before(linked: Linked) -> None:
    linked.has([1], [2])
    linked.agency.scripts["/page-2"] = says({}, status="403 No")
    run = await asked(linked.area, linked.connection)
    with pytest.raises(AgencyRefused):
        await carry(work_of(await begun(linked.area, run)))
    assert await remembered(linked) == {1}
