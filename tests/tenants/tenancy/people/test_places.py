"""For whom a role may be held: an organisation of the register, of the kind that goes with the role."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from uuid import UUID

import asyncpg
import pytest

from infra.database import sql
from infra.ids import uuid7
from tenants.tenancy.errors import Invalid, NotFound, Problem
from tenants.tenancy.people import queries, service
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.organisations import make_body, make_school, make_trust
from tests.support.world import AreaMade, actor, make_actor, make_area, make_person

ADMIN = actor(Role.PLATFORM_ADMINISTRATOR)


async def nowhere() -> UUID:
    return uuid7()


async def school() -> UUID:
    return await make_school()


async def trust() -> UUID:
    return await make_trust()


async def force() -> UUID:
    return await make_body()


MISFITS = [
    (Role.AGENCY_CONTACT, nowhere, NotFound, "We could not find that organisation."),
    (Role.TRUST_LEAD, nowhere, NotFound, "We could not find that organisation."),
    (Role.TRUST_LEAD, school, Invalid, "A trust lead speaks for a trust. Choose a trust."),
    (Role.TRUST_LEAD, force, Invalid, "A trust lead speaks for a trust. Choose a trust."),
    (Role.ESTABLISHMENT_CONTACT, trust, Invalid, "An establishment contact speaks for a school"),
    (Role.ESTABLISHMENT_CONTACT, force, Invalid, "An establishment contact speaks for a school"),
]
FITS = [
    (Role.TRUST_LEAD, trust),
    (Role.ESTABLISHMENT_CONTACT, school),
    *((Role.AGENCY_CONTACT, some) for some in (force, trust, school)),
]
Make = Callable[[], Awaitable[UUID]]


async def invite(area: AreaMade, role: Role, organisation_id: UUID) -> UUID:
    by = await make_actor(Role.BUSINESS_MANAGER, area=area)
    async with tenant_scope(by):
        return await service.invite(
            by=by, email="lee@example.org", name="Lee Park", role=role, area_id=area.id, organisation_id=organisation_id
        )


async def written(area: AreaMade) -> int:
    counted = "select count(*) from {} where area_id = $1 and organisation_id is not null"
    async with tenant_scope(actor(Role.BUSINESS_MANAGER, area_id=area.id), readonly=True):
        kept = [await sql.fetch_value(counted.format(table), area.id) for table in ("invitation", "role_assignment")]
    return sum(kept)


@pytest.mark.parametrize(("role", "make", "error", "sentence"), MISFITS)
async def test_nobody_is_invited_for_what_the_role_is_not_held_for(
    database: Cluster, role: Role, make: Make, error: type[Problem], sentence: str
) -> None:
    area, organisation_id = await make_area(), await make()
    with pytest.raises(error, match=sentence) as refused:
        await invite(area, role, organisation_id)
    assert refused.value.field == "organisationId"
    assert await written(area) == 0


@pytest.mark.parametrize(("role", "make", "error", "sentence"), MISFITS)
async def test_nobody_is_given_such_a_role_either(
    database: Cluster, role: Role, make: Make, error: type[Problem], sentence: str
) -> None:
    area, person_id, organisation_id = await make_area(), await make_person(), await make()
    with pytest.raises(error, match=sentence):
        async with tenant_scope(ADMIN):
            await service.grant_role(
                by=ADMIN, person_id=person_id, role=role, area_id=area.id, organisation_id=organisation_id
            )
    assert await written(area) == 0


@pytest.mark.parametrize(("role", "make"), FITS)
async def test_who_fits_is_invited(database: Cluster, role: Role, make: Make) -> None:
    area, organisation_id = await make_area(), await make()
    made = await invite(area, role, organisation_id)
    async with tenant_scope(ADMIN):
        kept = await queries.invitation(invitation_id=made)
    assert kept is not None
    assert (kept.role, kept.organisation_id) == (role, organisation_id)


async def test_an_administrator_is_told_that_there_is_no_such_area(database: Cluster) -> None:
    person_id = await make_person()
    with pytest.raises(NotFound, match="We could not find that area"):
        async with tenant_scope(ADMIN):
            await service.grant_role(by=ADMIN, person_id=person_id, role=Role.VIEWER, area_id=2_000_000_000)


async def test_the_database_keeps_nobody_for_an_organisation_that_is_not_there(database: Cluster) -> None:
    area, person_id = await make_area(), await make_person()
    insert = (
        "insert into role_assignment (person_id, role, area_id, organisation_id, valid_from) "
        "values ($1, 'agency_contact', $2, $3, '2026-01-01')"
    )
    with pytest.raises(asyncpg.ForeignKeyViolationError):
        async with tenant_scope(actor(Role.BUSINESS_MANAGER, area_id=area.id)):
            await sql.execute(insert, person_id, area.id, uuid7())
