"""Reading ahead: pages come while others are written, and what has come by then is written together.

An agency that answers slowly has each page written by itself; one that answers at once, or faster than we write, pays
for the transaction once for several. Never more pages than the connector takes at once are held, so memory stays flat.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from integrations.connector import Cursor, Page

#: seconds for which pages that came wait for the next: an agency that answers this soon has its pages written together
MOMENT = 0.01

Fetch = Callable[[Cursor], Awaitable[Page[Any]]]


@dataclass(frozen=True, kw_only=True)
class Read:
    """A page that came, and where it was asked for."""

    at: Cursor
    page: Page[Any]


@dataclass(kw_only=True)
class Ahead:
    """The pages of a run that came and are not written; `most` of them are asked for before somebody takes any."""

    fetch: Fetch
    most: int
    _came: asyncio.Queue[Read | None] = field(default_factory=asyncio.Queue, init=False)
    _room: asyncio.Semaphore = field(init=False)
    _reader: asyncio.Task[None] | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self._room = asyncio.Semaphore(self.most)

    def begin(self, cursor: Cursor) -> None:
        """Begin to read at the cursor."""
        self._reader = asyncio.create_task(self._read(cursor))

    async def take(self) -> list[Read]:
        """Return what has come or comes in a moment, in order, at least one page.

        Raises what the page after those taken before raised.
        """
        first = await self._came.get()
        if first is None:
            self._came.put_nowait(None)  # for whoever takes again
            assert self._reader is not None
            await self._reader
            raise EOFError
        taken = [first]
        while len(taken) < self.most and (more := await self._soon()) is not None:
            taken.append(more)
        return taken

    async def _soon(self) -> Read | None:
        """Return the next page when it has come or comes in a moment; None when it does not, or there is none."""
        try:
            async with asyncio.timeout(MOMENT):
                more = await self._came.get()
        except TimeoutError:
            return None
        if more is None:
            self._came.put_nowait(None)
        return more

    def make_room(self, pages: int) -> None:
        """Let so many more pages be read."""
        for _ in range(pages):
            self._room.release()

    async def end(self) -> None:
        """Read no more."""
        if self._reader is not None:
            self._reader.cancel()
            await asyncio.gather(self._reader, return_exceptions=True)

    async def _read(self, cursor: Cursor | None) -> None:
        try:
            while cursor is not None:
                await self._room.acquire()
                page = await self.fetch(cursor)
                self._came.put_nowait(Read(at=cursor, page=page))
                cursor = page.next
        finally:
            self._came.put_nowait(None)


@asynccontextmanager
async def reading(fetch: Fetch, *, cursor: Cursor, most: int) -> AsyncIterator[Ahead]:
    """Yield the pages from the cursor on, for the length of the block."""
    ahead = Ahead(fetch=fetch, most=most)
    ahead.begin(cursor)
    try:
        yield ahead
    finally:
        await ahead.end()


def joined(read: Sequence[Read]) -> Page[Any]:
    """Return pages that follow each other as one: it leads where the last of them leads."""
    if len(read) == 1:
        return read[0].page
    pages, last = [each.page for each in read], read[-1].page
    return Page(
        items=[item for page in pages for item in page.items],
        next=last.next,
        watermark=last.watermark,
        rejected=[one for page in pages for one in page.rejected],
        total=next((page.total for page in reversed(pages) if page.total is not None), None),
    )
