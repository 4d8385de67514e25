"""The last platform administrator keeps role and account until someone else has the role: nobody else could give it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from infra.database import sql
from tenants.tenancy.errors import WrongState
from tenants.tenancy.roles import Role

#: held one after the other, so that two who end each other's role at the same moment do not both succeed
_LOCK = "select id from role_assignment where role = $1 and valid_to is null order by id for update"
_OTHERS = """
select exists (select 1 from role_assignment r join person p on p.id = r.person_id
    where r.role = $1 and r.person_id <> $2 and r.valid_from <= $3 and r.valid_to is null and p.disabled_at is null)
"""
_HOLDS = """
select exists (select 1 from role_assignment
    where role = $1 and person_id = $2 and (valid_to is null or valid_to >= $3))
"""
LAST = (
    "Nobody else would be a platform administrator of this service. "
    "Give someone else that role first, without a last day; then come back here."
)


async def check_others(*, besides: UUID, on: date) -> None:
    """Raise `WrongState` unless someone else is a platform administrator on that day, for good."""
    await sql.execute(_LOCK, Role.PLATFORM_ADMINISTRATOR.value)
    if not await sql.fetch_value(_OTHERS, Role.PLATFORM_ADMINISTRATOR.value, besides, on):
        raise WrongState(LAST)


async def is_administrator(*, person_id: UUID, on: date) -> bool:
    """Return whether the person is a platform administrator on that day, or will be."""
    held: bool = await sql.fetch_value(_HOLDS, Role.PLATFORM_ADMINISTRATOR.value, person_id, on)
    return held
