"""Moving messages from the outbox to the broker: one relay at a time, woken by NOTIFY, polling when it is deaf.

A message is published first and removed after: a relay that dies in between publishes it again under the same id,
and the inbox makes the second delivery harmless.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence

import asyncpg

from infra.database import sql
from infra.queue import waiting
from infra.queue.errors import in_words
from infra.queue.runner import BOOKKEEPING, Opening
from infra.queue.runs import Delivery
from infra.queue.turns import choose
from infra.telemetry.logs import logger

log = logger("relay")

CHANNEL = "concordat_outbox"
BATCH = 100
_LOCK = 0x52454C59  # "RELY"
_PAUSE_SECONDS = 0.5

Publish = Callable[[Sequence[Delivery]], None]


async def publish_due(*, opening: Opening, publish: Publish, limit: int = 100) -> int:
    """Publish what is due and has its turn; return how many messages that were; 0 also when another relay is at it."""
    async with opening("queue", None, BOOKKEEPING).scope:
        if not await sql.fetch_value("select pg_try_advisory_xact_lock($1)", _LOCK):
            return 0
        found = await waiting.look(limit=limit)
        if found is None:
            return 0
        chosen = choose(found.due, busy=found.busy, ended=found.ended, slots=found.slots, limit=limit)
        if chosen:
            await asyncio.to_thread(publish, chosen)
            await waiting.published(chosen, seen_at=found.at)
    return len(chosen)


async def relay(*, dsn: str, opening: Opening, publish: Publish, poll_seconds: float = 2.0) -> None:
    """Publish until cancelled. Outlives a database or a broker that is away."""
    woken = asyncio.Event()
    ear: asyncpg.Connection | None = None
    try:
        while True:
            try:
                ear = ear if ear and not ear.is_closed() else await _listen(dsn, woken)
                woken.clear()
                while await publish_due(opening=opening, publish=publish, limit=BATCH) == BATCH:
                    pass
            except Exception as error:  # whatever it was, without a relay nothing would happen any more
                log.warning("relay_waits", error=in_words(error))
                await asyncio.sleep(_PAUSE_SECONDS)  # who was woken before the database went would ask without end
            with contextlib.suppress(TimeoutError):  # not wait_for: Python 3.11's may swallow a cancellation
                async with asyncio.timeout(poll_seconds):
                    await woken.wait()
    finally:
        if ear is not None:
            ear.terminate()


async def _listen(dsn: str, woken: asyncio.Event) -> asyncpg.Connection:
    ear = await asyncpg.connect(dsn)
    await ear.add_listener(CHANNEL, lambda *_: woken.set())
    return ear
