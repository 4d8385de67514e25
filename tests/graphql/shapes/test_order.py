"""Where the guard is false nothing of the data is so much as begun: shown by the plan that ran, for each root field."""

from __future__ import annotations

import asyncpg
import pytest

from concordat_graphql.schema import schema
from concordat_graphql.shaped import SHAPES
from concordat_graphql.shapes.compiler import Compiler
from concordat_graphql.shapes.whole import Whole
from infra.database.reader import wrapped
from infra.database.readers import SESSION
from tests.support.cluster import Cluster

GUARD = "security.session_live({0}, {1})"
NOBODY = "'00000000-0000-0000-0000-000000000000', 'x'"


def statement(root: str, *, login: str) -> tuple[str, str]:
    """The longest statement of a root field with its guard, and values for it under which the guard is false."""
    query = schema._schema.query_type
    assert query is not None
    plan = Compiler(SHAPES, Whole(SHAPES, query, login=login).of(root), None).compile()
    context = login == "app"
    values = ["null"] * len(plan.args) + [NOBODY] + ["'anything'"] * context
    return wrapped(plan.sql, len(plan.args), 2, GUARD, context), ", ".join(values)


@pytest.mark.parametrize("login", ["app", "national"])
async def test_a_guard_that_does_not_hold_keeps_every_row_from_being_read(database: Cluster, login: str) -> None:
    connection = await asyncpg.connect(database.dsns[login], server_settings=SESSION, statement_cache_size=0)
    try:
        for root in (name for name, each in SHAPES.roots.items() if login in each.reader.logins):
            text, values = statement(root, login=login)
            held = await connection.prepare(text, name=root)
            rows = await connection.fetch(f'explain (analyze, costs off, timing off) execute "{root}"({values})')
            ran = [row[0] for row in rows if "actual rows" in row[0]]
            assert len(ran) == 1, f"{root}: {ran}"  # the one Result that is the whole answer
            assert any("never executed" in row[0] for row in rows), root
            del held  # closed with the next
    finally:
        await connection.close()
