"""Two administrators save the same thing at the same moment, on two connections: one is told, nothing is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from tenants.audit import queries as audit
from tenants.audit.service import PLATFORM
from tenants.tenancy.errors import Conflict, Invalid
from tenants.tenancy.providers import queries, service
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.world import actor

ISSUER = "https://id.example"
Save = Callable[..., Awaitable[UUID]]


async def save_provider(key: str, *, name: str, version: int) -> UUID:
    return await service.save_provider(
        by=actor(Role.PLATFORM_ADMINISTRATOR), slug=f"p{key}", name=name, issuer=ISSUER, client_id="us",
        secret="s3cret", version=version,
    )


async def save_client(key: str, *, name: str, version: int) -> UUID:
    return await service.save_machine_client(
        by=actor(Role.PLATFORM_ADMINISTRATOR), name=name, issuer=ISSUER, client_id=key, area_id=None,
        scope_roles={"read": "official"}, version=version,
    )


async def kept(key: str) -> list[tuple[str, int]]:
    found = await queries.provider(slug=f"p{key}"), await queries.machine_client(issuer=ISSUER, client_id=key)
    return [(row.name, row.version) for row in found if row is not None]


async def entries_about(subject: UUID) -> int:
    found = await audit.entries(area_id=PLATFORM, where=audit.Filter(subject_id=str(subject)))
    return len(found)


async def at_once(save: Save, key: str, *, version: int) -> list[Any]:
    """Both begin, then both write: the second waits for the first one's row, which is committed while it waits."""
    looked = asyncio.Barrier(2)

    async def one(name: str) -> UUID:
        async with tenant_scope(actor(Role.PLATFORM_ADMINISTRATOR)):
            await looked.wait()
            saved = await save(key, name=name, version=version)
            await asyncio.sleep(0.2)  # the other has looked by now, and waits for this row
            return saved

    return await asyncio.gather(one("First administrator's"), one("Second administrator's"), return_exceptions=True)


@pytest.mark.parametrize("save", [save_provider, save_client])
async def test_a_change_that_was_overtaken_while_it_waited_is_a_conflict(database: Cluster, save: Save) -> None:
    key = uuid4().hex[:12]
    async with tenant_scope(actor(Role.PLATFORM_ADMINISTRATOR)):
        made = await save(key, name="As it was", version=0)
    outcomes = await at_once(save, key, version=1)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Conflict", "UUID"]
    winner = ("First", "Second")[[isinstance(outcome, Conflict) for outcome in outcomes].index(False)]
    async with tenant_scope(actor(Role.PLATFORM_ADMINISTRATOR)):
        assert await kept(key) == [(f"{winner} administrator's", 2)]
        assert await entries_about(made) == 2


@pytest.mark.parametrize("save", [save_provider, save_client])
async def test_two_who_add_the_same_one_at_once_are_not_merged(database: Cluster, save: Save) -> None:
    key = uuid4().hex[:12]
    outcomes = await at_once(save, key, version=0)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Invalid", "UUID"]
    (refused,) = [outcome for outcome in outcomes if isinstance(outcome, Invalid)]
    assert refused.message.startswith("There is already such a ")
    async with tenant_scope(actor(Role.PLATFORM_ADMINISTRATOR)):
        assert [version for _, version in await kept(key)] == [1]
