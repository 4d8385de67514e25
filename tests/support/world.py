"""The people and places of the tests: each test makes its own area, so tests never meet."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from infra.database import sql
from infra.ids import uuid7
from tenants.tenancy.actor import Actor, Grant
from tenants.tenancy.roles import Role, hat_of
from tenants.tenancy.scope import system_scope

_numbers = itertools.count(1)
#: an authority's code has three digits: those from 900 are for tests that name one, the others go round
_la_codes = itertools.cycle(range(100, 900))
_COVER = """
with before as (
    update area_local_authority set valid_to = valid_from where la_code = $2 and valid_to is null returning valid_from
)
insert into area_local_authority (area_id, la_code, la_name, valid_from)
values ($1, $2, $3, coalesce((select valid_from from before) + 1, $4))
on conflict do nothing returning la_code
"""


@dataclass(frozen=True, kw_only=True)
class AreaMade:
    """An area made for a test."""

    id: int
    slug: str
    name: str
    la_code: str


async def make_area(name: str = "Testshire", *, lifecycle: str = "live", la_code: str | None = None) -> AreaMade:
    """Make an area that covers one local authority of its own, taken from whoever had that code before."""
    n = next(_numbers)
    slug, title = f"{name.lower().replace(' ', '-')}-{n}", f"{name} {n}"
    async with system_scope("test world", powers=["platform"]):
        area_id = await sql.fetch_value(
            "insert into area (slug, name, lifecycle) values ($1, $2, $3) returning id", slug, title, lifecycle
        )
        code = None
        while code is None:  # a code that a test has given away for certain years is left to it
            wanted = la_code or str(next(_la_codes))
            code = await sql.fetch_value(_COVER, area_id, wanted, f"{title} Council", date(2019, 9, 29))
            assert code or not la_code, f"the local authority {la_code} is covered already"
    return AreaMade(id=area_id, slug=slug, name=title, la_code=code)


async def make_person(name: str = "Ada Okafor") -> UUID:
    """Make a person with an email address of their own."""
    person_id = uuid7()
    async with system_scope("test world", powers=["platform"]):
        await sql.execute(
            "insert into person (id, name, email) values ($1, $2, $3)",
            person_id,
            name,
            f"{name.lower().replace(' ', '.')}.{next(_numbers)}@example.org",
        )
    return person_id


async def make_actor(
    role: Role, *, area: AreaMade | None = None, organisation_id: UUID | None = None, name: str = "Ada Okafor"
) -> Actor:
    """Make a person who holds the role today, stored, and return them as an actor."""
    person_id = await make_person(name)
    area_id = None if area is None else area.id
    async with system_scope("test world", powers=["platform"]):
        await sql.execute(
            "insert into role_assignment (person_id, role, area_id, organisation_id, valid_from) "
            "values ($1, $2, $3, $4, $5)",
            person_id,
            role.value,
            area_id,
            organisation_id,
            date(2020, 1, 1),
        )
    return actor(role, area_id=area_id, organisation_id=organisation_id, person_id=person_id, name=name)


def actor(
    role: Role,
    *,
    area_id: int | None = None,
    organisation_id: UUID | None = None,
    person_id: UUID | None = None,
    name: str = "Ada Okafor",
) -> Actor:
    """Return an actor with one grant, without storing anyone."""
    hat = hat_of(role)
    return Actor(
        kind="person",
        name=name,
        id=person_id or uuid7(),
        hat=hat,
        hats=frozenset({hat}),
        grants=(Grant(role=role, area_id=area_id, organisation_id=organisation_id),),
        reach=frozenset({(area_id, organisation_id)}) if organisation_id else frozenset(),
        visits=frozenset({area_id}) if organisation_id and area_id else frozenset(),
        request_id="test-request",
    )


def manager(area: AreaMade) -> Actor:
    """Return a business manager of the area (not stored: enough for services that need no person row)."""
    return actor(Role.BUSINESS_MANAGER, area_id=area.id, name="Bea Manager")


def official() -> Actor:
    """Return a Department official (not stored)."""
    return actor(Role.OFFICIAL, name="Oliver Official")
