"""An area that is being set up is there for its own people, the Department and administrators, and for nobody else."""

from __future__ import annotations

import pytest
import pytest_asyncio

from concordat_graphql.operations import run
from infra.ids import uuid7
from tenants.tenancy.actor import ANONYMOUS, Actor
from tenants.tenancy.roles import Role
from tests.support.cluster import Cluster
from tests.support.world import AreaMade, actor, make_area, manager, official

ONE = "query One($slug: String!) { area(slug: $slug) { name } }"
LIST = "query List($search: String) { areas(search: $search) { nodes { name } } }"


@pytest_asyncio.fixture(scope="module")
async def area(database: Cluster) -> AreaMade:
    return await make_area("Nascentshire", lifecycle="setting_up")


@pytest_asyncio.fixture(scope="module")
async def others(area: AreaMade) -> dict[str, Actor]:
    elsewhere = await make_area()
    return {
        "nobody": ANONYMOUS,
        "another area": manager(elsewhere),
        "another area's school": actor(Role.ESTABLISHMENT_CONTACT, area_id=elsewhere.id, organisation_id=uuid7()),
    }


def own(area: AreaMade) -> dict[str, Actor]:
    return {
        "its manager": manager(area),
        "its viewer": actor(Role.VIEWER, area_id=area.id),
        "its school": actor(Role.ESTABLISHMENT_CONTACT, area_id=area.id, organisation_id=uuid7()),
        "an official": official(),
        "an administrator": actor(Role.PLATFORM_ADMINISTRATOR),
    }


async def found(who: Actor, area: AreaMade, *, compiled: bool) -> set[bool]:
    """Whether the area is there, by its web name and in the list."""
    one = await run(ONE, actor=who, variables={"slug": area.slug}, compiled=compiled)
    several = await run(LIST, actor=who, variables={"search": area.name}, compiled=compiled)
    assert not one.errors
    assert not several.errors
    assert one.data is not None
    assert several.data is not None
    return {one.data["area"] is not None, several.data["areas"]["nodes"] == [{"name": area.name}]}


@pytest.mark.parametrize("compiled", [True, False])
async def test_others_are_not_told_of_it(area: AreaMade, others: dict[str, Actor], compiled: bool) -> None:
    assert {name: await found(who, area, compiled=compiled) for name, who in others.items()} == {
        name: {False} for name in others
    }


@pytest.mark.parametrize("compiled", [True, False])
async def test_those_it_concerns_are(area: AreaMade, compiled: bool) -> None:
    people = own(area)
    assert {name: await found(who, area, compiled=compiled) for name, who in people.items()} == {
        name: {True} for name in people
    }


async def test_once_open_everybody_is(others: dict[str, Actor]) -> None:
    live = await make_area("Openedshire")
    assert [await found(who, live, compiled=True) for who in others.values()] == [{True}] * len(others)
