"""Keys of commands: claimed one by one before the work, or remembered together after it."""

from __future__ import annotations

import asyncpg
import pytest

from infra.ids import uuid7
from tenants.tenancy import idempotency
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Invalid, KeyReused
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.world import make_area, manager


async def someone() -> Actor:
    return manager(await make_area())


def key() -> str:
    return str(uuid7())


async def keep(by: Actor, *keys: str, command: str = "board.link", request: bytes = b"1") -> None:
    async with tenant_scope(by):
        await idempotency.keep(
            by=by, command=command, requests=dict.fromkeys(keys, request), results={one: f"of {one}" for one in keys}
        )


async def used(by: Actor, *keys: str, command: str = "board.link", request: bytes = b"1") -> dict[str, bool]:
    async with tenant_scope(by):
        return await idempotency.used(by=by, command=command, requests=dict.fromkeys(keys, request))


async def claim(by: Actor, one: str, *, command: str = "board.link", request: bytes = b"1") -> str | None:
    async with tenant_scope(by):
        return await idempotency.claim(by=by, key=one, command=command, request_hash=request, result="known")


async def test_a_result_that_is_known_before_needs_no_second_statement(database: Cluster) -> None:
    by, one = await someone(), key()
    assert await claim(by, one) is None
    assert await claim(by, one) == "known"


@pytest.mark.parametrize("changes", [{"command": "board.rename"}, {"request": b"2"}])
async def test_a_key_is_for_one_request(database: Cluster, changes: dict[str, object]) -> None:
    by, one = await someone(), key()
    await claim(by, one)
    with pytest.raises(KeyReused):
        await claim(by, one, **changes)  # type: ignore[arg-type]
    assert await used(by, one) == {one: True}
    assert await used(by, one, **changes) == {one: False}  # type: ignore[arg-type]


@pytest.mark.parametrize("bad", ["", "short", "x" * 201])
async def test_a_key_has_a_length(database: Cluster, bad: str) -> None:
    with pytest.raises(Invalid) as refused:
        await claim(await someone(), bad)
    assert refused.value.field == "idempotencyKey"


async def test_many_are_remembered_together_and_told_apart_from_new_ones(database: Cluster) -> None:
    by, keys = await someone(), [key() for _ in range(3)]
    await keep(by, *keys)
    new = key()
    assert await used(by, *keys, new) == dict.fromkeys(keys, True)
    assert await claim(by, keys[1]) == f"of {keys[1]}"


async def test_one_key_that_is_taken_remembers_none(database: Cluster) -> None:
    by, taken, free = await someone(), key(), key()
    await keep(by, taken)
    with pytest.raises(asyncpg.UniqueViolationError):
        await keep(by, free, taken)
    assert await used(by, free, taken) == {taken: True}


async def test_anothers_keys_are_not_ones_own(database: Cluster) -> None:
    by, other, one = await someone(), await someone(), key()
    await keep(by, one)
    assert await used(other, one) == {}
    assert await claim(other, one) is None


async def test_of_nothing_there_is_nothing(database: Cluster) -> None:
    by = await someone()
    await keep(by)
    assert await used(by) == {}
