"""Which organisations are present in which area, and who may say so."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import asyncpg
import pytest

from infra.database import sql
from tenants.organisations import queries, service
from tenants.organisations.imports import queries as runs
from tenants.organisations.imports import service as imports
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Invalid, NotAllowed
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import national_scope, public_scope, system_scope, tenant_scope
from tests.support.cluster import Cluster
from tests.support.organisations import administrator, make_body, make_school
from tests.support.world import AreaMade, actor, make_area, manager, official


async def choose(area: AreaMade, organisation_id: UUID, *, basis: str = "chosen_agency") -> None:
    async with tenant_scope(manager(area)):
        await service.add_presence(
            by=manager(area), area_id=area.id, organisation_id=organisation_id, basis=basis, since=date(2026, 1, 1)
        )


async def seen_by(who: Actor, area: AreaMade) -> set[UUID]:
    async with tenant_scope(who, readonly=True):
        return {found.id for found in await queries.organisations_in_area(area_id=area.id)}


async def test_an_area_chooses_an_agency_and_ends_it_with_its_dates_kept(database: Cluster) -> None:
    area, force = await make_area(), await make_body()
    await choose(area, force)
    await choose(area, force)  # saying it again is harmless
    async with tenant_scope(manager(area)):
        await service.end_presence(
            by=manager(area), area_id=area.id, organisation_id=force, basis="chosen_agency", on=date(2026, 6, 30)
        )
        then = await queries.organisations_in_area(area_id=area.id, on=date(2026, 3, 1))
        later = await queries.organisations_in_area(area_id=area.id, on=date(2026, 7, 1))
    assert ([found.id for found in then], later) == ([force], [])


async def test_whom_an_area_chose_is_seen_by_the_area_and_the_chosen_body_alone(database: Cluster) -> None:
    here, there, force = await make_area(), await make_area(), await make_body()
    await choose(here, force)
    contact = actor(Role.AGENCY_CONTACT, organisation_id=force)
    assert await seen_by(manager(here), here) == {force}
    assert await seen_by(contact, here) == {force}
    assert await seen_by(manager(there), here) == set()
    assert await seen_by(administrator(), here) == set()
    async with public_scope():
        assert await queries.organisations_in_area(area_id=here.id) == []
    async with national_scope():
        assert [found.id for found in await queries.organisations_in_area(area_id=here.id)] == [force]


async def test_that_a_school_is_in_an_area_is_public(database: Cluster) -> None:
    area = await make_area()
    school = await make_school(area)
    async with public_scope():
        assert [found.id for found in await queries.organisations_in_area(area_id=area.id)] == [school]
        assert await queries.areas_of(organisation_id=school) == [area.id]


async def test_another_area_cannot_choose_for_this_one(database: Cluster) -> None:
    here, there, force = await make_area(), await make_area(), await make_body()
    with pytest.raises(NotAllowed):
        async with tenant_scope(manager(there)):
            await service.add_presence(
                by=manager(there), area_id=here.id, organisation_id=force, basis="partner", since=None
            )
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with tenant_scope(manager(there)):
            await sql.execute(
                "insert into area_organisation (area_id, organisation_id, basis, valid_from) "
                "values ($1, $2, 'partner', (now() at time zone 'Europe/London')::date)",
                here.id,
                force,
            )


async def test_an_area_cannot_claim_a_school_as_its_own(database: Cluster) -> None:
    area, school = await make_area(), await make_school()
    with pytest.raises(Invalid):
        await choose(area, school, basis="covers_la")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with tenant_scope(manager(area)):
            await sql.execute(
                "insert into area_organisation (area_id, organisation_id, basis, valid_from) "
                "values ($1, $2, 'covers_la', (now() at time zone 'Europe/London')::date)",
                area.id,
                school,
            )


@pytest.mark.parametrize("power", ["platform", "signin", "area"])
async def test_without_the_registers_power_no_school_is_written(database: Cluster, power: str) -> None:
    school = await make_school(name="Old name")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with system_scope("test", powers=[power]):
            await sql.execute(
                "insert into organisation (kind, name, urn) values ('establishment', 'Invented School', 799999)"
            )
    async with system_scope("test", powers=[power]):
        assert await sql.execute("update organisation set name = 'New name' where id = $1", school) == "UPDATE 0"


@pytest.mark.parametrize(
    "table", ["organisation", "trust_membership", "organisation_lineage", "organisation_history", "area_organisation"]
)
async def test_nothing_of_the_register_can_be_deleted(database: Cluster, table: str) -> None:
    for login in ("app", "worker"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with tenant_scope(administrator(), login=login):
                await sql.execute(f"delete from {table}")


async def test_the_public_reads_no_column_beyond_the_published_facts(database: Cluster) -> None:
    for column in ("telephone", "content_hash", "import_id"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with public_scope():
                await sql.fetch(f"select {column} from organisation")
    for table in ("import_run", "import_rejection"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with national_scope():
                await sql.fetch(f"select * from {table}")


async def test_imports_are_seen_by_administrators_alone(database: Cluster) -> None:
    area, who = await make_area(), administrator()
    async with tenant_scope(who):
        run_id = await imports.ask(by=who, kind=imports.FileKind.GROUPS, file_name="groups.csv")
        assert await runs.run(run_id=run_id) is not None
    for other in (manager(area), official()):
        async with tenant_scope(other, readonly=True):
            assert await runs.run(run_id=run_id) is None
            assert await runs.runs() == []


async def test_an_administrator_asks_but_cannot_say_how_an_import_ended(database: Cluster) -> None:
    who = administrator()
    async with tenant_scope(who):
        run_id = await imports.ask(by=who, kind=imports.FileKind.GROUPS, file_name="groups.csv")
        assert await sql.execute("update import_run set status = 'done' where id = $1", run_id) == "UPDATE 0"
        with pytest.raises(NotAllowed):
            await imports.begin(by=who, run_id=run_id, sha256="0" * 64, size_bytes=1, rows_expected=1)
