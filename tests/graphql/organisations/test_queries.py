"""The register over GraphQL: facts for anyone signed in, people for the area's own members."""

from __future__ import annotations

from litestar import Litestar

from concordat_graphql import ids
from tenants.tenancy.roles import Role
from tests.support.organisations import make_school
from tests.support.product import api_of
from tests.support.world import make_actor, make_area


async def test_nobody_is_asked_to_sign_in(app: Litestar) -> None:
    area = await make_area()
    answer = await (await api_of(app, None)).run("AreaOrganisations", areaId=ids.encode("Area", area.id))
    assert answer["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


async def test_another_areas_people_are_not_shown(app: Litestar) -> None:
    here, there = await make_area(), await make_area()
    school = await make_school(there)
    await make_actor(Role.ESTABLISHMENT_CONTACT, area=there, organisation_id=school)
    variables = {"areaId": ids.encode("Area", there.id), "id": ids.encode("Organisation", school)}
    theirs = await (await api_of(app, await make_actor(Role.VIEWER, area=there))).run("AreaOrganisation", **variables)
    mine = await (await api_of(app, await make_actor(Role.VIEWER, area=here))).run("AreaOrganisation", **variables)
    assert len(theirs["data"]["organisationContacts"]) == 1
    assert mine["data"]["organisationContacts"] == []
    assert mine["data"]["organisation"]["name"] == "Meadow Primary School", "that a school exists is public"


async def test_an_id_of_another_kind_is_not_found(app: Litestar) -> None:
    area = await make_area()
    api = await api_of(app, await make_actor(Role.VIEWER, area=area))
    answer = await api.run("AreaOrganisation", areaId=ids.encode("Area", area.id), id=ids.encode("Person", area.id))
    assert answer["errors"][0]["extensions"]["code"] == "NOT_FOUND"
