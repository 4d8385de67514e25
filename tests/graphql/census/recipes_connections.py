"""Recipes: connections to agencies' systems, what they propose, and named contacts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from concordat_graphql.ids import encode
from tenants.connections import service
from tenants.connections.hooks import queries as hooks
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.graphql.census.ready import Ready, Recipe, area_key
from tests.support.connections import keeper, make_connection
from tests.support.hooks import told
from tests.support.organisations import make_school
from tests.support.world import AreaMade, make_actor, make_area
from tests.tenants.connections.entered import SCHOOLS, about, linked, proposed, refused, waiting

CONNECTION: dict[str, Any] = {
    "system": SCHOOLS.system,
    "name": SCHOOLS.name,
    "baseUrl": SCHOOLS.base_url,
    "authMode": SCHOOLS.auth_mode,
    "mayChange": ["people"],
    "staleAfterHours": 48,
    "everyMinutes": 60,
    "settings": [
        {"key": "client_id", "value": "concordat"},
        {"key": "token_url", "value": "https://schools.example/token"},
    ],
}
WHY: dict[str, Any] = {"reason": "The schools asked us to."}


async def link() -> Ready:
    area = await make_area()
    by = await make_actor(Role.BUSINESS_MANAGER, area=area)
    return Ready(input={"areaId": area_key(area), "connection": CONNECTION}, by=by, area=area)


def on_connection(*, version: int | None = 1, **said: Any) -> Recipe:
    async def recipe() -> Ready:
        area = await make_area()
        by = await make_actor(Role.BUSINESS_MANAGER, area=area)
        seen = {} if version is None else {"version": version}
        key = encode("AgencyConnection", await linked(area))
        return Ready(input={"connectionId": key, **seen, **said}, by=by, area=area)

    return recipe


async def resume() -> Ready:
    area = await make_area()
    by, connection, who = await make_actor(Role.BUSINESS_MANAGER, area=area), await linked(area), keeper(area)
    async with tenant_scope(who):
        await service.pause_connection(by=who, connection_id=connection, version=1, reason="For a while.")
    return Ready(input={"connectionId": encode("AgencyConnection", connection), "version": 2}, by=by, area=area)


async def rotate_key() -> Ready:
    """An area's connection that signs."""
    area = await make_area()
    connection = await make_connection(area, system="nhs_ods", auth_mode="signed_jwt")
    by = await make_actor(Role.BUSINESS_MANAGER, area=area)
    return Ready(input={"connectionId": encode("AgencyConnection", connection), "atOnce": False}, by=by, area=area)


async def end_hook_secret() -> Ready:
    hook = await told()
    async with tenant_scope(keeper(hook.area), readonly=True):
        row = await hooks.hook(connection_id=hook.connection)
    assert row is not None
    names = {
        "connectionId": encode("AgencyConnection", hook.connection),
        "secretId": encode("HookSecret", row.secrets[0].id),
    }
    return Ready(input=names, by=await make_actor(Role.BUSINESS_MANAGER, area=hook.area), area=hook.area)


def on_proposals(**said: Any) -> Recipe:
    async def recipe() -> Ready:
        area = await make_area()
        by = await make_actor(Role.BUSINESS_MANAGER, area=area)
        await proposed(area, await linked(area), about(await make_school(area)))
        seen = [{"id": encode("ConnectionProposal", row.id), "version": row.version} for row in await waiting(area)]
        return Ready(input={"areaId": area_key(area), "proposals": seen, **said}, by=by, area=area)

    return recipe


def on_refused(**said: Any) -> Recipe:
    async def recipe() -> Ready:
        area = await make_area()
        by = await make_actor(Role.BUSINESS_MANAGER, area=area)
        await proposed(area, await linked(area), about(await make_school(area)))
        seen = [{"id": encode("ConnectionProposal", row.id), "version": row.version} for row in await refused(area)]
        return Ready(input={"areaId": area_key(area), "proposals": seen, **said}, by=by, area=area)

    return recipe


PERSON: dict[str, Any] = {
    "post": "headteacher",
    "name": "Ida Field",
    "email": "ida@school.example",
    "phone": "01632 960 001",
}


async def entered(area: AreaMade, school: UUID) -> UUID:
    who = keeper(area)
    async with tenant_scope(who):
        return await service.enter_contact(by=who, area_id=area.id, organisation_id=school, post="other", name="Ivo")


async def enter() -> Ready:
    """The school enters its own."""
    area = await make_area()
    school = await make_school(area)
    by = await make_actor(Role.ESTABLISHMENT_CONTACT, area=area, organisation_id=school)
    said = {"areaId": area_key(area), "organisationId": encode("Organisation", school), **PERSON}
    return Ready(input=said, by=by, area=area)


def on_contact(**said: Any) -> Recipe:
    async def recipe() -> Ready:
        area = await make_area()
        contact = await entered(area, await make_school(area))
        by = await make_actor(Role.BUSINESS_MANAGER, area=area)
        key = {"contactId": encode("NamedContact", contact), "version": 1}
        return Ready(input={"areaId": area_key(area), **key, **said}, by=by, area=area)

    return recipe


CONNECTIONS: dict[str, Recipe] = {
    "LinkSystem": link,
    "ChangeConnection": on_connection(connection=CONNECTION),
    "SetConnectionCredential": on_connection(kind="client_secret", secret="s3cret", expiresOn="2031-01-01"),
    "PauseConnection": on_connection(**WHY),
    "ResumeConnection": resume,
    "RetireConnection": on_connection(**WHY),
    "TestConnection": on_connection(version=None),
    "RunConnection": on_connection(version=None),
    "RotateSigningKey": rotate_key,
    "MakeHookSecret": on_connection(version=None, secret="whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
    "EndHookSecret": end_hook_secret,
    "AcceptProposals": on_proposals(reason="Checked.", invitePeople=False),
    "RefuseProposals": on_proposals(**WHY),
    "ReconsiderProposals": on_refused(**WHY),
    "EnterContact": enter,
    "ChangeContact": on_contact(**PERSON),
    "EndContact": on_contact(**WHY),
}
