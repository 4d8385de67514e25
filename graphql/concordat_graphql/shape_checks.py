"""At start: every shape fits the database as it is, and every login may read what it would be asked to."""

from __future__ import annotations

import re

from graphql import OperationType

from concordat_graphql.schema import schema
from concordat_graphql.shaped import PAYLOADS, SHAPES, WRITTEN
from concordat_graphql.shapes.compiler import Compiler, Plan
from concordat_graphql.shapes.nullness import Catalogue, complaints
from concordat_graphql.shapes.outline import Outline
from concordat_graphql.shapes.whole import Whole
from infra.database import sql
from infra.database.savepoint import savepoint
from infra.database.scope import Scope
from tenants.tenancy.scope import national_scope, public_scope, system_scope

_COLUMNS = """
select case when n.nspname = 'public' then c.relname else n.nspname || '.' || c.relname end as name,
    a.attname as column, a.attnotnull or c.relkind = 'v' as never_null -- a view does not say: the equality tests do
from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'v')
    and n.nspname in ('public', 'audit', 'queue')
"""
_CODES = """
select case when n.nspname = 'public' then c.relname else n.nspname || '.' || c.relname end as name,
    a.attname as column, pg_get_constraintdef(k.oid) as says
from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
where k.contype = 'c' and cardinality(k.conkey) = 1
"""
_CODE = re.compile(r"'((?:[^']|'')*)'::text")


class ShapesDoNotFit(RuntimeError):
    """A shape does not fit the database; each complaint is a line of the message."""

    def __init__(self, found: list[str]) -> None:
        super().__init__("compiled reads do not fit the database:\n" + "\n".join(f"  {each}" for each in found))


async def check_shapes() -> None:
    """Raise `ShapesDoNotFit` with every complaint; runs no shaped statement, only plans each, as each of its logins."""
    found: list[str] = []
    for login in ("app", "national", "public"):
        async with _scope(login):
            catalogue = await _catalogue()
            for name, root in (*SHAPES.roots.items(), *PAYLOADS.roots.items()):
                if login in root.reader.logins:
                    for outline in (whole(name, login=login), *_written(name, login=login)):
                        found += complaints(SHAPES, outline, catalogue)
                        found += await _refusal(name, login, Compiler(SHAPES, outline, None).compile())
    if found:
        raise ShapesDoNotFit(sorted(set(found)))


def whole(name: str, *, login: str) -> Outline:
    """Return everything that a shaped root field, or the payload of a command, can answer on a login."""
    shapes, kind = (PAYLOADS, OperationType.MUTATION) if name in PAYLOADS.roots else (SHAPES, OperationType.QUERY)
    root = schema._schema.get_root_type(kind)
    assert root is not None
    return Whole(shapes, root, login=login).of(name)


def _written(name: str, *, login: str) -> list[Outline]:
    mutation = schema._schema.mutation_type
    return [Whole(WRITTEN, mutation, login=login).of(name)] if mutation and name in WRITTEN.roots else []


def _scope(login: str) -> Scope:
    match login:
        case "national":
            return national_scope()
        case "public":
            return public_scope()
    return system_scope("shape check")


async def _catalogue() -> Catalogue:
    tables: dict[str, dict[str, bool]] = {}
    for row in await sql.fetch(_COLUMNS):
        tables.setdefault(row["name"], {})[row["column"]] = row["never_null"]
    codes = {(row["name"], row["column"]): frozenset(_CODE.findall(row["says"])) for row in await sql.fetch(_CODES)}
    return Catalogue(never_null=tables, codes={column: found for column, found in codes.items() if found})


async def _refusal(name: str, login: str, plan: Plan) -> list[str]:
    try:
        async with savepoint():
            await explained(plan)
    except Exception as refused:
        return [f"{name} as {login}: {refused}"]
    return []


async def explained(plan: Plan) -> str:
    """Return the plan that PostgreSQL makes for the statement whatever its values, as text. Inside a scope."""
    await sql.execute("set local plan_cache_mode = force_generic_plan")
    await sql.execute(f"prepare shape_check as select {plan.sql}")
    values = f"({', '.join(['null'] * len(plan.args))})" if plan.args else ""
    rows = await sql.fetch(f"explain execute shape_check{values}")
    await sql.execute("deallocate shape_check")
    return "\n".join(row[0] for row in rows)
