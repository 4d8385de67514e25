"""Walking the pages of a run: fetch with nothing open, then effects and cursor in one transaction.

A worker that dies between two pages leaves a cursor; the next one takes the run over from there. One that was only
frozen finds its fence broken when it wakes, and what it was about to write is gone with its transaction.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from integrations import agency
from integrations.agency import Agency
from integrations.connector import Connector, Counts, Cursor, Link, Page
from integrations.engine.access import Access
from integrations.engine.scopes import Scopes
from integrations.http import Door
from tenants.connections import runs
from tenants.connections.runs import Begun, Rejection

#: seconds: a longer run makes room for others and goes on under a new message
SLICE_SECONDS = 120.0
CALLS_PER_SECOND = "calls_per_second"
_USUAL_CALLS = 5.0


def _nobody(pages: int) -> None:
    """Nobody looks on."""


def _never() -> bool:
    return False


@dataclass(frozen=True, kw_only=True)
class Work:
    """One run in this worker's hands."""

    begun: Begun
    link: Link
    connector: Connector[Any]
    scopes: Scopes
    door: Door
    told: Callable[[int], object] = _nobody  #: how many pages are done, for whoever looks on
    is_ending: Callable[[], bool] = _never  #: the process is to end within seconds


async def carry(work: Work) -> None:
    """Carry the run to its end, or to the end of its slice, or of the process: then another message goes on.

    Raises what the agency's door raises, and `Overtaken` when another worker has the run.
    """
    access = Access(connector=work.connector, link=work.link, scopes=work.scopes, door=work.door)
    async with agency.opened(
        base_url=work.begun.base_url,
        door=work.door,
        authorisation=access,
        system=work.connector.system,
        per_second=_calls(work.begun.options),
    ) as opened:
        await (_test(work, opened) if work.begun.cause == "test" else _pages(work, opened))


def link_of(begun: Begun) -> Link:
    """Return what the connector is told; the options that are the engine's own are left out."""
    return Link(
        connection_id=begun.connection_id,
        run_id=begun.run_id,
        area_id=begun.area_id,
        system=begun.system,
        base_url=begun.base_url,
        auth_mode=begun.auth_mode,
        options={name: value for name, value in begun.options.items() if name != CALLS_PER_SECOND},
        watermark=begun.watermark,
        may_change=begun.may_change,
    )


def _calls(options: Mapping[str, Any]) -> float:
    value = options.get(CALLS_PER_SECOND, _USUAL_CALLS)
    return float(value) if isinstance(value, int | float) and value > 0 else _USUAL_CALLS


async def _test(work: Work, opened: Agency) -> None:
    said = await work.connector.probe(work.link, opened)
    async with work.scopes.open():
        await runs.finish(run_id=work.begun.run_id, fence=work.begun.fence, said=said)


async def _pages(work: Work, opened: Agency) -> None:
    """The next page is fetched while this one is written: neither the agency nor the database waits for the other."""
    until, pages = time.monotonic() + SLICE_SECONDS, work.begun.pages
    cursor = work.begun.cursor if work.begun.cursor is not None else work.connector.start(work.link)
    coming = _fetching(work, opened, cursor)
    try:
        while True:
            page = await coming
            if page.next is None:
                await _last(work, cursor, page)
                return
            hand_over = time.monotonic() > until or work.is_ending()
            if not hand_over:
                coming = _fetching(work, opened, page.next)
            await _next(work, page.next, page, hand_over=hand_over)
            pages += 1
            work.told(pages)
            if hand_over:
                return
            cursor = page.next
    finally:
        coming.cancel()
        await asyncio.gather(coming, return_exceptions=True)


def _fetching(work: Work, opened: Agency, cursor: Cursor) -> asyncio.Task[Page[Any]]:
    async def fetched() -> Page[Any]:
        return await work.connector.fetch(work.link, opened, cursor)

    return asyncio.create_task(fetched())


async def _next(work: Work, following: Cursor, page: Page[Any], *, hand_over: bool) -> None:
    async with work.scopes.open():
        await _apply(work, following, page)
        if hand_over:
            await runs.go_on(work.begun)


async def _last(work: Work, cursor: Cursor, page: Page[Any]) -> None:
    """Effects of the last page, what the whole listing says, and the end of the run: all or nothing."""
    run, fence = work.begun.run_id, work.begun.fence
    async with work.scopes.open():
        await _apply(work, cursor, page)
        if work.connector.finish is not None:
            counts = await work.connector.finish(by=work.scopes.by, link=work.link)
            await runs.checkpoint(run_id=run, fence=fence, cursor=cursor, counts=counts, pages=0)
        await runs.finish(run_id=run, fence=fence, watermark=page.watermark)


async def _apply(work: Work, cursor: Cursor, page: Page[Any]) -> None:
    run, fence = work.begun.run_id, work.begun.fence
    await runs.hold(run_id=run, fence=fence)
    counts: Counts = await work.connector.apply(by=work.scopes.by, link=work.link, page=page)
    rejected = [Rejection(reference=one.reference, reason=one.reason) for one in page.rejected]
    await runs.checkpoint(run_id=run, fence=fence, cursor=cursor, counts=counts, rejected=rejected, expected=page.total)
