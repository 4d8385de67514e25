"""A scope with a guard: asked first in the transaction, which ends at once when it does not hold."""

from __future__ import annotations

import pytest

from infra.database import ENGINE, sql
from infra.database.holding import Guard, NoLongerHolds, quoted
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.world import make_area, manager

HOSTILE = ("it's", "back\\slash", "\\'; drop table area; --", "''", "{0}", "é\n")


async def test_a_guard_that_holds_lets_the_block_run(database: Cluster) -> None:
    area = await make_area()
    guard = Guard(sql="{0} = {1} and security.read_areas() = array[{2}]::integer[]", args=("a'b", "a'b", area.id))
    async with tenant_scope(manager(area), guard=guard):
        assert await sql.fetch_value("select security.read_areas()") == [area.id]


@pytest.mark.parametrize("condition", ["false", "null::boolean", "{0} = 'another'"])
async def test_a_guard_that_does_not_hold_keeps_the_block_from_running(database: Cluster, condition: str) -> None:
    pool = ENGINE.pool_of("app")
    who = manager(await make_area())
    for _ in range(pool.get_max_size() + 1):  # each gives its connection back
        with pytest.raises(NoLongerHolds):
            async with tenant_scope(who, guard=Guard(sql=condition, args=("one",))):
                pytest.fail("this must not run")
    assert not ENGINE.transaction_exists()
    async with tenant_scope(who):
        assert await sql.fetch_value("select security.read_areas()") == list(who.read_areas)


@pytest.mark.parametrize("text", HOSTILE)
async def test_a_value_is_quoted_whatever_is_in_it(database: Cluster, text: str) -> None:
    async with tenant_scope(manager(await make_area())):
        assert await sql.fetch_value(f"select {quoted(text)}::text") == text


@pytest.mark.parametrize("text", HOSTILE)
async def test_a_guard_compares_the_very_text(database: Cluster, text: str) -> None:
    who = manager(await make_area())
    for args, holds in (((text, text), True), ((text, text + "."), False)):
        guard = Guard(sql="{0}::text = {1}::text", args=args)
        try:
            async with tenant_scope(who, guard=guard):
                assert holds
        except NoLongerHolds:
            assert not holds
