"""Keeping and reading rows in these tests: written as the worker, read as the Department."""

from __future__ import annotations

from collections.abc import Sequence

import asyncpg

from tenants.overview import queries, service
from tenants.overview.queries import Kept
from tenants.overview.rules import Difference, Facts, Subject
from tenants.tenancy.actor import Actor
from tenants.tenancy.scope import national_scope, tenant_scope, worker_actor
from tests.support.cluster import Cluster
from tests.support.queue import as_superuser
from tests.support.world import AreaMade


def worker(area: AreaMade) -> Actor:
    return worker_actor("overview.refresh", areas=[area.id])


async def refresh(area: AreaMade) -> Sequence[Subject] | None:
    async with tenant_scope(worker(area)):
        return await service.refresh(area_id=area.id)


async def verify(area: AreaMade) -> Sequence[Difference] | None:
    async with tenant_scope(worker(area)):
        return await service.verify(area_id=area.id)


async def rows(area: AreaMade) -> dict[Subject, Kept]:
    async with national_scope():
        return {row.subject: row for row in await queries.kept(area_ids=[area.id])}


async def stale(area: AreaMade) -> set[Subject]:
    return {subject for subject, row in (await rows(area)).items() if row.stale}


async def shown(area: AreaMade) -> Facts:
    """What the Department is shown, from rows or records."""
    async with national_scope():
        return (await queries.facts_of(area_ids=[area.id]))[area.id]


async def recorded(area: AreaMade) -> Facts:
    """What the records say, read as the Department."""
    async with national_scope():
        return {subject: (await queries.live(subject, area_ids=[area.id]))[area.id] for subject in Subject}


async def messages(database: Cluster, area: AreaMade) -> list[asyncpg.Record]:
    """What the outbox holds of the overview's for the area."""
    return await as_superuser(
        database,
        "select actor, args::text as args, available_at > now() as later from queue.outbox "
        "where area_id = $1 and actor like 'overview.%' order by id",
        area.id,
    )


async def forget_other_tests(database: Cluster) -> None:
    """Let no row hold: other tests wrote false ones, or computed them for a day that has not come.

    And let no agency of theirs be asked, since most are gone: a worker would wait for them first.
    """
    await as_superuser(database, "update area_fact set stale = true")
    await as_superuser(database, "update agency_connection set due_at = null where due_at is not null")
    await as_superuser(database, "delete from queue.outbox where actor like 'connection.%'")
