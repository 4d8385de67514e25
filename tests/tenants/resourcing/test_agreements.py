"""What waits for a lead in all their areas, and agreeing it together: each thing by itself, none twice."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from tenants.membership import service as membership
from tenants.membership.rules import Kind
from tenants.resourcing import queries, service
from tenants.resourcing.rules import Agreed, State
from tenants.resourcing.service import AgreeOutcome, ToAgree
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import NotAllowed
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.membership import Partnership, make_partnership
from tests.support.resourcing import YEAR, act, agree_by_all, contribution, open_budget, pledge, sheet
from tests.support.world import manager


async def waiting(who: Actor, area_id: int | None = None) -> list[tuple[int, str, str | None, int, list[str]]]:
    async with tenant_scope(who, readonly=True):
        found = await queries.waiting_for(who, area_id=area_id)
    return [
        (row.thing.area_id, row.thing.what.value, row.thing.contributor, row.thing.amount_pence, list(row.bodies))
        for row in found
    ]


async def agree(who: Actor, made: Partnership, *items: ToAgree) -> list[AgreeOutcome]:
    async with tenant_scope(who):
        return await service.agree_each(by=who, area_id=made.area.id, items=items)


async def both(made: Partnership) -> tuple[ToAgree, ToAgree]:
    """Open a budget with one pledge; return them as they are now."""
    budget_id = await open_budget(made)
    given = await pledge(made, budget_id)
    version = (await sheet(made)).budget.version
    return (
        ToAgree(what=Agreed.BUDGET, id=budget_id, version=version),
        ToAgree(what=Agreed.CONTRIBUTION, id=given, version=1),
    )


async def test_a_draft_budget_and_a_pledge_wait_until_they_are_agreed(database: Cluster) -> None:
    made = await make_partnership()
    budget, given = await both(made)
    lead, area = made.lead_actors[Kind.POLICE], made.area
    police = f"{area.name} Police"
    assert await waiting(lead) == [
        (area.id, "budget", None, 100_000_00, [police]),
        (area.id, "contribution", police, 10_000_00, [police]),
    ]
    outcomes = await agree(lead, made, budget, given)
    assert [one.problem for one in outcomes] == [None, None]
    assert await waiting(lead) == []
    assert len(await waiting(made.lead_actors[Kind.LOCAL_AUTHORITY])) == 2


async def test_a_budget_without_lines_and_what_is_agreed_do_not_wait(database: Cluster) -> None:
    made = await make_partnership()
    budget_id = await open_budget(made, planned=0)
    await agree_by_all(made, await pledge(made, budget_id))
    assert await waiting(made.lead_actors[Kind.POLICE]) == []


async def test_a_changed_pledge_waits_again(database: Cluster) -> None:
    made = await make_partnership()
    _, given = await both(made)
    lead = made.lead_actors[Kind.POLICE]
    await agree(lead, made, given)
    what = service.Pledge(form="cash", amount_pence=12_000_00, partner_id=made.bodies[Kind.POLICE])
    await act(made.manager, service.change_pledge, made.area.id, contribution_id=given.id, version=1, what=what,
              reason="They offered more.")  # fmt: skip
    assert [row[3] for row in await waiting(lead)] == [100_000_00, 12_000_00]


async def test_one_that_moved_on_does_not_stop_the_rest(database: Cluster) -> None:
    made = await make_partnership()
    budget, given = await both(made)
    stale = replace(budget, version=99)
    unknown = ToAgree(what=Agreed.CONTRIBUTION, id=UUID(int=1), version=1)
    outcomes = await agree(made.lead_actors[Kind.POLICE], made, stale, unknown, given)
    assert [one.problem is None for one in outcomes] == [False, False, True]
    assert "changed this budget" in str(outcomes[0].problem)
    assert (await contribution(made, given.id)).agreed_by == [made.bodies[Kind.POLICE]]
    assert [row.agreed_name for row in (await sheet(made)).agreements] == [None, None, None]


async def test_the_last_lead_needed_makes_both_agreed(database: Cluster) -> None:
    made = await make_partnership()
    things = await both(made)
    for lead in made.lead_actors.values():
        await agree(lead, made, *things)
    found = await sheet(made)
    assert (found.budget.state, found.contributions[0].state) == ("agreed", State.AGREED)


async def test_what_was_agreed_already_is_said_and_not_written_twice(database: Cluster) -> None:
    made = await make_partnership()
    things = await both(made)
    lead = made.lead_actors[Kind.POLICE]
    await agree(lead, made, *things)
    again = await agree(lead, made, *things)
    assert {one.problem for one in again} == {"This was already agreed for your body."}


async def test_a_lead_of_two_bodies_agrees_for_the_one_that_is_left(database: Cluster) -> None:
    made = await make_partnership()
    budget, _ = await both(made)
    lead = made.lead_actors[Kind.POLICE]
    await agree(lead, made, budget)
    async with tenant_scope(made.manager):
        await membership.link_account(by=made.manager, area_id=made.area.id, version=1, person_id=lead.id,
                                      appointment_id=made.leads[Kind.INTEGRATED_CARE_BOARD])  # fmt: skip
    left = [row for row in await waiting(lead) if row[1] == "budget"]
    assert left[0][4] == [f"{made.area.name} ICB"]
    assert [one.problem for one in await agree(lead, made, budget)] == [None]
    assert [row.agreed_name for row in (await sheet(made)).agreements] == [None, "Lena ICB", "Lena Police"]


async def test_nothing_waits_for_anyone_but_the_lead_and_nobody_else_agrees(database: Cluster) -> None:
    made, other = await make_partnership(), await make_partnership()
    things = await both(made)
    former = replace(made.lead_actors[Kind.POLICE], grants=())
    for who in (made.manager, manager(other.area), other.lead_actors[Kind.POLICE], former):
        assert [row for row in await waiting(who) if row[0] == made.area.id] == []
        assert await waiting(who, made.area.id) == []
        with pytest.raises(NotAllowed):
            await agree(who, made, *things)
    assert (await sheet(made, YEAR)).contributions[0].agreed_by == []
