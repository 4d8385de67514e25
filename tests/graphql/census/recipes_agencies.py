"""Recipes: what agencies are asked, and flags."""

from __future__ import annotations

from typing import Any

from concordat_graphql.ids import encode
from tenants.tenancy.roles import Role
from tests.graphql.census.ready import Ready, Recipe, area_key, stored
from tests.graphql.cooperation.sending import TEXT, opaque, send
from tests.graphql.cooperation.test_mutations import MUTATIONS as ASKING
from tests.graphql.cooperation.test_mutations import Inputs
from tests.graphql.intervention.sending import DRAFT
from tests.graphql.intervention.test_mutations import MUTATIONS as MOVES
from tests.graphql.intervention.test_mutations import Make
from tests.support.cooperation import asked_school
from tests.support.world import make_actor, make_area, manager, official
from tests.tenants.intervention import people


def asked(inputs: Inputs, *, by_area: bool) -> Recipe:
    async def recipe() -> Ready:
        world = await asked_school(await make_area())
        by = manager(world.area) if by_area else world.contact
        return Ready(input=await inputs(world), by=await stored(by), area=world.area)

    return recipe


async def publish() -> Ready:
    world = await asked_school(await make_area())
    duty = {"dutyId": opaque("Duty", world.area, world.request.duty_id)}
    by = await stored(manager(world.area))
    await send("ReviseDuty", by, version=2, text=TEXT, **duty)
    return Ready(input={**duty, "version": 3}, by=by, area=world.area)


async def raise_flag() -> Ready:
    area = await make_area()
    by = await make_actor(Role.BUSINESS_MANAGER, area=area)
    return Ready(input={"areaId": area_key(area), "draft": DRAFT}, by=by, area=area)


def on_flag(make: Make, values: dict[str, Any], *, by_area: bool) -> Recipe:
    async def recipe() -> Ready:
        area = await make_area()
        flag = await make(area)
        version = (await people.read(area, flag)).version
        said = {"flagId": encode("InterventionFlag", f"{area.id}.{flag}"), "version": version, **values}
        return Ready(input=said, by=await stored(manager(area) if by_area else official()), area=area)

    return recipe


COOPERATION: dict[str, Recipe] = {
    **{name: asked(inputs, by_area="manager" in may) for name, inputs, may in ASKING},
    "PublishDuty": publish,
}
INTERVENTION: dict[str, Recipe] = {"RaiseFlag": raise_flag}
for operation, state, values, may, _ in MOVES:
    INTERVENTION.setdefault(operation, on_flag(state, values, by_area="manager" in may))
