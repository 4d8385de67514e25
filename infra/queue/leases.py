"""How many messages of one area, or for one host, are at work at once, in all worker processes together.

A lease lasts as long as its process sends heartbeats, so a killed worker's are free soon. It keeps things fair; what
may happen only once is the inbox's business.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from infra.database import sql
from infra.queue.processes import Process
from infra.queue.registry import Job

_MAKE = """
insert into queue.lease (name, slot) select $1, slot from generate_series(1, $2::integer) as slot
on conflict do nothing
"""
_TAKE = """
update queue.lease set message_id = $3, process = $4, until = now() + make_interval(secs => $5)
where (name, slot) = (
    select name, slot from queue.lease where name = $1 and slot <= $2 and (until < now() or message_id = $3)
    order by message_id is distinct from $3, slot limit 1 for update skip locked)
returning 1
"""
_RELEASE = """
update queue.lease set message_id = null, process = null, until = '-infinity' where process = $1 and message_id = $2
"""


def names(job: Job, *, area_id: int | None, args: Mapping[str, str | int]) -> dict[str, int]:
    """Return the names of the leases that a message needs, and how many there are of each."""
    values = {**args, "area": area_id}
    return {f"{kind}:{values[kind]}": most for kind, most in job.leases.items() if values.get(kind) is not None}


async def take(wanted: Mapping[str, int], *, message_id: UUID, process: Process) -> bool:
    """Take one lease of each name; False, and none taken, when one is full."""
    for name in sorted(wanted):
        if not await _take(name, wanted[name], message_id=message_id, process=process):
            await release(message_id, process=process)
            return False
    return True


async def release(message_id: UUID, *, process: Process) -> None:
    """Give back what the message holds."""
    await sql.execute(_RELEASE, process.id, message_id)


async def _take(name: str, most: int, *, message_id: UUID, process: Process) -> bool:
    arguments = (name, most, message_id, process.id, process.ttl)
    if await sql.fetch_value(_TAKE, *arguments) is not None:
        return True
    await sql.execute(_MAKE, name, most)  # waits for whoever makes them at this moment: then there are some to take
    return await sql.fetch_value(_TAKE, *arguments) is not None
