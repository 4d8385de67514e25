"""A compiled read that takes too long ends in the words for that, at once: it is not tried a second time."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator

import asyncpg
import pytest
import pytest_asyncio

from concordat_graphql import operations
from concordat_graphql.operations import run_stored
from infra.database import ENGINE, readers
from infra.database.scope import observer
from tenants.tenancy.roles import Role
from tests.support.cluster import Cluster
from tests.support.world import actor, make_area


@pytest_asyncio.fixture
async def impatient(database: Cluster, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """A new connection for reading; nothing ends a statement of it within a minute."""
    await _fresh()
    monkeypatch.setattr(operations, "DEADLINE_SECONDS", 60.0)
    monkeypatch.setattr(readers, "STATEMENT_SECONDS", 60)
    monkeypatch.setitem(ENGINE.readers_of("app")._session, "statement_timeout", "60s")
    yield
    monkeypatch.undo()
    await _fresh()


async def _fresh() -> None:
    idle = ENGINE.readers_of("app").idle
    while idle:
        await idle.pop().raw.close()


async def test_it_is_stopped_and_said_once(database: Cluster, impatient: None) -> None:
    area = await make_area()
    by = actor(Role.VIEWER, area_id=area.id)
    await run_stored("AreaSettings", actor=by, variables={"slug": area.slug})  # the first time takes seconds by itself
    [held] = ENGINE.readers_of("app").idle
    await held.raw.execute("set statement_timeout = '200ms'")  # only now: to open a connection takes statements as well
    busy = await asyncpg.connect(database.superuser)
    seen: list[str] = []
    try:
        async with busy.transaction():
            await busy.execute("lock table linked_board in access exclusive mode")
            watching = observer.set(seen.append)
            began = time.monotonic()
            result = await run_stored("AreaSettings", actor=by, variables={"slug": area.slug})
            observer.reset(watching)
    finally:
        await busy.close()
    assert time.monotonic() - began < 30
    assert [(error.message, error.extensions) for error in result.errors or ()] == [
        ("This took too long and was stopped.", {"code": "DEADLINE"})
    ]
    assert len(seen) == 1
