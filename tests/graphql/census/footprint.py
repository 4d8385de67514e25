"""What is stored: for each table of the product, how many rows and which versions of them, as the superuser sees it.

Left out is what a refusal is meant to write: its audit entry, and what belongs to sending at all.
"""

from __future__ import annotations

from tests.support.cluster import Cluster, looking_on

APART = frozenset({"audit.head", "public.idempotency", "public.session", "public.pending_sign_in"})
REFUSALS = "action not in ('authorisation.refuse', 'national.read', 'session.start')"

Footprint = dict[str, tuple[int, int]]

_TABLES = """
select schemaname || '.' || tablename from pg_tables
where schemaname in ('public', 'audit', 'queue') and tablename <> 'migration'
"""


async def footprint(cluster: Cluster, *, reads: bool = False) -> Footprint:
    """Return rows and a sum over the row versions, by table; with `reads` also the entries that reading makes."""
    connection = await looking_on(cluster)
    names = [row[0] for row in await connection.fetch(_TABLES)]
    counted = " union all ".join(_count(name, reads=reads) for name in sorted(set(names) - APART))
    return {row[0]: (row[1], row[2]) for row in await connection.fetch(counted)}


def _count(table: str, *, reads: bool) -> str:
    where = f" where {REFUSALS}" if table == "audit.event" and not reads else ""
    return (
        f"select '{table}', count(*), coalesce(sum(hashtext(xmin::text || ctid::text)), 0)::bigint from {table}{where}"
    )


def changed(before: Footprint, after: Footprint) -> list[str]:
    """Return the tables in which something was written between the two."""
    return sorted(table for table in after if after[table] != before.get(table))
