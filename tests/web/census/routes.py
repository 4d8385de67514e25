"""Every route of the product with an address for it in a world where each thing named by an address exists."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from litestar.handlers import HTTPRouteHandler

from backend.web.routes import ROUTES
from concordat_graphql.cooperation.keys import encode_in
from concordat_graphql.ids import encode
from tenants.connections.hooks import queries as hooks
from tenants.tenancy.actor import Actor
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.graphql.census.recipes_connections import entered
from tests.support.connections import asked as asked_for
from tests.support.connections import keeper
from tests.support.cooperation import Asked, asked_school
from tests.support.hooks import changed_secret
from tests.support.indicators import CODE, send_figures
from tests.support.membership import make_partnership
from tests.support.organisations import make_school
from tests.support.resourcing import open_budget
from tests.support.webhooks import Listening, add_endpoint, messages_of, new_secret
from tests.support.world import AreaMade, make_actor, make_area
from tests.tenants.connections.entered import linked
from tests.tenants.intervention import people

_PARAMETER = re.compile(r"\{(\w+):\w+\}")

#: What stands for a word in an address, where it is not an id: by the path around it.
WORDS = {
    "/resourcing/{label:str}/contribution/{verb:str}": "invoice",
    "/resourcing/{label:str}/lines/{verb:str}": "add",
    "/requests/{request_id:str}/{verb:str}": "reply",
    "/flags/{flag:str}/{move:str}": "refer",
}


@dataclass(frozen=True, kw_only=True)
class Route:
    """One method of one address."""

    method: str
    path: str
    access: str

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def parameters(self) -> list[str]:
        return _PARAMETER.findall(self.path)

    def filled(self, values: Mapping[str, str]) -> str:
        """Return the address with each parameter's value."""
        path = self.path
        for around, word in WORDS.items():
            path = path.replace(around, around[: around.rindex("{")] + word) if path.endswith(around) else path
        return _PARAMETER.sub(lambda found: values.get(found[1], "nonsense"), path)


def routes() -> list[Route]:
    """Return every method of every address that the product has, sorted."""
    found = [
        Route(method=method, path=path, access=str(handler.opt["access"]))
        for handler in ROUTES
        if isinstance(handler, HTTPRouteHandler)
        for path in handler.paths
        for method in handler.http_methods
        if method in ("GET", "POST")
    ]
    return sorted(found, key=lambda route: (route.path, route.method))


@dataclass(frozen=True, kw_only=True)
class World:
    """The people by access rule, those without the hat for it, those of another place; and what addresses name."""

    right: dict[str, Actor]
    wrong: dict[str, Actor]
    elsewhere: dict[str, Actor]
    values: dict[str, str]


async def make_world() -> World:
    """Make an area in which something of every kind exists, and its people."""
    asked = await asked_school(await make_area())
    area, other = asked.area, await make_area("Elsewhere")
    await open_budget(await make_partnership(area))
    await send_figures(area, f"{CODE},,month,2026-07-01,12,final")
    manager = await make_actor(Role.BUSINESS_MANAGER, area=area)
    contact = await make_actor(Role.ESTABLISHMENT_CONTACT, area=area, organisation_id=asked.school)
    official, keeper = await make_actor(Role.OFFICIAL), await make_actor(Role.PLATFORM_ADMINISTRATOR)
    stranger = await make_actor(Role.BUSINESS_MANAGER, area=other)
    neighbour = await make_school(other, name="Neighbour School")
    other_contact = await make_actor(Role.ESTABLISHMENT_CONTACT, area=other, organisation_id=neighbour)
    return World(
        right={"public": manager, "signed-in": manager, "area": manager, "agency": contact, "national": official,
               "platform": keeper},
        wrong={"area": official, "agency": manager, "national": manager, "platform": official},
        elsewhere={"area": stranger, "agency": other_contact},
        values=await _values(asked, keeper),
    )  # fmt: skip


async def _values(asked: Asked, keeper: Actor) -> dict[str, str]:
    area, request = asked.area, asked.request
    flag = encode("InterventionFlag", f"{area.id}.{await people.referred(area)}")
    return {
        "slug": area.slug,
        "area": encode("Area", area.id),
        "label": "2026-27",
        "agency_id": encode_in("RelevantAgency", area.id, request.agency_id),
        "duty_id": encode_in("Duty", area.id, request.duty_id),
        "cycle_id": encode_in("DutyCycle", area.id, request.cycle_id),
        "request_id": encode_in("DutyRequest", area.id, request.id),
        "organisation": encode("Organisation", asked.school),
        "flag": flag,
        "person": encode("Person", keeper.id),
        **await _connected(area, asked.school),
        "verb": "none",
        "move": "none",
        **dict.fromkeys(("client", "run", "job", "token", "digest", "name"), "nonsense"),
    }


async def _connected(area: AreaMade, school: UUID) -> dict[str, str]:
    contact = await entered(area, school)
    connection = await linked(area)
    return {
        "connection": encode("AgencyConnection", connection),
        "contact": encode("NamedContact", contact),
        "run_id": encode("ConnectionRun", await asked_for(area, connection)),
        "system": "schools_oneroster",
        "secret": await _secret(area, connection),
        **await _told(area),
        "kind": "client_secret",
    }


async def _told(area: AreaMade) -> dict[str, str]:
    endpoint = await add_endpoint(area)
    listener = Listening(area=area, id=endpoint, secret=await new_secret(area, endpoint))
    [message] = await messages_of(listener, 1)
    return {"endpoint": encode("WebhookEndpoint", endpoint), "delivery": encode("WebhookDelivery", message)}


async def _secret(area: AreaMade, connection: UUID) -> str:
    await changed_secret(area, connection)
    async with tenant_scope(keeper(area), readonly=True):
        row = await hooks.hook(connection_id=connection)
    assert row is not None
    return encode("HookSecret", row.secrets[0].id)
