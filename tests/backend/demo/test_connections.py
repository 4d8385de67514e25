"""The nation's connections: what their runs against the agencies' systems came to, good and bad."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from backend.cli.demo_nation import registered_file
from infra.clock import now
from tenants.connections.queries import facts, links, proposals
from tenants.connections.queries.links import ConnectionRow
from tenants.connections.signing_keys.queries import keys
from tenants.tenancy.scope import tenant_scope
from tests.support.nation import WEB, Nation


async def _of_area(nation: Nation, slug: str) -> dict[str, ConnectionRow]:
    async with tenant_scope(await nation.world.manager(slug), readonly=True):
        found = await links.connections(area_id=nation.world.areas[slug])
    return {one.system: one for one in found if one.base_url.startswith("http://")}  # a census adds others: of https


async def test_every_national_register_was_read(in_nation: Nation) -> None:
    async with tenant_scope(await in_nation.world.platform(), readonly=True):
        found = await links.connections(area_id=None)
    read = {one.system: one.run_state for one in found if one.auth_mode != "signed_jwt"}
    assert read == dict.fromkeys(("gias", "nhs_ods", "police_forces", "dfe_sign_in"), "done")


async def test_one_connection_signs_with_a_key_that_the_platform_knows_where_to_find(in_nation: Nation) -> None:
    async with tenant_scope(await in_nation.world.platform(), readonly=True):
        [signed] = [one for one in await links.connections(area_id=None) if one.auth_mode == "signed_jwt"]
        [key] = await keys(connection_id=signed.id)
    assert key.kid == "int-1"
    registered = json.loads(registered_file(in_nation.folder).read_text())
    assert registered == {signed.options["client_id"]: f"{WEB}/.well-known/jwks/{signed.id}"}
    assert signed.due_at is not None
    assert signed.due_at <= now() + timedelta(minutes=5), "a worker runs it by itself, soon after the start"


async def test_what_the_register_published_next_is_listed_as_a_change(in_nation: Nation) -> None:
    async with tenant_scope(await in_nation.world.platform(), readonly=True):
        changes = await facts.changes(area_id=None)
    assert "register file" in {change.what for change in changes}


async def test_an_area_is_told_what_became_of_its_own_schools_and_of_its_figures(in_nation: Nation) -> None:
    world = in_nation.world
    told = {}
    for slug, area_id in world.areas.items():
        async with tenant_scope(await world.manager(slug), readonly=True):
            told[slug] = {(one.what, one.connection_name) for one in await facts.changes(area_id=area_id, limit=500)}
    assert ("figures", "Published referrals") in told["brackenshire"]
    assert ("name", "Register of schools") in set().union(*told.values())


async def test_an_area_has_proposals_that_wait_and_some_that_were_decided(in_nation: Nation) -> None:
    world = in_nation.world
    async with tenant_scope(await world.manager("brackenshire"), readonly=True):
        waiting = await proposals.proposals(area_id=world.areas["brackenshire"])
        decided = await proposals.proposals(area_id=world.areas["brackenshire"], waiting=False)
    assert {row.subject_kind for row in waiting} == {"contact", "role"}
    assert {row.state for row in decided} == {"accepted", "refused"}


async def test_a_withdrawn_token_stops_its_connection_in_words(in_nation: Nation) -> None:
    wonde = (await _of_area(in_nation, "wrenshire"))["schools_wonde"]
    assert wonde.state == "reauthorise"
    assert "does not accept our access token" in (wonde.state_reason or "")


@pytest.mark.parametrize(("system", "state"), [("schools_oneroster", "paused"), ("police_indicators", "active")])
async def test_eastmarch_has_one_paused_and_one_that_brings_figures(in_nation: Nation, system: str, state: str) -> None:
    found = (await _of_area(in_nation, "eastmarch"))[system]
    assert found.state == state
    assert (found.last_worked_at is not None) is (state == "active")
