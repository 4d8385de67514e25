"""Keys that change are known to sessions that live through it, and no session is ever shown one."""

from __future__ import annotations

from collections.abc import AsyncIterator

import asyncpg
import pytest
import pytest_asyncio

from tenants.tenancy.context import ContextKey, current_key, install_key
from tenants.tenancy.roles import Role
from tests.support.cluster import Cluster
from tests.support.world import actor

REFUSED = asyncpg.InvalidAuthorizationSpecificationError
NEW = ContextKey(kid=7, key=b"a newer key, of thirty-two bytes")


@pytest_asyncio.fixture
async def owner(database: Cluster) -> AsyncIterator[asyncpg.Connection]:
    """The owner; afterwards there is only the key that there was."""
    connection = await asyncpg.connect(database.dsns["owner"])
    yield connection
    await connection.execute("delete from security.context_key where kid <> $1", current_key().kid)
    await connection.close()


@pytest_asyncio.fixture
async def session(database: Cluster) -> AsyncIterator[asyncpg.Connection]:
    """A session of the application that lives through the changes."""
    connection = await asyncpg.connect(database.dsns["app"])
    yield connection
    await connection.close()


async def areas(session: asyncpg.Connection, key: ContextKey) -> list[int] | None:
    """Return what a context that this key signed lets the session read."""
    context = key.sign(actor(Role.BUSINESS_MANAGER, area_id=1), backend=session.get_server_pid())
    await session.execute("select set_config('concordat.context', $1, false)", context)
    found: list[int] | None = await session.fetchval("select security.read_areas()")
    return found


async def add(database: Cluster, key: ContextKey = NEW) -> None:
    await install_key(database.dsns["owner"], kid=key.kid, key=key.key)


async def test_a_new_key_and_the_one_before_it_both_hold(
    database: Cluster, owner: asyncpg.Connection, session: asyncpg.Connection
) -> None:
    assert await areas(session, current_key()) == [1]
    with pytest.raises(REFUSED, match="unknown key"):
        await areas(session, NEW)
    await add(database)
    assert await areas(session, NEW) == [1]
    assert await areas(session, current_key()) == [1]


async def test_a_key_that_is_ended_is_refused_by_a_session_that_has_used_it(
    database: Cluster, owner: asyncpg.Connection, session: asyncpg.Connection
) -> None:
    await add(database)
    assert await areas(session, NEW) == [1]
    await owner.execute("update security.context_key set not_after = now() where kid = $1", NEW.kid)
    with pytest.raises(REFUSED, match="unknown key"):
        await areas(session, NEW)
    assert await areas(session, current_key()) == [1]


async def test_a_key_that_is_replaced_or_deleted_is_known_at_once(
    database: Cluster, owner: asyncpg.Connection, session: asyncpg.Connection
) -> None:
    await add(database)
    assert await areas(session, NEW) == [1]
    await add(database, other := ContextKey(kid=NEW.kid, key=b"another of the same number, 32 b"))
    with pytest.raises(REFUSED, match="bad signature"):
        await areas(session, NEW)
    assert await areas(session, other) == [1]
    await owner.execute("delete from security.context_key where kid = $1", NEW.kid)
    with pytest.raises(REFUSED, match="unknown key"):
        await areas(session, other)


async def test_a_session_that_still_sees_a_key_as_it_was_learns_of_its_end(
    database: Cluster, owner: asyncpg.Connection, session: asyncpg.Connection
) -> None:
    await add(database)
    async with session.transaction(isolation="repeatable_read"):
        await session.fetchval("select 1 from area limit 1")  # from here on it sees the database as it is now
        await owner.execute("update security.context_key set not_after = now() where kid = $1", NEW.kid)
        assert await areas(session, NEW) == [1]
    with pytest.raises(REFUSED, match="unknown key"):
        await areas(session, NEW)


async def test_a_session_that_prints_all_its_plans_sees_no_key(
    database: Cluster, owner: asyncpg.Connection, session: asyncpg.Connection
) -> None:
    """Anyone who runs SQL may have plans and trees sent to themselves; a key folded into one would sign any context."""
    printed: list[str] = []
    session.add_log_listener(lambda _, message: printed.append(_close(f"{message.message} {message.detail}")))
    await session.execute(
        "set client_min_messages = log; set debug_print_plan = on; set debug_print_parse = on;"
        "set debug_print_rewritten = on"
    )
    assert await areas(session, current_key()) == [1]
    await session.fetchval("select 1")
    assert any("read_areas" in text or ":planTree" in text for text in printed)
    pads = await owner.fetch("select inner_pad, outer_pad from security.context_key")
    assert not [pad for row in pads for pad in row if any(_as_printed(pad) in text for text in printed)]


def _as_printed(value: bytes) -> str:
    """Return how PostgreSQL prints these bytes within a constant: as signed numbers, here without the spaces."""
    return _close(" ".join(str(byte - 256 if byte > 127 else byte) for byte in value[:16]))


def _close(text: str) -> str:
    """Return the text without its spaces: lines are broken within words."""
    return "".join(text.split())
