"""Taking back the recorded end of an area's cover of a local authority, and what every change of a cover waits for."""

from __future__ import annotations

from uuid import UUID

import asyncpg

from infra.database import sql
from tenants.audit.service import record
from tenants.tenancy import checks, queries
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import NotFound, WrongState
from tenants.tenancy.permissions import check_can_administer


async def held_area(area_id: int) -> queries.AreaRow:
    """Return the area as it is once whoever is changing it has finished; nobody else does until this transaction ends.

    A cover is not ended or resumed beside a merge, nor twice at once. What refers to the area does not wait.
    Raises `NotFound`.
    """
    await sql.execute("select from area where id = $1 for no key update", area_id)
    area = await queries.area(area_id=area_id)
    if area is None:
        raise NotFound("area")
    return area


async def resume_cover(*, by: Actor, area_id: int, cover_id: UUID, reason: str) -> UUID:
    """Let the area cover the local authority as if no end had been recorded; the end stays in the audit trail.

    Raises `NotFound`, and `WrongState` when no end is recorded, when the area has been merged, or when an area covers
    the local authority on any day since: it is in one area on any day.
    """
    check_can_administer(by)
    area = await held_area(area_id)
    found = await queries.cover_by_id(area_id=area_id, cover_id=cover_id)
    if found is None:
        raise NotFound("local authority")
    if found.valid_to is None:
        raise WrongState("No end of this cover is recorded.")
    if area.lifecycle == "merged":
        raise WrongState("This area has been merged into another and takes no more changes.")
    why = checks.reason(reason)
    if (later := await queries.cover_since(la_code=found.la_code, after=found.valid_to)) is not None:
        raise _taken(found.la_name, f"{later.area_name}, from {later.valid_from.day} {later.valid_from:%B %Y}")
    statement = "update area_local_authority set valid_to = null where area_id = $1 and id = $2"
    try:
        await sql.execute(statement, area_id, cover_id)
    except asyncpg.ExclusionViolationError:
        raise _taken(found.la_name, "another area") from None
    said = {"la_code": found.la_code, "la_name": found.la_name}
    await record(
        by=by, area_id=area_id, action="area.cover_again", subject=("area", area_id), reason=why,
        before={**said, "valid_to": found.valid_to}, after={**said, "valid_to": None},
    )  # fmt: skip
    return cover_id


def _taken(name: str, by: str) -> WrongState:
    return WrongState(f"{name} is covered by {by}. A local authority is in one area on any day.")
