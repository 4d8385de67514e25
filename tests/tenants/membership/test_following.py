"""A body that another follows in the national register: each area of it decides by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tenants.membership import queries, service
from tenants.membership.rules import Kind
from tenants.tenancy.errors import NotAllowed, WrongState
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.following import ON, followed
from tests.support.membership import START
from tests.support.world import actor, manager


async def test_a_successor_in_the_register_waits_for_the_area_and_changes_nothing_by_itself(database: Cluster) -> None:
    made = await followed()
    [one] = await made.waiting()
    assert (one.partner_id, one.organisation_id, one.on, one.listed_id) == (made.partner, made.new, ON, None)
    async with tenant_scope(manager(made.area), readonly=True):
        found = await queries.partner(area_id=made.area.id, partner_id=made.partner)
    assert found is not None
    assert found.valid_to is None


async def test_accepting_ends_the_old_body_and_its_offices_the_day_before_and_begins_the_successor(
    database: Cluster,
) -> None:
    made = await followed()
    follower = await made.follow()
    async with tenant_scope(manager(made.area), readonly=True):
        old = await queries.partner(area_id=made.area.id, partner_id=made.partner)
        new = await queries.partner(area_id=made.area.id, partner_id=follower)
        offices = [one for one in await queries.appointments(area_id=made.area.id) if one.partner_id == made.partner]
    assert old is not None
    assert new is not None
    assert (old.valid_to, old.succeeded_by) == (ON - timedelta(days=1), follower)
    assert old.ended_reason is not None
    assert "as the national register has it" in old.ended_reason
    assert (new.valid_from, new.organisation_id, new.kind) == (ON, made.new, Kind.INTEGRATED_CARE_BOARD)
    assert {one.valid_to for one in offices} == {ON - timedelta(days=1)}
    assert await made.waiting() == []


async def test_a_successor_that_is_a_partner_already_is_not_listed_twice(database: Cluster) -> None:
    made = await followed()
    by = manager(made.area)
    async with tenant_scope(by):
        listed = await service.add_partner(
            by=by, area_id=made.area.id, kind="integrated_care_board", name="NHS New ICB", valid_from=START,
            organisation_id=made.new,
        )  # fmt: skip
    assert [one.listed_id for one in await made.waiting()] == [listed]
    assert await made.follow() == listed


async def test_what_was_declined_is_not_asked_again_and_has_its_reason_on_record(database: Cluster) -> None:
    made = await followed()
    by = manager(made.area)
    async with tenant_scope(by):
        await service.decline_successor(
            by=by, area_id=made.area.id, partner_id=made.partner, version=2, organisation_id=made.new,
            reason="Our part of the board went to a neighbour.",
        )  # fmt: skip
    assert await made.waiting() == []
    with pytest.raises(WrongState, match="no longer waits"):
        await made.follow(version=3)


async def test_only_the_areas_manager_decides_and_only_what_the_register_names(database: Cluster) -> None:
    made, other = await followed(), await followed()
    viewer = actor(Role.VIEWER, area_id=made.area.id)
    with pytest.raises(NotAllowed):
        async with tenant_scope(viewer):
            await service.follow_successor(
                by=viewer, area_id=made.area.id, partner_id=made.partner, version=2, organisation_id=made.new, on=ON
            )
    by = manager(made.area)
    with pytest.raises(WrongState):
        async with tenant_scope(by):
            await service.follow_successor(
                by=by, area_id=made.area.id, partner_id=made.partner, version=2, organisation_id=other.new, on=ON
            )
    assert len(await made.waiting()) == len(await other.waiting()) == 1
