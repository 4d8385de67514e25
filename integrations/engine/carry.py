"""Walking the pages of a run: fetch with nothing open, then effects and cursor in one transaction.

A worker that dies between two pages leaves a cursor; the next one takes the run over from there. One that was only
frozen finds its fence broken when it wakes, and what it was about to write is gone with its transaction.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from integrations import agency
from integrations.agency import Agency
from integrations.connector import Connector, Counts, Cursor, Link, Page
from integrations.engine.access import Access
from integrations.engine.ahead import Read, joined, reading
from integrations.engine.scopes import Scopes
from integrations.http import Door
from tenants.connections import runs
from tenants.connections.runs import Begun, Overtaken, Rejection

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
        auth_mode=work.begun.auth_mode,
    ) as opened:
        access.client = opened.client
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
    """Pages are fetched while others are written: neither the agency nor the database waits for the other."""

    async def fetch(cursor: Cursor) -> Page[Any]:
        return await work.connector.fetch(work.link, opened, cursor)

    until, pages = time.monotonic() + SLICE_SECONDS, work.begun.pages
    cursor = work.begun.cursor if work.begun.cursor is not None else work.connector.start(work.link)
    async with reading(fetch, cursor=cursor, most=work.connector.together) as ahead:
        while True:
            read = await ahead.take()
            is_last = read[-1].page.next is None
            hand_over = not is_last and (time.monotonic() > until or work.is_ending())
            if not hand_over:
                ahead.make_room(len(read))
            await _written(work, read, hand_over=hand_over)
            pages += len(read)
            if not is_last:
                work.told(pages)
            if is_last or hand_over:
                return


async def _written(work: Work, read: Sequence[Read], *, hand_over: bool) -> None:
    """Write the pages together; when something is wrong with one of them, those before it by themselves."""
    try:
        await _write(work, read, hand_over=hand_over)
    except Overtaken:
        raise
    except Exception:
        if len(read) == 1:
            raise
        for nth, each in enumerate(read, start=1):
            await _write(work, [each], hand_over=hand_over and nth == len(read))


async def _write(work: Work, read: Sequence[Read], *, hand_over: bool) -> None:
    if read[-1].page.next is None:
        await _last(work, read)
        return
    async with work.scopes.open():
        await _apply(work, read)
        if hand_over:
            await runs.go_on(work.begun)


async def _last(work: Work, read: Sequence[Read]) -> None:
    """Effects of the last pages, what the whole listing says, and the end of the run: all or nothing."""
    run, fence, last = work.begun.run_id, work.begun.fence, read[-1]
    async with work.scopes.open():
        await _apply(work, read)
        if work.connector.finish is not None:
            counts = await work.connector.finish(by=work.scopes.by, link=work.link)
            await runs.checkpoint(run_id=run, fence=fence, cursor=last.at, counts=counts, pages=0)
        await runs.finish(run_id=run, fence=fence, watermark=last.page.watermark)


async def _apply(work: Work, read: Sequence[Read]) -> None:
    run, fence, page = work.begun.run_id, work.begun.fence, joined(read)
    await runs.hold(run_id=run, fence=fence)
    counts: Counts = await work.connector.apply(by=work.scopes.by, link=work.link, page=page)
    await runs.checkpoint(
        run_id=run,
        fence=fence,
        cursor=read[-1].at if page.next is None else page.next,
        counts=counts,
        pages=len(read),
        rejected=[Rejection(reference=one.reference, reason=one.reason) for one in page.rejected],
        expected=page.total,
    )
