"""A year's budget by one statement: shares by largest remainder, last year's under today's bodies, who may agree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import pytest
import pytest_asyncio

from concordat_graphql import ids
from concordat_graphql.operations import run, stored
from tenants.membership import service as membership
from tenants.membership.rules import Kind
from tenants.resourcing import service
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.graphql.shapes.same import compiled, one_answer
from tests.support.cluster import Cluster
from tests.support.membership import Partnership, make_partnership
from tests.support.resourcing import YEAR, act, agree_budget_by_all, agree_by_all, open_budget, pledge
from tests.support.world import actor, official

ODD = 'Zoë O\'Neill {p} %s \\ "q"'


@dataclass(frozen=True, kw_only=True)
class World:
    """Two years of one area; the police of the first year were followed by another force in the second."""

    made: Partnership
    budget: UUID


@pytest_asyncio.fixture(scope="module")
async def world(database: Cluster) -> World:
    made = await make_partnership()
    before = await open_budget(made, year=YEAR - 1)
    await pledge(made, before, Kind.POLICE, 7_00)
    await pledge(made, before, partner_id=None, contributor=ODD, pence=5_01)
    await pledge(made, before, partner_id=None, contributor="Only last year", pence=1_00)
    async with tenant_scope(made.manager):
        follower = await membership.succeed_partner(
            by=made.manager, area_id=made.area.id, partner_id=made.bodies[Kind.POLICE], version=1,
            on=date(2026, 1, 1), reason="Merged.", name=f"New police {ODD}",
        )  # fmt: skip
    budget = await open_budget(made, note=ODD)
    await act(made.manager, service.add_line, made.area.id, budget_id=budget, kind="other", description=ODD,
              planned_pence=3)  # fmt: skip
    await pledge(made, budget, partner_id=follower, pence=1_00)
    for kind in (Kind.LOCAL_AUTHORITY, Kind.INTEGRATED_CARE_BOARD, Kind.LOCAL_AUTHORITY):
        await pledge(made, budget, kind, 1_00)
    await pledge(made, budget, partner_id=None, contributor=ODD, pence=2_00, payer=ODD)
    withdrawn = await pledge(made, budget, partner_id=None, contributor="Nobody", pence=9_99)
    await act(made.manager, service.withdraw, made.area.id, contribution_id=withdrawn, version=1, reason=ODD)
    return World(made=made, budget=budget)


def of(made: Partnership, year: int = YEAR) -> dict[str, Any]:
    return {"areaId": ids.encode("Area", made.area.id), "year": year}


async def test_shares_add_up_and_last_years_count_for_the_body_that_follows(world: World) -> None:
    found = (await one_answer(stored()["BudgetYear"], by=world.made.manager, variables=of(world.made)))["budgetSheet"]
    shares = {one["contributor"]: one for one in found["shares"]}
    assert sum(one["basisPoints"] for one in shares.values()) == 10_000
    assert shares[ODD]["lastYear"]["text"] == "£5.01"
    assert shares[f"New police {ODD}"]["change"]["text"] == "−£6"
    assert (found["balance"]["promised"]["text"], found["mayEdit"], found["mayAgree"]) == ("£6", True, False)


@pytest.mark.parametrize("year", [YEAR - 1, YEAR + 1])
async def test_the_year_before_and_one_without_a_budget(world: World, year: int) -> None:
    found = await one_answer(stored()["BudgetYear"], by=world.made.manager, variables=of(world.made, year))
    assert (found["budgetSheet"] is None) is (year > YEAR)


@pytest.mark.parametrize("kind", Kind)
async def test_a_lead_sees_which_agreement_is_theirs(database: Cluster, kind: Kind) -> None:
    made = await make_partnership()
    await open_budget(made)
    found = (await one_answer(stored()["BudgetYear"], by=made.lead_actors[kind], variables=of(made)))["budgetSheet"]
    assert (found["mayEdit"], found["mayAgree"]) == (False, True)
    assert [one["mine"] for one in found["agreements"]] == [kind is other for other in Kind]


async def test_an_agreed_budget_with_money_that_came_and_was_spent(database: Cluster) -> None:
    made = await make_partnership()
    budget = await open_budget(made)
    gift = await pledge(made, budget, form="in_kind", valuation_method=ODD)
    await agree_by_all(made, gift)
    await act(made.manager, service.receive, made.area.id, contribution_id=gift, version=2, amount_pence=4_000_50,
              received_on=date(2026, 6, 1))  # fmt: skip
    await agree_budget_by_all(made, budget)
    found = (await one_answer(stored()["BudgetYear"], by=made.manager, variables=of(made)))["budgetSheet"]
    assert (found["balance"]["outstanding"]["text"], found["budget"]["state"]) == ("£5,999.50", "agreed")
    assert [one["agreedName"] for one in found["agreements"]] == ["Lena Council", "Lena ICB", "Lena Police"]
    assert len(found["contributions"][0]["agreedBy"]) == 3


@pytest.mark.parametrize("year", [1999, 2100, -1, 2**31 - 1])
async def test_a_year_that_no_budget_can_have_is_for_the_ordinary_path(world: World, year: int) -> None:
    assert await compiled(stored()["BudgetYear"], by=world.made.manager, variables=of(world.made, year)) is None


async def test_others_are_told_the_same_on_both_paths(world: World) -> None:
    for who in (actor(Role.VIEWER, area_id=world.made.area.id), actor(Role.PLATFORM_ADMINISTRATOR), official()):
        one = await run(stored()["BudgetYear"], actor=who, variables=of(world.made))
        other = await run(stored()["BudgetYear"], actor=who, variables=of(world.made), compiled=False)
        told = [[error.formatted for error in each.errors or []] for each in (one, other)]
        assert (one.data, told[0]) == (other.data, told[1])
