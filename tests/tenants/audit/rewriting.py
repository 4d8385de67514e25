"""What someone who can do everything in the database can do to a chain: write it anew so that it verifies."""

from __future__ import annotations

import asyncpg

from tests.support.cluster import Cluster

_ANEW = """
do $$
declare
    e audit.event;
    before bytea := '\\x00';
begin
    for e in select * from audit.event where area_id = {area} order by seq loop
        e.prev_hash := before;
        e.hash := sha256(audit.canon(e));
        update audit.event set prev_hash = e.prev_hash, hash = e.hash where area_id = e.area_id and seq = e.seq;
        update audit.head set seq = e.seq, hash = e.hash where area_id = e.area_id;
        before := e.hash;
    end loop;
end
$$
"""


async def rewrite(database: Cluster, *, area_id: int, change: str) -> None:
    """Run `change` with the chain's triggers off, then make every hash and the head fit again."""
    connection = await asyncpg.connect(database.superuser)
    try:
        await connection.execute("set session_replication_role = replica")
        await connection.execute(change)
        await connection.execute(_ANEW.format(area=area_id))
    finally:
        await connection.close()
