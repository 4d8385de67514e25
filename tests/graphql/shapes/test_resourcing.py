"""Budgets, contributions and what waits for a lead: one statement answers what the resolvers answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import pytest
import pytest_asyncio

from concordat_graphql import ids
from concordat_graphql.answering import ready_for
from concordat_graphql.operations import run, stored
from infra.clock import today
from tenants.membership import service as membership
from tenants.membership.rules import Kind
from tenants.resourcing import service
from tenants.tenancy.actor import Actor, Grant
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.graphql.shapes.same import compiled, one_answer
from tests.support.cluster import Cluster
from tests.support.membership import Partnership, make_chief, make_partnership
from tests.support.organisations import make_body
from tests.support.resourcing import YEAR, act, agree_by_all, open_budget, pledge
from tests.support.world import actor, make_area, official

ODD = 'O\'Neill {t} %s \\ "Zoë" £1 {area_id}'
BUDGETS = "query($areaId: ID!) { budgets(areaId: $areaId) { __typename id year label state note agreedOn version } }"
WAITING = """query($areaId: ID, $first: Int! = 50, $after: String) {
    myAgreements(areaId: $areaId, first: $first, after: $after) { nodes {
        bodies item { areaId areaName areaSlug what id version yearLabel title formLabel amount { pence text } }
    } pageInfo { hasNextPage endCursor } } }"""
NOTHING = {"myAgreements": {"nodes": [], "pageInfo": {"hasNextPage": False, "endCursor": None}}}


@dataclass(frozen=True, kw_only=True)
class World:
    """Two areas that share a chief of police; in the first, gifts of both forms, one of them from a stranger."""

    made: Partnership
    second: Partnership
    chief: Actor
    gifts: Mapping[str, UUID]


@pytest_asyncio.fixture(scope="module")
async def world(database: Cluster) -> World:
    made, second = await make_partnership(), await make_partnership()
    budget = await open_budget(made, note=ODD, planned=123_456_789_01)
    await open_budget(made, year=YEAR + 73, planned=0)
    await pledge(second, await open_budget(second, planned=0))
    gifts = {
        "cash": await pledge(made, budget, pence=1),
        "in kind": await pledge(made, budget, Kind.LOCAL_AUTHORITY, 5, form="in_kind", valuation_method=ODD),
        "stranger": await pledge(made, budget, partner_id=None, contributor=ODD, payer=ODD, description=ODD),
    }
    await _received(made, gifts["in kind"])
    return World(made=made, second=second, chief=await make_chief(made, second), gifts=gifts)


async def _received(made: Partnership, gift: UUID) -> None:
    """Agree it, take all of it in two parts, and take one of the parts back."""
    await agree_by_all(made, gift)
    for version, pence in ((2, 2), (3, 3)):
        receipt = await act(made.manager, service.receive, made.area.id, contribution_id=gift, version=version,
                            amount_pence=pence, received_on=today(), reference=ODD)  # fmt: skip
    await act(made.manager, service.reverse_receipt, made.area.id, receipt_id=receipt, version=4, reason=ODD)


def area(made: Partnership) -> dict[str, Any]:
    return {"areaId": ids.encode("Area", made.area.id)}


async def test_the_budgets_of_an_area_the_newest_first_with_their_notes(world: World) -> None:
    found = (await one_answer(BUDGETS, by=world.made.manager, variables=area(world.made)))["budgets"]
    assert [(one["label"], one["note"]) for one in found] == [("2099-00", None), ("2026-27", ODD)]


async def test_an_area_without_a_budget_has_an_empty_list(database: Cluster) -> None:
    made = await make_partnership()
    assert await one_answer(BUDGETS, by=made.manager, variables=area(made)) == {"budgets": []}


@pytest.mark.parametrize("which", ["cash", "in kind", "stranger"])
async def test_one_contribution_with_what_came_of_it(world: World, which: str) -> None:
    variables = {**area(world.made), "id": ids.encode("Contribution", world.gifts[which])}
    found = (await one_answer(stored()["OneContribution"], by=world.made.manager, variables=variables))["contribution"]
    assert [one["amount"]["text"] for one in found["receipts"]] == (
        ["£0.02", "£0.03", "−£0.03"] if which == "in kind" else []
    )


async def test_a_contribution_of_another_area_is_null(world: World) -> None:
    variables = {**area(world.second), "id": ids.encode("Contribution", world.gifts["cash"])}
    found = await one_answer(stored()["OneContribution"], by=world.second.manager, variables=variables)
    assert found["contribution"] is None


async def test_who_agreed_it_as_it_stands(world: World) -> None:
    document = "query($areaId: ID!, $id: ID!) { contribution(areaId: $areaId, id: $id) { contribution { agreedBy } } }"
    for which, agreed in (("in kind", 3), ("cash", 0)):
        variables = {**area(world.made), "id": ids.encode("Contribution", world.gifts[which])}
        found = await one_answer(document, by=world.made.manager, variables=variables)
        assert len(found["contribution"]["contribution"]["agreedBy"]) == agreed


async def test_what_waits_for_a_chief_in_all_areas_and_in_one(world: World) -> None:
    everywhere = (await one_answer(WAITING, by=world.chief))["myAgreements"]["nodes"]
    assert [(one["item"]["what"], one["item"]["amount"]["text"]) for one in everywhere] == [
        ("budget", "£123,456,789.01"),
        ("contribution", "£10,000"),
        ("contribution", "£0.01"),
        ("contribution", "£10,000"),
    ]
    here = (await one_answer(WAITING, by=world.chief, variables=area(world.second)))["myAgreements"]["nodes"]
    assert [one["item"]["areaSlug"] for one in here] == [world.second.area.slug]


@pytest.mark.parametrize("to", [6_00, 10_00])
async def test_a_reduction_says_from_what_and_waits_for_every_lead(database: Cluster, to: int) -> None:
    made = await make_partnership()
    gift = await pledge(made, await open_budget(made, planned=0), pence=10_00, form="in_kind", valuation_method=ODD)
    await agree_by_all(made, gift)
    await act(made.manager, service.receive, made.area.id, contribution_id=gift, version=2, amount_pence=5_00,
              received_on=today())  # fmt: skip
    for version, pence in ((3, 7_00), (4, to)):
        await act(made.manager, service.reduce, made.area.id, contribution_id=gift, version=version,
                  amount_pence=pence, reason=ODD)  # fmt: skip
    variables = {**area(made), "id": ids.encode("Contribution", gift)}
    found = await one_answer(stored()["OneContribution"], by=made.manager, variables=variables)
    one = found["contribution"]["contribution"]
    assert (one["reducedFrom"], one["reducedReason"], one["agreedBy"]) == ({"text": "£10"}, ODD, [])
    waiting = await one_answer(stored()["MyAgreements"], by=made.lead_actors[Kind.POLICE], variables={"first": 9})
    [node] = waiting["myAgreements"]["nodes"]
    assert node["item"]["reducedFrom"] == ({"text": "£10"} if to == 6_00 else None)


async def test_page_after_page_of_what_waits(world: World) -> None:
    whole = (await one_answer(WAITING, by=world.chief))["myAgreements"]["nodes"]
    found, after = [], None
    for _ in whole:
        page = (await one_answer(WAITING, by=world.chief, variables={"first": 1, "after": after}))["myAgreements"]
        found += page["nodes"]
        after = page["pageInfo"]["endCursor"]
    assert (found, page["pageInfo"]["hasNextPage"]) == (whole, False)
    here = {**area(world.second), "after": after}
    assert (await one_answer(WAITING, by=world.chief, variables={**here, "first": 1}))["myAgreements"]["nodes"] == []
    first = (await one_answer(WAITING, by=world.chief, variables={"first": 1}))["myAgreements"]["pageInfo"]["endCursor"]
    again = (await one_answer(WAITING, by=world.chief, variables={**here, "after": first}))["myAgreements"]["nodes"]
    assert again == whole[-1:]


async def test_what_a_lead_has_agreed_waits_no_more(world: World) -> None:
    made = await make_partnership()
    lead, budget = made.lead_actors[Kind.LOCAL_AUTHORITY], await open_budget(made)
    assert len((await one_answer(WAITING, by=lead))["myAgreements"]["nodes"]) == 1
    await act(lead, service.agree_budget, made.area.id, budget_id=budget, version=2)
    assert await one_answer(WAITING, by=lead) == NOTHING


@pytest.mark.parametrize("role", [Role.BUSINESS_MANAGER, Role.VIEWER, Role.LEAD_SAFEGUARDING_PARTNER])
async def test_nothing_waits_for_somebody_who_leads_no_body(world: World, role: Role) -> None:
    who = actor(role, area_id=world.made.area.id)
    assert await one_answer(WAITING, by=who) == NOTHING


async def test_who_leads_nowhere_costs_no_look_at_any_budget(world: World) -> None:
    other = await make_area()
    elsewhere = actor(Role.LEAD_SAFEGUARDING_PARTNER, area_id=other.id)
    assert await one_answer(WAITING, by=elsewhere, variables=area(world.made)) == NOTHING
    ready = ready_for(WAITING, actor=elsewhere, variables=area(world.made), name=None)
    assert ready is not None
    assert " and (false)" in ready.sql


@pytest.mark.parametrize("everywhere", [True, False])
async def test_a_lead_by_organisation_whose_appointment_names_no_account(world: World, everywhere: bool) -> None:
    made, force = await make_partnership(), await make_body()
    await open_budget(made)
    async with tenant_scope(made.manager):
        await membership.link_partner(
            by=made.manager, area_id=made.area.id, partner_id=made.bodies[Kind.POLICE], version=1, organisation_id=force
        )
    grants = (Grant(role=Role.LEAD_SAFEGUARDING_PARTNER, area_id=made.area.id),)
    reach = frozenset({(None if everywhere else made.area.id, force)})
    who = replace(actor(Role.LEAD_SAFEGUARDING_PARTNER), grants=grants, reach=reach)
    named = (await one_answer(WAITING, by=who))["myAgreements"]["nodes"]
    await _unlinked(made)
    unnamed = (await one_answer(WAITING, by=who))["myAgreements"]["nodes"]
    assert (named, [one["bodies"] for one in unnamed]) == ([], [[f"{made.area.name} Police"]])
    elsewhere = replace(who, reach=frozenset({(world.made.area.id, force)}))
    assert await one_answer(WAITING, by=elsewhere) == NOTHING


async def _unlinked(made: Partnership) -> None:
    async with tenant_scope(made.manager):
        await membership.link_account(
            by=made.manager,
            area_id=made.area.id,
            appointment_id=made.leads[Kind.POLICE],
            version=1,
            person_id=None,
        )


@pytest.mark.parametrize("document", [BUDGETS, WAITING])
async def test_others_are_told_the_same_on_both_paths(world: World, document: str) -> None:
    for who in (world.second.manager, official(), actor(Role.PLATFORM_ADMINISTRATOR)):
        one = await run(document, actor=who, variables=area(world.made))
        other = await run(document, actor=who, variables=area(world.made), compiled=False)
        assert (one.data, [e.formatted for e in one.errors or []]) == (
            other.data,
            [e.formatted for e in other.errors or []],
        )


async def test_an_opaque_id_of_something_else_is_for_the_ordinary_path(world: World) -> None:
    variables = {"areaId": ids.encode("Budget", world.made.area.id)}
    assert await compiled(BUDGETS, by=world.made.manager, variables=variables) is None
