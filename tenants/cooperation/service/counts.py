"""The kept counts of an area's agencies, compared with the records and put right."""

from __future__ import annotations

from infra.database import sql
from tenants.cooperation.queries import kept
from tenants.cooperation.queries.kept import Counts


async def put_right(*, area_id: int) -> Counts | None:
    """Return what was kept and what is there where the two differed, now corrected; None where they agree.

    For the worker, in the area's write scope. Raises asyncpg's `LockNotAvailableError` when somebody changes agencies
    at the moment something has to be corrected.
    """
    if not (await kept.agency_counts(area_id=area_id)).differ:
        return None
    await sql.execute("select security.hold_agency_counts()")
    found = await kept.agency_counts(area_id=area_id)
    if not found.differ:
        return None
    await sql.execute("select security.keep_agency_counts($1, $2::text::jsonb)", area_id, found.counted)
    return found
