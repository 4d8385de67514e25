"""The last platform administrator, and an area's last business manager, keep the role until someone else has it: nobody
else could give it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from infra.database import sql
from tenants.tenancy.errors import WrongState
from tenants.tenancy.roles import Role

#: held one after the other, so that two who end each other's role at the same moment do not both succeed
_LOCK = """
select id from role_assignment where role = $1 and area_id is not distinct from $2 and valid_to is null
order by id for update
"""
_OTHERS = """
select exists (select 1 from role_assignment r join person p on p.id = r.person_id
    where r.role = $1 and r.area_id is not distinct from $4 and r.person_id <> $2
      and r.valid_from <= $3 and r.valid_to is null and p.disabled_at is null)
"""
_HOLDS = """
select exists (select 1 from role_assignment
    where role = $1 and person_id = $2 and (valid_to is null or valid_to >= $3))
"""
LAST_ADMINISTRATOR = (
    "Nobody else would be a platform administrator of this service. "
    "Give someone else that role first, without a last day; then come back here."
)
LAST_MANAGER = (
    "Nobody else would be business manager of this area. "
    "Invite someone else as business manager first. When they have accepted, come back here."
)


async def check_administrators(*, besides: UUID, on: date) -> None:
    """Raise `WrongState` unless someone else is a platform administrator on that day, for good."""
    if not await _another(Role.PLATFORM_ADMINISTRATOR, besides=besides, on=on, area_id=None):
        raise WrongState(LAST_ADMINISTRATOR)


async def check_managers(*, area_id: int | None, besides: UUID, on: date) -> None:
    """Raise `WrongState` unless someone else is business manager of the area on that day, for good."""
    if not await _another(Role.BUSINESS_MANAGER, besides=besides, on=on, area_id=area_id):
        raise WrongState(LAST_MANAGER)


async def is_administrator(*, person_id: UUID, on: date) -> bool:
    """Return whether the person is a platform administrator on that day, or will be."""
    held: bool = await sql.fetch_value(_HOLDS, Role.PLATFORM_ADMINISTRATOR.value, person_id, on)
    return held


async def _another(role: Role, *, besides: UUID, on: date, area_id: int | None) -> bool:
    """Return whether someone other than this person, not disabled, holds the role on that day and has no last day."""
    await sql.execute(_LOCK, role.value, area_id)
    held: bool = await sql.fetch_value(_OTHERS, role.value, besides, on, area_id)
    return held
