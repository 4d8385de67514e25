"""What PostgreSQL's own catalogue says of our tables, for the guards."""

from __future__ import annotations

from dataclasses import dataclass

import asyncpg

OURS = ("public", "audit", "security", "queue")

_TABLES = """
select n.nspname as schema, c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
    exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'area_id' and not a.attisdropped
        and a.attnotnull) as of_area,
    (select count(*) from pg_policy p where p.polrelid = c.oid) as policies
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p') and n.nspname = any ($1) order by 1, 2
"""

_UNIQUE = """
select c.relname as table, i.relname as index,
    (select array_agg(a.attname order by k.n) from unnest(x.indkey) with ordinality k (attnum, n)
        join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum) as columns
from pg_index x join pg_class c on c.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
join pg_namespace n on n.oid = c.relnamespace
where x.indisunique and n.nspname = any ($1) order by 1, 2
"""

_FOREIGN = """
select c.relname as table, f.relname as refers_to, k.conname as name,
    (select array_agg(a.attname order by x.n) from unnest(k.conkey) with ordinality x (attnum, n)
        join pg_attribute a on a.attrelid = c.oid and a.attnum = x.attnum) as columns,
    k.confdeltype::text as on_delete
from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class f on f.oid = k.confrelid
join pg_namespace n on n.oid = c.relnamespace
where k.contype = 'f' and n.nspname = any ($1) order by 1, 3
"""


@dataclass(frozen=True, kw_only=True)
class Relation:
    """A table of ours."""

    schema: str
    name: str
    enabled: bool
    forced: bool
    of_area: bool
    policies: int

    @property
    def full_name(self) -> str:
        """Return schema.name, or the name alone in `public`."""
        return self.name if self.schema == "public" else f"{self.schema}.{self.name}"


async def tables(connection: asyncpg.Connection) -> list[Relation]:
    """Return our tables, without Piccolo's own record of migrations."""
    rows = await connection.fetch(_TABLES, list(OURS))
    return [Relation(**row) for row in rows if row["name"] != "migration"]


async def unique_indexes(connection: asyncpg.Connection) -> list[asyncpg.Record]:
    """Return unique indexes with their columns in order."""
    return await connection.fetch(_UNIQUE, list(OURS))


async def foreign_keys(connection: asyncpg.Connection) -> list[asyncpg.Record]:
    """Return foreign keys with their columns and what a delete does."""
    return await connection.fetch(_FOREIGN, list(OURS))
