"""What the small nation holds, once it is built through the services."""

from __future__ import annotations

import asyncpg
import pytest

from backend.demo.build import HalfBuilt, build
from backend.demo.plan import SMALL, Scale
from backend.demo.world import World
from infra.clock import today
from tenants.audit import queries as audit
from tenants.cooperation.queries.requests import requests_of_organisations
from tenants.membership.queries.members import members
from tenants.organisations import queries as register
from tenants.tenancy.queries import area_by_slug
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import public_scope, tenant_scope
from tests.support.nation import ADDRESS, Nation


async def _again(nation: Nation, scale: Scale = SMALL) -> World | None:
    return await build(
        folder=nation.folder, identity_url=ADDRESS, client_secret="s" * 32,
        progress=lambda *_: None, scale=scale,
    )  # fmt: skip


async def test_building_again_builds_nothing(in_nation: Nation) -> None:
    assert await _again(in_nation) is None


async def test_the_remains_of_a_nation_are_told_in_a_sentence(in_nation: Nation) -> None:
    # of the four areas that this one would have, three are there: as after a kill
    with pytest.raises(HalfBuilt, match="concordat demo --fresh"):
        await _again(in_nation, Scale(areas=4, schools=60, trusts=4, answering=8))


async def test_its_areas_are_live_and_cover_their_councils(in_nation: Nation) -> None:
    async with public_scope():
        found = [await area_by_slug(slug=slug) for slug in ("brackenshire", "wrenshire", "eastmarch")]
    assert [area.lifecycle for area in found if area] == ["live", "live", "live"]


async def test_every_chain_verifies(in_nation: Nation) -> None:
    world = in_nation.world
    for slug in world.areas:
        async with tenant_scope(await world.manager(slug), readonly=True):
            assert await audit.first_broken_link(area_id=world.areas[slug]) is None


async def test_the_first_trust_has_schools_in_three_areas(in_nation: Nation) -> None:
    lead = await in_nation.world.actor("trust-96001")
    assert lead.visits == frozenset(in_nation.world.areas.values())
    async with tenant_scope(lead, readonly=True):
        schools = await register.establishments_of_trust(trust_id=in_nation.world.organisations["uid:96001"])
    assert {school.la_name for school in schools} > {"Wrenshire Council", "Eastmarch Borough Council"}


@pytest.mark.parametrize("subject", ["school-960001", "trust-96001"])
async def test_whom_the_demo_introduces_has_something_to_answer(in_nation: Nation, subject: str) -> None:
    who = await in_nation.world.actor(subject)
    async with tenant_scope(who, readonly=True):
        open_ones = await requests_of_organisations(organisation_ids=sorted(who.organisations), open_only=True, limit=9)
    assert [one.state for one in open_ones if one.opens_on <= today()]


async def test_one_delegate_has_an_account_that_nobody_has_linked(in_nation: Nation) -> None:
    manager = await in_nation.world.manager("brackenshire")
    async with tenant_scope(manager, readonly=True):
        found = await members(area_id=in_nation.world.areas["brackenshire"], as_at=today())
    holders = [one.delegated.holder for one in found.partners if one.delegated.holder]
    assert [holder.person_id is None for holder in holders].count(True) == 1


async def test_a_chief_officer_signs_for_every_area_of_the_force(in_nation: Nation) -> None:
    chief = await in_nation.world.actor("chief-estuary")
    assert chief.holds(Role.LEAD_SAFEGUARDING_PARTNER, area_id=in_nation.world.areas["eastmarch"])


async def test_one_person_wears_two_hats(in_nation: Nation) -> None:
    person = await in_nation.world.actor("two-hats")
    assert sorted(person.hats) == ["local", "national"]


async def test_the_board_that_merged_points_at_its_successor(in_nation: Nation) -> None:
    world = in_nation.world
    async with tenant_scope(await world.manager("eastmarch"), readonly=True):
        followers = await register.successors(organisation_id=world.organisations["body:east-coast"])
        before = await members(area_id=world.areas["eastmarch"], as_at=world.days.last_academic_year)
        after = await members(area_id=world.areas["eastmarch"], as_at=today())
    assert [one.name for one in followers] == ["NHS Coast and Estuary Integrated Care Board"]
    assert "NHS Eastmarch Coast Integrated Care Board" in {one.partner.name for one in before.partners}
    assert "NHS Coast and Estuary Integrated Care Board" in {one.partner.name for one in after.partners}


async def test_everybody_holds_the_roles_of_the_plan(nation: Nation) -> None:
    connection = await asyncpg.connect(nation.superuser)
    try:
        held = {row["role"] for row in await connection.fetch("select distinct role from role_assignment")}
    finally:
        await connection.close()
    assert held == {role.value for role in Role}
