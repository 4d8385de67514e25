"""One area asks for thousands of jobs; what does another, that asks for one now and then, have to wait?"""

from __future__ import annotations

import asyncio
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from infra.ids import uuid7
from tests.support.cluster import Cluster
from tests.support.queue import as_superuser
from tests.support.worker_process import until

SECONDS_BETWEEN = 0.15
_SEND = """
insert into queue.outbox (id, message_id, actor, args, area_id)
select uuidv7(), uuidv7(), 'board.brief', '{}', $1 from generate_series(1, $2)
"""
_SEND_ONE = "insert into queue.outbox (id, message_id, actor, args, area_id) values ($1, $1, 'board.brief', '{}', $2)"
_LEFT = "select count(*) as number from queue.job_run where message_id = any ($1) and state <> 'done'"
_WAITS = """
select asked.finished_at - asked.queued_at as wait,
    (select count(*) from queue.job_run as other where other.area_id <> asked.area_id
        and other.finished_at between asked.queued_at and asked.finished_at) as passed_by
from queue.job_run as asked where message_id = any ($1)
"""


@dataclass(frozen=True, kw_only=True)
class Waits:
    """How long each message took from its commit to its end, and how many of another area ended meanwhile."""

    seconds: list[float]
    passed_by: list[int]

    @property
    def p95(self) -> float:
        """The ninety-fifth percentile in seconds."""
        return statistics.quantiles(self.seconds, n=20)[18]


async def flood(cluster: Cluster, area_id: int, number: int) -> None:
    """Send so many messages of an area at once."""
    await as_superuser(cluster, _SEND, area_id, number)


async def ask(cluster: Cluster, area_id: int, *, times: int) -> Waits:
    """Send a message of the area now and then, and return what they had to wait once all have ended."""
    asked: list[UUID] = []
    for _ in range(times):
        asked.append(uuid7())
        await as_superuser(cluster, _SEND_ONE, asked[-1], area_id)
        await asyncio.sleep(SECONDS_BETWEEN)

    async def ended() -> bool:
        return bool((await as_superuser(cluster, _LEFT, asked))[0]["number"] == 0)

    await until(ended, seconds=120, why=lambda: "messages of the area that asks now and then do not end")
    rows = await as_superuser(cluster, _WAITS, asked)
    waits: Sequence[timedelta] = [row["wait"] for row in rows]
    return Waits(seconds=[wait.total_seconds() for wait in waits], passed_by=[row["passed_by"] for row in rows])


async def pace(cluster: Cluster, area_id: int, *, number: int) -> float:
    """Send so many messages of an area at once; return how many of them ended a second, from the commit to the last."""
    began = (await as_superuser(cluster, "select clock_timestamp() as now"))[0]["now"]
    await flood(cluster, area_id, number)

    async def ended() -> bool:
        return await left(cluster, area_id) == 0

    await until(ended, seconds=240, why=lambda: "the messages of one area alone do not end")
    last = "select max(finished_at) as last from queue.job_run where area_id = $1"
    ended_at = (await as_superuser(cluster, last, area_id))[0]["last"]
    return float(number / (ended_at - began).total_seconds())


async def left(cluster: Cluster, area_id: int) -> int:
    """Return how many messages of the area have not ended."""
    query = "select count(*) as number from queue.job_run where area_id = $1 and state <> 'done'"
    return int((await as_superuser(cluster, query, area_id))[0]["number"])
