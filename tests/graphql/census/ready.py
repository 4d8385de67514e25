"""What a recipe makes: a world in which one mutation is possible, a valid input, and who may send it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from concordat_graphql import ids
from infra.database import sql
from tenants.tenancy.actor import Actor
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import system_scope
from tests.support.organisations import make_school
from tests.support.world import AreaMade, make_actor, make_area


@dataclass(frozen=True, kw_only=True)
class Ready:
    """A valid input without its key, the actor who may send it, and the area it is about (None: about none)."""

    input: dict[str, Any]
    by: Actor
    area: AreaMade | None = None


Recipe = Callable[[], Awaitable[Ready]]


def area_key(area: AreaMade) -> str:
    """Return an area's opaque id."""
    return ids.encode("Area", area.id)


async def stored(who: Actor) -> Actor:
    """Store the person and the roles of an actor that exists in memory only, so that they can have a session."""
    async with system_scope("test world", powers=["platform"]):
        made = await sql.fetch_value(
            "insert into person (id, name, email) values ($1, $2, $3) on conflict do nothing returning true",
            who.id,
            who.name,
            f"{who.id}@example.org",
        )
        for grant in who.grants if made else ():
            await sql.execute(
                "insert into role_assignment (person_id, role, area_id, organisation_id, valid_from) "
                "values ($1, $2, $3, $4, $5)",
                who.id,
                grant.role.value,
                grant.area_id,
                grant.organisation_id,
                date(2020, 1, 1),
            )
    return who


async def outsiders(area: AreaMade | None) -> dict[str, Actor | None]:
    """Return those who may not: each has a stored account, except nobody."""
    there = await make_area("Elsewhere")
    school = await make_school(there, name="Outsider School")
    return {
        "nobody": None,
        "another area's manager": await make_actor(Role.BUSINESS_MANAGER, area=there),
        "a viewer": await make_actor(Role.VIEWER, area=area or there),
        "another organisation's contact": await make_actor(
            Role.ESTABLISHMENT_CONTACT, area=area or there, organisation_id=school
        ),
        "an official": await make_actor(Role.OFFICIAL),
        "an administrator": await make_actor(Role.PLATFORM_ADMINISTRATOR),
    }
