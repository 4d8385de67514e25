"""Which login may do what with mails: people write and see that one went, never what it said; the worker sends."""

from __future__ import annotations

import asyncpg
import pytest

from infra.database import sql
from infra.ids import uuid7
from tenants.tenancy.actor import Actor
from tenants.tenancy.mail import send_mail
from tenants.tenancy.mail.queries import mails
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import national_scope, public_scope, system_scope, tenant_scope, worker_actor
from tests.support.cluster import Cluster
from tests.support.world import actor, make_area, make_person, manager
from tests.tenants.tenancy.mail.conftest import Postbag

VALUES = {"name": "Ada", "inviter": "Bea", "role": "viewer", "place": "Testshire", "expires": "1 May 2027"}


async def write(who: Actor, area_id: int | None, **other: object) -> None:
    values = {**VALUES, "invitation_id": uuid7()}
    async with tenant_scope(who):
        await send_mail(by=who, area_id=area_id, to="a@b.uk", template="invitation", values=values, **other)


async def visible(who: Actor) -> int:
    async with tenant_scope(who, readonly=True):
        return len(await mails())


async def test_an_area_writes_and_sees_its_own_mails(database: Cluster) -> None:
    here, there = await make_area(), await make_area()
    await write(manager(here), here.id)
    assert await visible(manager(here)) == 1
    assert await visible(actor(Role.VIEWER, area_id=here.id)) == 1
    assert await visible(manager(there)) == 0
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await write(manager(there), here.id)


async def test_a_school_writes_into_an_area_it_is_in_and_sees_only_mails_to_itself(database: Cluster) -> None:
    area, contact = await make_area(), await make_person()
    school = actor(Role.ESTABLISHMENT_CONTACT, area_id=area.id, organisation_id=uuid7(), person_id=contact)
    await write(manager(area), area.id)
    await write(school, area.id, person_id=contact)
    assert (await visible(school), await visible(manager(area))) == (1, 2)


@pytest.mark.parametrize("column", ["details", "provider_reference", "leased_until", "*"])
async def test_what_a_mail_said_is_not_granted_to_people(database: Cluster, column: str) -> None:
    area = await make_area()
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with tenant_scope(manager(area), readonly=True):
            await sql.fetch(f"select {column} from mail")


@pytest.mark.parametrize("statement", ["update mail set state = 'sent'", "delete from mail", "truncate mail"])
async def test_people_cannot_change_or_remove_a_mail(database: Cluster, statement: str) -> None:
    area = await make_area()
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with tenant_scope(manager(area)):
            await sql.execute(statement)


@pytest.mark.parametrize("scope", [national_scope, public_scope])
async def test_logins_that_only_read_do_not_see_mails(database: Cluster, scope: type) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with scope():
            await sql.fetch("select id from mail")


async def test_a_job_reaches_the_mails_of_its_own_area(postbag: Postbag, database: Cluster) -> None:
    here, there = await make_area(), await make_area()
    await write(manager(here), here.id)
    await write(manager(there), there.id)
    async with tenant_scope(worker_actor("mail.send", areas=[here.id], powers=["mail"])):
        assert [row["area_id"] for row in await sql.fetch("select area_id from mail")].count(there.id) == 0
        assert await sql.execute("update mail set error = 'x' where area_id = $1", there.id) == "UPDATE 0"
        assert await sql.execute("update mail set error = 'x' where area_id = $1", here.id) == "UPDATE 1"
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await sql.execute("update mail set address = 'c@d.uk'")


async def test_mails_of_no_area_are_the_platforms(postbag: Postbag) -> None:
    async with system_scope("test", powers=["platform"]):
        before = len(await mails(limit=100_000))
        values = {**VALUES, "invitation_id": uuid7()}
        who = worker_actor("x")
        await send_mail(by=who, area_id=None, to="a@b.uk", template="invitation", values=values)
        assert len(await mails(limit=100_000)) == before + 1
    area = await make_area()
    assert await visible(manager(area)) == 0
