"""A whole audit trail as a CSV file, part by part: a trail only ever grows, and no process holds all of one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

from infra.database import Scope
from infra.export import csv_rows, csv_start
from tenants.audit import queries

ENTRIES_AT_ONCE = 1000


async def trail(*, area_id: int, last_seq: int, scope: Callable[[], Scope]) -> AsyncIterator[bytes]:
    """Yield the file, oldest entry first, up to and with the entry `last_seq`.

    Each part is read in a scope of its own, which the entry point gives: whoever fetches it slowly holds no connection.
    """
    yield csv_start(queries.COLUMNS)
    seq = 0
    while seq < last_seq:
        async with scope():
            part = await queries.entries_between(
                area_id=area_id, after_seq=seq, last_seq=last_seq, limit=ENTRIES_AT_ONCE
            )
        if not part:
            return
        yield csv_rows([queries.as_cells(entry) for entry in part])
        seq = part[-1].seq
