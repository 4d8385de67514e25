"""A read that is refused is an audit entry, as a command that is refused is: of its area, or of the platform."""

from __future__ import annotations

from uuid import uuid4

import pytest

from concordat_graphql import ids
from concordat_graphql.operations import OWN_DOCUMENT, run, run_stored
from tenants.audit import queries as audit
from tenants.audit.service import PLATFORM
from tenants.tenancy.actor import ANONYMOUS, Actor
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import system_scope
from tests.support.cluster import Cluster
from tests.support.world import actor, make_area

NOWHERE = 987_654


def someone(role: Role, area_id: int | None = None) -> Actor:
    """An actor whose name nobody else has, to find their entries by."""
    return actor(role, area_id=area_id, name=f"Ada {uuid4().hex}")


async def refused(who: Actor, *, chain: int) -> list[tuple[str, str]]:
    where = audit.Filter(action="authorisation.refuse", actor=who.name)
    async with system_scope("test", areas=[chain], powers=["platform"]):
        return [(entry.subject_type, entry.subject_id) for entry in await audit.entries(area_id=chain, where=where)]


async def test_it_is_in_the_trail_of_the_area_that_was_asked_of(database: Cluster) -> None:
    area = await make_area()
    who = someone(Role.VIEWER, area.id)
    result = await run_stored("AuditTrail", actor=who, variables={"areaId": ids.encode("Area", area.id)})
    assert [error.extensions for error in result.errors or []] == [{"code": "FORBIDDEN"}]
    assert await refused(who, chain=area.id) == [("operation", "AuditTrail")]


@pytest.mark.parametrize("role", [Role.PLATFORM_ADMINISTRATOR, Role.VIEWER])
async def test_what_is_of_no_area_is_in_the_platforms(database: Cluster, role: Role) -> None:
    who = someone(role)
    await run_stored("NationalAreas", actor=who, variables={"sort": "name", "descending": False})
    assert await refused(who, chain=PLATFORM) == [("operation", "NationalAreas")]


async def test_an_area_that_does_not_exist_begins_no_chain(database: Cluster) -> None:
    who = someone(Role.VIEWER)
    await run_stored("AuditTrail", actor=who, variables={"areaId": ids.encode("Area", NOWHERE)})
    assert await refused(who, chain=PLATFORM) == [("operation", "AuditTrail")]
    assert await refused(who, chain=NOWHERE) == []


@pytest.mark.parametrize("name", [None, "AuditTrail", "x" * 300])
async def test_a_document_of_its_own_is_one_entry_and_what_it_calls_itself_is_not_repeated(
    database: Cluster, name: str | None
) -> None:
    area = await make_area()
    who = someone(Role.VIEWER, area.id)
    fields = " ".join(
        f'a{n}: auditTrail(areaId: "{ids.encode("Area", area.id)}") {{ pageInfo {{ hasNextPage }} }}' for n in range(5)
    )
    await run(f"query {name or ''} {{ {fields} }}", actor=who, name=name)
    assert await refused(who, chain=area.id) == [("operation", OWN_DOCUMENT)]


async def test_who_may_leaves_none_and_nobody_is_no_name_to_write_down(database: Cluster) -> None:
    area = await make_area()
    may = someone(Role.BUSINESS_MANAGER, area.id)
    for who in (may, ANONYMOUS):
        await run_stored("AuditTrail", actor=who, variables={"areaId": ids.encode("Area", area.id)})
    assert await refused(may, chain=area.id) == []
    assert await refused(ANONYMOUS, chain=area.id) == []
