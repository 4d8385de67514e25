"""What waits for an area's decision and what has not happened yet, by one statement and as the ordinary path says."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from concordat_graphql import ids
from concordat_graphql.operations import run, stored
from infra.clock import today
from tenants.membership import service
from tenants.membership.rules import Kind, Office
from tenants.tenancy.actor import ANONYMOUS
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.graphql.shapes.same import one_answer
from tests.support.cluster import Cluster
from tests.support.following import followed
from tests.support.membership import START, complete, make_partnership, person
from tests.support.world import AreaMade, actor, make_area, manager, official

DAY = today() + timedelta(days=400)
ODD = "Zoë O'Neill {p} %s \\ _"
SUCCESSIONS, AHEAD = stored()["PartnerSuccessions"], stored()["MembershipAhead"]


def of(area: AreaMade) -> dict[str, Any]:
    return {"areaId": ids.encode("Area", area.id)}


async def waiting(area: AreaMade) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await one_answer(SUCCESSIONS, by=manager(area), variables=of(area)))[
        "partnerSuccessions"
    ]
    return found


async def test_a_successor_waits_is_a_partner_already_or_was_declined(database: Cluster) -> None:
    made = await followed()
    by: dict[str, Any] = {"by": manager(made.area), "area_id": made.area.id}
    [one] = await waiting(made.area)
    assert (one["kindLabel"], one["on"], one["isPartner"]) == ("integrated care board", "2026-04-01", False)
    async with tenant_scope(by["by"]):
        await service.add_partner(
            **by, kind="integrated_care_board", name="NHS New ICB", valid_from=START, organisation_id=made.new
        )
    assert [one["isPartner"] for one in await waiting(made.area)] == [True]
    async with tenant_scope(by["by"]):
        await service.decline_successor(
            **by, partner_id=made.partner, version=2, organisation_id=made.new, reason="Ours went to a neighbour."
        )
    assert await waiting(made.area) == []


async def test_each_kind_of_change_that_comes_is_said_in_the_same_words(database: Cluster) -> None:
    made = await make_partnership()
    await complete(made)
    by: dict[str, Any] = {"by": made.manager, "area_id": made.area.id}
    async with tenant_scope(made.manager):
        old, new = [await service.add_group(**by, name=ODD + last, valid_from=first)
                    for last, first in (("old", START), ("new", DAY))]  # fmt: skip
        for group, first in ((old, START), (new, DAY)):
            seat = await service.add_seat(**by, title=ODD, group_id=group, valid_from=first)
            await service.appoint(**by, office=Office.SEAT, seat_id=seat, valid_from=first, holder=person(ODD))
        await service.end_group(**by, group_id=old, version=1, last_day=DAY, reason="Merged.")
        await service.succeed_partner(
            **by, partner_id=made.bodies[Kind.POLICE], version=1, on=DAY, name=ODD, reason="An order merged them."
        )
        await service.end_partner(
            **by, partner_id=made.bodies[Kind.LOCAL_AUTHORITY], version=1, last_day=DAY, reason="It leaves."
        )
    found = (await one_answer(AHEAD, by=made.manager, variables=of(made.area)))["membershipAhead"]["changes"]
    said = {one["sentence"] for one in found}
    assert {f"The group {ODD}new begins", f"Last day of the group {ODD}old", f"{ODD} becomes a partner",
            f"{ODD} becomes holder of the seat {ODD}", f"The seat {ODD} begins"} <= said  # fmt: skip
    assert any(one.endswith(f"; {ODD} follows") for one in said)
    assert {one["takesBack"] for one in found} == {True}


@pytest.mark.parametrize("document", [SUCCESSIONS, AHEAD])
async def test_others_are_told_the_same_on_both_paths(database: Cluster, document: str) -> None:
    area, elsewhere = await make_area(), await make_area()
    for who in (manager(elsewhere), official(), actor(Role.PLATFORM_ADMINISTRATOR), ANONYMOUS):
        one = await run(document, actor=who, variables=of(area))
        other = await run(document, actor=who, variables=of(area), compiled=False)
        told = [[error.formatted for error in each.errors or []] for each in (one, other)]
        assert (one.data, told[0]) == (other.data, told[1])
        assert told[0]
