"""What came while a page was written is written with it; what is wrong with one page takes nothing from the others."""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from integrations.connector import Connector, Counts, Cursor, Page
from integrations.engine import ahead as reading_ahead
from integrations.engine import carry as carrying
from integrations.engine.ahead import Read, joined, reading
from integrations.engine.carry import carry
from integrations.errors import AgencyRefused
from tests.integrations.engine.conftest import Linked
from tests.integrations.engine.numbers import NUMBERS, work_of
from tests.integrations.engine.test_carry import remembered
from tests.support.connections import asked, begun, row_of
from tests.support.hostile_provider import says
from tests.support.worker_process import until


def pages_of(count: int, *, asked_for: list[int]) -> Callable[[Cursor], Any]:
    """An agency with so many pages, and a list of those that it was asked for."""

    async def fetch(cursor: Cursor) -> Page[Any]:
        asked_for.append(cursor["page"])
        more = cursor["page"] < count
        return Page(items=[cursor["page"]], next={"page": cursor["page"] + 1} if more else None)

    return fetch


async def settled(asked_for: list[int]) -> list[int]:
    """What was asked for when nothing more is."""
    for _ in range(50):
        await asyncio.sleep(0)
    return list(asked_for)


def holding(linked: Linked, written: list[list[str]]) -> Connector[str]:
    """A connector that takes four pages at once, and keeps the first until the fifth is asked for: four have come."""

    async def apply(**given: Any) -> Counts:
        if not written:
            await until(lambda: _has_asked(linked, 5), why=lambda: str(linked.asked()))
        written.append(list(given["page"].items))
        return await NUMBERS.apply(**given)

    return replace(NUMBERS, together=4, apply=apply)


async def _has_asked(linked: Linked, pages: int) -> bool:
    return len(linked.asked()) >= pages


async def test_no_more_pages_are_read_than_may_be_held() -> None:
    asked_for: list[int] = []
    async with reading(pages_of(9, asked_for=asked_for), cursor={"page": 1}, most=3) as ahead:
        assert await settled(asked_for) == [1, 2, 3]
        assert [each.page.items for each in await ahead.take()] == [[1], [2], [3]]
        assert await settled(asked_for) == [1, 2, 3]
        ahead.make_room(3)
        assert await settled(asked_for) == [1, 2, 3, 4, 5, 6]


async def test_pages_that_come_in_a_moment_are_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_ahead, "MOMENT", 60.0)
    async with reading(pages_of(5, asked_for=[]), cursor={"page": 1}, most=3) as ahead:
        assert [each.page.items for each in await ahead.take()] == [[1], [2], [3]]
        ahead.make_room(3)
        assert [each.page.items for each in await ahead.take()] == [[4], [5]], "after the last nothing is waited for"


async def test_a_page_that_came_is_not_kept_waiting_for_one_that_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_ahead, "MOMENT", 0.001)
    never = asyncio.Event()

    async def fetch(cursor: Cursor) -> Page[Any]:
        if cursor["page"] == 2:
            await never.wait()
        return Page(items=[cursor["page"]], next={"page": cursor["page"] + 1})

    async with reading(fetch, cursor={"page": 1}, most=8) as ahead:
        assert [each.at["page"] for each in await ahead.take()] == [1]


async def test_pages_that_came_are_given_before_the_error_of_the_one_after() -> None:
    async def fetch(cursor: Cursor) -> Page[Any]:
        if cursor["page"] == 3:
            raise AgencyRefused("No.")
        return Page(items=[cursor["page"]], next={"page": cursor["page"] + 1})

    async with reading(fetch, cursor={"page": 1}, most=8) as ahead:
        await settled([])
        assert [each.at["page"] for each in await ahead.take()] == [1, 2]
        for _ in range(2):
            with pytest.raises(AgencyRefused):
                await ahead.take()


def test_joined_pages_lead_where_the_last_one_leads() -> None:
    first = Page(items=["a"], next={"page": 2}, total=9)
    last = Page(items=["b", "c"], next=None, watermark="w")
    both = joined([Read(at={"page": 1}, page=first), Read(at={"page": 2}, page=last)])
    assert (both.items, both.next, both.watermark, both.total) == (["a", "b", "c"], None, "w", 9)


async def test_what_came_meanwhile_is_written_together_and_counted_page_by_page(
    linked: Linked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_ahead, "MOMENT", 0.0)
    linked.has([1], [2], [3, -3], [4], [5])
    written: list[list[str]] = []
    run = await asked(linked.area, linked.connection)
    await carry(work_of(await begun(linked.area, run), connector=holding(linked, written)))
    row = await row_of(linked.area, "connection_run", run)
    assert (written[0], [one for batch in written for one in batch]) == (["1"], ["1", "2", "3", "4", "5"])
    assert written[1][:3] == ["2", "3", "4"]
    assert (row["state"], row["pages"], row["read"], row["rejected"]) == ("done", 5, 5, 1)
    assert linked.asked() == {f"/page-{number}": 1 for number in range(1, 6)}


async def test_when_one_page_is_wrong_those_before_it_are_written_by_themselves(linked: Linked) -> None:
    linked.has([1], [2], [3], [13], [5])
    written: list[list[str]] = []
    run = await asked(linked.area, linked.connection)
    with pytest.raises(ValueError, match="fault of the connector"):
        await carry(work_of(await begun(linked.area, run), connector=holding(linked, written)))
    row = await row_of(linked.area, "connection_run", run)
    assert await remembered(linked) == {1, 2, 3}
    assert (row["state"], row["pages"]) == ("running", 3)
    assert '"page": 4' in row["cursor"]


async def test_a_page_that_never_comes_leaves_the_cursor_after_all_that_came(linked: Linked) -> None:
    linked.has([1], [2], [3])
    linked.agency.scripts["/page-3"] = says({}, status="403 No")
    run = await asked(linked.area, linked.connection)
    with contextlib.suppress(AgencyRefused):
        await carry(work_of(await begun(linked.area, run), connector=replace(NUMBERS, together=8)))
    row = await row_of(linked.area, "connection_run", run)
    assert (row["pages"], '"page": 3' in row["cursor"]) == (2, True)
    assert await remembered(linked) == {1, 2}


async def test_a_run_that_makes_room_reads_nothing_twice_but_what_it_held(
    linked: Linked, monkeypatch: pytest.MonkeyPatch
) -> None:
    linked.has([1], [2], [3])
    monkeypatch.setattr(carrying, "SLICE_SECONDS", -1.0)
    run = await asked(linked.area, linked.connection)
    for _ in range(3):
        if (await row_of(linked.area, "connection_run", run))["state"] != "done":
            await carry(work_of(await begun(linked.area, run), connector=replace(NUMBERS, together=2)))
    row = await row_of(linked.area, "connection_run", run)
    assert (row["state"], row["pages"], row["read"]) == ("done", 3, 3)
    assert await remembered(linked) == {1, 2, 3}
