"""The worker processes: each tells the others that it is alive, and keeps apart what it has at work."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from uuid import UUID

from infra.database import sql
from infra.ids import uuid7
from infra.queue.registry import QUEUES

_BEAT = """
insert into queue.process as own (id, slots, until) values ($1, $2::text::jsonb, now() + make_interval(secs => $3))
on conflict (id) do update set until = excluded.until
"""
_RENEW = "update queue.lease set until = now() + make_interval(secs => $2) where process = $1"


@dataclass(frozen=True, kw_only=True)
class Process:
    """One worker process: its name in the book, how long it counts as alive after a heartbeat, what it has at work."""

    id: UUID = field(default_factory=uuid7)
    ttl: float = 20
    slots: Mapping[str, int] = field(default_factory=dict)
    suspects: dict[str, UUID] = field(default_factory=dict)  #: at work, perhaps ending processes: one of each queue
    stopping: asyncio.Event = field(default_factory=asyncio.Event)  #: set from SIGTERM on
    _ends: dict[UUID, asyncio.Event] = field(default_factory=dict)

    @asynccontextmanager
    async def at_work(self, message_id: UUID) -> AsyncIterator[None]:
        """Have the message at work; while another delivery of it is, wait for that one's end first."""
        while (other := self._ends.get(message_id)) is not None:
            await other.wait()
        ended = self._ends[message_id] = asyncio.Event()
        try:
            yield
        finally:
            del self._ends[message_id]
            for queue in [queue for queue, suspect in self.suspects.items() if suspect == message_id]:
                del self.suspects[queue]
            ended.set()

    def may_run_suspect(self, message_id: UUID, *, queue: str) -> bool:
        """Take the queue's one place for suspects; False while another message has it.

        None of a slow queue starts while one of `interactive` is at work: that would not be the last to start.
        """
        if queue != "interactive" and self.suspects.get("interactive", message_id) != message_id:
            return False
        return self.suspects.setdefault(queue, message_id) == message_id


def shares(threads: int, queues: frozenset[str] = frozenset(QUEUES)) -> dict[str, int]:
    """Return how many messages of each queue one process takes at once.

    `sync` and `bulk` never take every thread of a process that also serves `interactive` (of three threads or more).
    """
    slow = queues - {"interactive"}
    if "interactive" not in queues:
        return dict.fromkeys(slow, max(1, threads // max(1, len(slow))))
    return {"interactive": threads} | dict.fromkeys(slow, max(1, threads * 3 // 8))


async def beat(process: Process) -> None:
    """Tell the others that this process is alive, and keep its leases. Needs the power `queue`."""
    await sql.execute(_BEAT, process.id, json.dumps(dict(process.slots)), process.ttl)
    await sql.execute(_RENEW, process.id, process.ttl)


async def leave(process: Process) -> None:
    """Say that this process is gone: what it still held may be taken over at once."""
    await sql.execute("delete from queue.process where id = $1", process.id)
