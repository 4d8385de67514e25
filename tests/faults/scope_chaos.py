"""Many tasks, few connections, and everything that can go wrong with a transaction, at random."""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import asyncpg
import psutil

from infra.database import ENGINE, sql
from infra.database.reader import read_text
from infra.database.readers import Readers
from infra.ids import uuid7
from infra.queue.errors import DATABASE_AWAY
from tenants.tenancy.context import current_key
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.world import AreaMade, manager

TABLE = """
create table chaos (
    area_id integer not null,
    id uuid not null,
    place integer not null,
    primary key (area_id, id),
    constraint one_in_a_place unique (area_id, place) deferrable initially deferred
);
call security.protect('chaos')
"""
FILL = "insert into chaos (area_id, id, place) select unnest($1::integer[]), uuidv7(), -1"
FAULTS = ("none", "exception", "cancel", "sql error", "failing commit")
SEEN = "select coalesce(array_agg(distinct area_id), '{}') from chaos"
READ = "select array_to_string(array_agg(distinct area_id), ',') from chaos"
READING_FAULTS = ("none", "cancel", "sql error", "forged")
INSERT = "insert into chaos (area_id, id, place) values ($1, $2, $3)"


class Deliberate(Exception):
    """Raised by a task in the middle of its work."""


@dataclass
class Record:
    """What happened: how often each outcome, what was seen that should not be, what was told to be stored."""

    outcomes: Counter[str] = field(default_factory=Counter)
    foreign: list[tuple[int, list[int]]] = field(default_factory=list)
    stale: int = 0
    acknowledged: set[UUID] = field(default_factory=set)
    killed: int = 0


def foreign_areas(seen: Sequence[int], *, own: int) -> list[int]:
    """Return the areas whose rows were seen and are not one's own: the detector."""
    return [area for area in seen if area != own]


async def prepare(cluster: Cluster, areas: Sequence[AreaMade]) -> None:
    """Make the table of the chaos, with one row for each area."""
    connection = await asyncpg.connect(cluster.superuser)
    await connection.execute(TABLE)
    await connection.execute(FILL, [area.id for area in areas])
    await connection.close()


async def remove(cluster: Cluster) -> list[UUID]:
    """Remove the table; return the ids that were stored in it."""
    connection = await asyncpg.connect(cluster.superuser)
    stored = [row["id"] for row in await connection.fetch("select id from chaos where place >= 0")]
    await connection.execute("drop table chaos")
    await connection.close()
    return stored


async def rage(areas: Sequence[AreaMade], record: Record, *, until: float, dice: random.Random) -> None:
    """One task: transaction after transaction, each with a fault or none."""
    while time.monotonic() < until:
        area, fault, row = dice.choice(areas), dice.choice(FAULTS), uuid7()
        try:
            # the limit cancels at any point, also while the scope opens or closes
            limit = dice.random() * 0.05 if fault == "cancel" else None
            async with asyncio.timeout(limit):
                await _transaction(area, fault, row, record, dice)
        except (Deliberate, *DATABASE_AWAY) as error:
            record.outcomes[f"{fault}: {type(error).__name__}"] += 1
        else:
            record.outcomes[f"{fault}: committed"] += 1
            record.acknowledged.add(row)
        record.stale += ENGINE.current_transaction.get() is not None


async def _transaction(area: AreaMade, fault: str, row: UUID, record: Record, dice: random.Random) -> None:
    async with tenant_scope(manager(area)):
        record.foreign += _found(await sql.fetch_value(SEEN), area)
        place = 0 if fault == "failing commit" else dice.randrange(1, 2**31)
        await sql.execute(INSERT, area.id, row, place)
        if fault == "failing commit":
            await sql.execute(INSERT, area.id, uuid7(), place)
        if fault == "exception":
            raise Deliberate
        if fault == "sql error":
            await sql.execute("select 1 / 0")
        record.foreign += _found(await sql.fetch_value(SEEN), area)


async def read(areas: Sequence[AreaMade], record: Record, *, until: float, dice: random.Random) -> None:
    """One reader: statement after statement on the connections for reading, each with a fault or none."""
    while time.monotonic() < until:
        area, fault = dice.choice(areas), dice.choice(READING_FAULTS)
        try:
            async with asyncio.timeout(dice.random() * 0.02 if fault == "cancel" else None):
                seen = await _text(area, fault)
        except DATABASE_AWAY as error:
            record.outcomes[f"read, {fault}: {type(error).__name__}"] += 1
        else:
            record.outcomes[f"read, {fault}: answered"] += 1
            record.foreign += _found([int(one) for one in (seen or "").split(",")], area)


async def _text(area: AreaMade, fault: str) -> str | None:
    def signed(backend: int) -> str:
        return current_key().sign(manager(area), backend=backend + (fault == "forged"), readonly=True)

    body = "select (1 / (count(*) - count(*)))::text from chaos" if fault == "sql error" else READ
    return await read_text(login="app", body=body, args=(), context=signed)


def _found(seen: list[int], area: AreaMade) -> list[tuple[int, list[int]]]:
    strangers = foreign_areas(seen, own=area.id)
    return [(area.id, strangers)] if strangers else []


async def assassin(cluster: Cluster, record: Record, *, until: float, dice: random.Random) -> None:
    """Kill a back end of the application's login, ten times a second; return when the last of them is dead."""
    connection, victims = await asyncpg.connect(cluster.superuser), set[int]()
    query = "select pid from pg_stat_activity where usename = 'concordat_app'"
    while time.monotonic() < until:
        if pids := [found["pid"] for found in await connection.fetch(query)]:
            victims.add(victim := dice.choice(pids))
            record.killed += await connection.fetchval("select pg_terminate_backend($1)", victim)
        await asyncio.sleep(0.1)
    while any(psutil.pid_exists(victim) for victim in victims):  # noqa: ASYNC110 - or who is looked at next is dying
        await asyncio.sleep(0.05)
    await connection.close()


async def whole(pool: Any) -> bool:
    """Return whether every connection of the pool can be had at once, and none carries a context."""
    async with contextlib.AsyncExitStack() as stack:
        every = [await stack.enter_async_context(pool.acquire(timeout=60)) for _ in range(pool.get_max_size())]
        return all([await c.fetchval("select security.read_areas()") is None for c in every])


async def sound(readers: Readers) -> bool:
    """Return whether every connection for reading can be had at once, and none carries a context."""
    query = "select security.read_areas() is null from pg_sleep(0.2)"
    return all(await asyncio.gather(*(readers.value(query, (), None) for _ in range(readers.size))))
