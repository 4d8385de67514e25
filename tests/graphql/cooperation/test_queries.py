"""Reading cooperation over GraphQL: by whom, how much, and at a fixed number of statements."""

from __future__ import annotations

from typing import Any

import pytest

from infra.database.scope import observer
from tenants.tenancy.actor import Actor
from tests.graphql.cooperation.sending import actors, area_id, ask, opaque, refusal_of, request_id
from tests.support.cluster import Cluster
from tests.support.cooperation import Asked, asked_school, chosen_school, contact, request_of, trust_lead
from tests.support.cooperation import ask as ask_all
from tests.support.organisations import make_trust
from tests.support.world import make_area, manager

STRANGERS = ["school", "trust lead", "other area", "official"]


def area_queries(asked: Asked) -> list[tuple[str, dict[str, Any]]]:
    area = {"areaId": area_id(asked.area)}
    cycle = opaque("DutyCycle", asked.area, asked.request.cycle_id)
    return [
        ("AgencyList", area),
        ("AgencyChoosing", {**area, "search": "meadow"}),
        ("DutyList", area),
        ("DutyPage", {"id": opaque("Duty", asked.area, asked.request.duty_id)}),
        ("CyclePage", {"id": cycle, **area, "where": {"cycleId": cycle}}),
    ]


@pytest.mark.parametrize("who", STRANGERS)
async def test_the_areas_lists_are_for_its_members(database: Cluster, who: str) -> None:
    asked = await asked_school(await make_area())
    by = (await actors(asked))[who]
    for name, variables in area_queries(asked):
        assert await refusal_of(name, by, **variables) == "FORBIDDEN"


@pytest.mark.parametrize("who", ["manager", "viewer"])
async def test_members_read_all_of_them(database: Cluster, who: str) -> None:
    asked = await asked_school(await make_area())
    by = (await actors(asked))[who]
    for name, variables in area_queries(asked):
        assert await ask(name, by, **variables)


async def test_nobody_must_sign_in_and_an_official_has_no_duties(database: Cluster) -> None:
    asked = await asked_school(await make_area())
    everyone = await actors(asked)
    assert await refusal_of("MyDuties", everyone["nobody"], openOnly=False) == "UNAUTHENTICATED"
    for name, variables in (("MyDuties", {"openOnly": False}), ("RequestPage", {"id": request_id(asked)})):
        assert await refusal_of(name, everyone["official"], **variables) == "FORBIDDEN"


async def test_the_progress_of_a_cycle_is_shown_by_category(database: Cluster) -> None:
    asked = await asked_school(await make_area())
    name, variables = area_queries(asked)[-1]
    data: Any = await ask(name, manager(asked.area), **variables)
    assert [(row["categoryLabel"], row["asked"], row["notStarted"]) for row in data["record"]["byCategory"]] == [
        ("Maintained school governing body", 1, 1)
    ]
    assert [node["agencyName"] for node in data["requests"]["nodes"]] == ["Meadow Primary School"]


async def names(by: Actor) -> list[str]:
    data: Any = await ask("MyDuties", by, openOnly=True)
    return [node["agencyName"] for node in data["duties"]["nodes"]]


async def test_each_sees_what_their_own_organisations_were_asked(database: Cluster) -> None:
    area = await make_area()
    trust = await make_trust(area)
    schools = [await chosen_school(area, name=f"Academy {n}", trust_id=trust) for n in range(2)]
    await ask_all(area)
    assert await names(trust_lead(trust, *schools, areas=(area,))) == ["Academy 0", "Academy 1"]
    assert await names(contact(area, schools[1])) == ["Academy 1"]
    assert await names(manager(area)) == []


@pytest.mark.parametrize("after", ["nonsense", "WyJhIiwgImIiLCAiYyJd", "W10"])
async def test_a_page_link_that_is_not_ours_is_a_problem(database: Cluster, after: str) -> None:
    asked = await asked_school(await make_area())
    assert await refusal_of("MyDuties", asked.contact, openOnly=False, after=after) == "INVALID"


async def statements(name: str, by: Actor, **variables: Any) -> int:
    seen: list[str] = []
    token = observer.set(seen.append)
    try:
        await ask(name, by, **variables)
    finally:
        observer.reset(token)
    return len(seen)


async def test_a_longer_list_costs_no_more_statements(database: Cluster) -> None:
    area = await make_area()
    trust = await make_trust(area)
    schools = [await chosen_school(area, name=f"Academy {n}", trust_id=trust) for n in range(6)]
    cycle_id = await ask_all(area)
    request = await request_of(area, schools[0])
    lists = [*area_queries(Asked(area=area, school=schools[0], contact=contact(area, schools[0]), request=request))]
    assert cycle_id == request.cycle_id
    for name, variables in lists:
        assert await statements(name, manager(area), **variables) <= 6, name
    lead = trust_lead(trust, *schools, areas=(area,))
    assert await statements("TrustDuties", lead) == 1
    assert await statements("MyDuties", lead, openOnly=True) == 1
    one = opaque("DutyRequest", area, request.id)
    assert await statements("RequestPage", lead, id=one) <= 8
