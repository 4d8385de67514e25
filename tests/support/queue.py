"""Work that happens later, in a test: run everything that was enqueued, here and now, as the worker would."""

from __future__ import annotations

from collections.abc import AsyncIterator

import asyncpg
import pytest_asyncio

from backend.worker import opening
from infra.database import sql
from infra.queue.registry import import_jobs
from infra.queue.relay import publish_due
from infra.queue.runner import BOOKKEEPING, run
from infra.queue.runs import Delivery
from tests.support.cluster import OPEN, Cluster, looking_on

QUEUE = "queue.outbox, queue.inbox, queue.job_run, queue.process, queue.lease, dramatiq.queue"
#: of tables with a few rows: a hundredth of what truncating costs, which makes each of their files anew
_EMPTIED = "; ".join(f"delete from {table}" for table in QUEUE.split(", "))

_MOMENTS = (
    ("process", "until"), ("lease", "until"), ("outbox", "available_at"),
    ("job_run", "sent_at"), ("job_run", "started_at"), ("job_run", "finished_at"),
)  # fmt: skip


@pytest_asyncio.fixture(scope="module", autouse=True, loop_scope="session")
async def nothing_left_to_do() -> AsyncIterator[None]:
    """Let each file of tests begin with nothing waiting: else `drain` runs what all files before it left behind."""
    for cluster in OPEN:
        await (await looking_on(cluster)).execute(_EMPTIED)
    yield


async def drain() -> list[Delivery]:
    """Run every message that is due, and those they enqueue; return the deliveries in order."""
    import_jobs("infra", "tenants", "integrations")
    ran: list[Delivery] = []
    while batch := await relayed():
        for delivery in batch:
            await run(delivery, opening=opening)
        ran += batch
    return ran


async def relayed() -> list[Delivery]:
    """Take what is due out of the outbox, as the relay does where nobody works, without running it."""
    batch: list[Delivery] = []
    async with opening("queue", None, BOOKKEEPING).scope:
        await sql.execute("delete from queue.process")  # what killed workers left would hold messages back
    await publish_due(opening=opening, publish=batch.extend)
    return batch


async def make_due() -> None:
    """Let the time come for every message that waits (a retry backs off for minutes)."""
    async with opening("queue", None, BOOKKEEPING).scope:
        waiting = await sql.fetch("delete from queue.outbox returning message_id, actor, args, area_id")
        for row in waiting:
            await sql.execute(
                "insert into queue.outbox (id, message_id, actor, args, area_id) values (uuidv7(), $1, $2, $3, $4)",
                *row.values(),
            )


async def time_passes(cluster: Cluster, *, seconds: float) -> None:
    """Let so much time go by for what waits, is at work or is held; a heart that does not beat meanwhile stops."""
    for table, column in _MOMENTS:
        earlier = f"update queue.{table} set {column} = {column} - make_interval(secs => $1)"
        await as_superuser(cluster, earlier, seconds)


async def as_superuser(cluster: Cluster, query: str, *args: object) -> list[asyncpg.Record]:
    """Run a query past every policy, to look at what no login may see."""
    connection = await asyncpg.connect(cluster.superuser)
    try:
        return list(await connection.fetch(query, *args))
    finally:
        await connection.close()
