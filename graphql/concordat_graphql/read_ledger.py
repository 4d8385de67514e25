"""The entries that officials' reads leave, written together: whoever waits when one writing ends goes with the next.

Each read still waits until its own entry is committed. One transaction for all that came meanwhile costs as much as
one for each would cost one of them, and the chain's lock is taken once. Whether each is who they were is asked as it
begins; who is not, and an entry that cannot be written, is found by halves and refused alone.
"""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
from collections.abc import Iterator
from dataclasses import dataclass, field

from infra.database.holding import Guard, NoLongerHolds, all_hold
from tenants.audit.service import FAULTS_OF_AN_ENTRY, Entry, record_all
from tenants.tenancy.actor import Actor
from tenants.tenancy.scope import system_scope

MOST = 100  #: entries of one writing
#: what one entry can be refused for; anything else would be the same for all of a writing
ITS_OWN = (NoLongerHolds, *FAULTS_OF_AN_ENTRY)

Read = tuple[Actor, Entry, Guard | None]

_of_operation: contextvars.ContextVar[set[tuple[int, tuple[str, object]]] | None] = contextvars.ContextVar(
    "recorded_reads", default=None
)


@contextlib.contextmanager
def one_operation() -> Iterator[None]:
    """Inside the (outermost) block the same read is recorded once, also where two paths try it one after the other."""
    token = _of_operation.set(seen if (seen := _of_operation.get()) is not None else set())
    try:
        yield
    finally:
        _of_operation.reset(token)


@dataclass(slots=True)
class ReadLedger:
    """Entries that wait, and the task that writes them while there are any."""

    waiting: list[tuple[Read, asyncio.Future[None]]] = field(default_factory=list)
    writing: asyncio.Task[None] | None = None

    async def record(
        self, *, by: Actor, area_id: int, subject: tuple[str, object], guard: Guard | None = None
    ) -> None:
        """Return when the entry of this read is committed; raises what the writing raised.

        With the `guard` of an actor that was kept: `NoLongerHolds`, and no entry, when it does not hold.
        """
        seen = _of_operation.get()
        if seen is not None and (area_id, subject) in seen:
            return
        entry = Entry(area_id=area_id, action="national.read", subject=subject)
        future = asyncio.get_running_loop().create_future()
        self.waiting.append(((by, entry, guard), future))
        if self.writing is None:
            self.writing = asyncio.create_task(self._write(), context=contextvars.Context())
        await future
        if seen is not None:
            seen.add((area_id, subject))

    async def _write(self) -> None:
        try:
            while self.waiting:
                batch, self.waiting = self.waiting[:MOST], self.waiting[MOST:]
                errors = await _each_written([read for read, _ in batch])
                for (_, future), error in zip(batch, errors, strict=True):
                    _settle(future, error)
        finally:
            self.writing = None


async def _each_written(reads: list[Read]) -> list[Exception | None]:
    """Return what was wrong with each: of those that cannot be written together each half is tried, down to the one."""
    error = await _written(reads)
    if len(reads) == 1 or not isinstance(error, ITS_OWN):
        return [error] * len(reads)
    half = len(reads) // 2
    return [*await _each_written(reads[:half]), *await _each_written(reads[half:])]


async def _written(reads: list[Read]) -> Exception | None:
    try:
        guard = all_hold(guard for *_, guard in reads if guard is not None)
        async with system_scope("national reading", powers=["national"], guard=guard):
            await record_all([(by, entry) for by, entry, _ in reads])
    except Exception as error:
        return error
    return None


def _settle(future: asyncio.Future[None], error: Exception | None) -> None:
    if future.done():  # who waited has gone
        return
    if error is None:
        future.set_result(None)
    else:
        future.set_exception(error)


LEDGER = ReadLedger()
