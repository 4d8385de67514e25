"""Agencies, duties and requests: each filter, page and reader is answered the same on both paths."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import pytest_asyncio

from concordat_graphql.ids import encode
from concordat_graphql.operations import stored
from infra.clock import today
from infra.database import sql
from infra.ids import uuid7
from tenants.cooperation.rules.requests import RequestState
from tenants.tenancy.actor import ANONYMOUS, Actor
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import system_scope, tenant_scope
from tests.graphql.shapes.same import compiled, ordinary
from tests.support.cluster import Cluster
from tests.support.cooperation import QUESTIONS, ask, chosen_school, contact, published_duty, request_of, trust_lead
from tests.support.organisations import make_trust
from tests.support.world import AreaMade, actor, make_area, manager, official

ODD = "Łódź 100%_\\ {x} \"q\" 'z' $1"
STATES = [state.value for state in RequestState]
REQUESTS = """query Requests($areaId: ID!, $where: RequestFilter, $after: String) {
  dutyRequests(areaId: $areaId, where: $where, first: 3, after: $after) {
    nodes { id areaId areaName organisationId agencyId agencyName categoryLabel title cycleLabel opensOn dueOn state
      stateLabel late questionOpen submittedAt stateReason step stepTitle reminders version formId }
    pageInfo { hasNextPage endCursor }
  }
}"""
MINE = """query Mine($openOnly: Boolean!, $areaId: ID, $after: String) {
  myDuties(openOnly: $openOnly, areaId: $areaId, first: 2, after: $after) {
    nodes { id areaName agencyName dueOn state late step reminders } pageInfo { hasNextPage endCursor }
  }
}"""
DUTY = """query Whole($id: ID!) { duty(id: $id) {
  duty { id areaId title body legalBasis legalBasisLabels legalNote cycle cycleLabel categories opensOn dueOn
    reminderDays state latestNumber changed version questions { key kind kindLabel text help required }
    followUp { title workingDays } }
  versions { number title body legalBasisLabels legalNote publishedAt publishedBy questions { key kind text help } }
  cycles { id dutyId dutyTitle label opensOn dueOn openedBy asked returned accepted declined }
} }"""


@dataclass(frozen=True, kw_only=True)
class Made:
    """An area with a school in each state of a request, late and not, of one trust."""

    area: AreaMade
    trust: UUID
    schools: list[UUID]
    cycle: UUID
    duty: UUID
    agency: UUID

    def key(self, kind: str, identifier: UUID) -> str:
        return str(encode(kind, f"{self.area.id}.{identifier}"))

    @property
    def area_id(self) -> str:
        return str(encode("Area", self.area.id))


@pytest_asyncio.fixture(scope="module")
async def made(database: Cluster) -> Made:
    area = await make_area()
    trust = await make_trust(area)
    schools = [await chosen_school(area, name=f"{ODD} {state}", trust_id=trust) for state in STATES]
    await ask(area, title=ODD)
    late = {"opens_on": today() - timedelta(days=60), "due_on": today() - timedelta(days=10)}
    cycle = await ask(area, title="Late", questions=(replace(QUESTIONS[0], text=ODD, help=ODD),), **late)
    for school, state in zip(schools, STATES, strict=True):
        await moved(area, (await request_of(area, school, cycle_id=cycle)).id, state)
    request = await request_of(area, schools[0], cycle_id=cycle)
    await followed(area, request.id, request.agency_id)
    await published_duty(area, title="Retired", legal_note=ODD, follow_up=(), reminder_days=())
    async with tenant_scope(manager(area)):
        await sql.execute(
            "update duty set state = 'retired', legal_basis = '{}' where area_id = $1 and title = 'Retired'", area.id
        )
    return Made(area=area, trust=trust, schools=schools, cycle=cycle, duty=request.duty_id, agency=request.agency_id)


async def moved(area: AreaMade, request_id: UUID, state: str) -> None:
    async with tenant_scope(manager(area)):
        await sql.execute(
            "update duty_request set state = $3, submitted_at = now(), state_reason = $4, question_open = $5 "
            "where area_id = $1 and id = $2",
            *(area.id, request_id, state, ODD, state == "submitted"),
        )


async def followed(area: AreaMade, request_id: UUID, agency_id: UUID) -> None:
    """Two follow-up moves, of which the later counts, and what else is written about an agency."""
    async with tenant_scope(manager(area)):
        for step, title in ((1, "First letter"), (2, ODD)):
            await sql.execute(
                "insert into follow_up_move (area_id, request_id, step, step_title, evidence, reason, moved_by) "
                "values ($1, $2, $3, $4, 'none', 'because', 'Bea')",
                *(area.id, request_id, step, title),
            )
        await sql.execute(
            "insert into agency_note (area_id, agency_id, body, written_by) values ($1, $2, $3, 'Bea')",
            *(area.id, agency_id, ODD),
        )
    async with system_scope("test world", areas=[area.id]):
        await sql.execute(
            "insert into reminder (area_id, request_id, day, sent_to) values ($1, $2, -5, 'x@example.org')",
            *(area.id, request_id),
        )


def lead(made: Made) -> Actor:
    return trust_lead(made.trust, *made.schools, areas=(made.area,))


async def the_same(document: str, by: Actor, **variables: Any) -> Any:
    """What both paths answer."""
    answered = await compiled(document, by=by, variables=variables)
    assert answered is not None
    assert answered == await ordinary(document, by=by, variables=variables)
    return answered


FILTERS: list[tuple[dict[str, Any], int]] = [
    ({}, 14),
    ({"late": True}, 3),
    ({"questionOpen": True}, 1),
    ({"step": 2}, 1),
    ({"step": 0}, 13),
    ({"search": "łódź 100%_\\ {X} \"Q\" 'Z' $1 DRAFT"}, 2),
    ({"search": "%"}, 14),
    ({"search": "nothing at all"}, 0),
    ({"state": "accepted"}, 1),
    ({"state": "'; drop table area"}, 0),
    ({"category": "maintained_school_governing_body"}, 14),
    ({"category": "", "late": False}, 0),
]


@pytest.mark.parametrize(("where", "found"), FILTERS)
async def test_each_filter_of_requests_page_by_page(made: Made, where: dict[str, Any], found: int) -> None:
    nodes: list[dict[str, Any]] = []
    info: dict[str, Any] = {"hasNextPage": True, "endCursor": None}
    while info["hasNextPage"]:
        asked = {"areaId": made.area_id, "where": where, "after": info["endCursor"]}
        page = (await the_same(REQUESTS, manager(made.area), **asked))["dutyRequests"]
        nodes, info = nodes + page["nodes"], page["pageInfo"]
    assert len(nodes) == len({node["id"] for node in nodes}) == found


async def test_a_request_says_its_step_and_reminders_to_the_area_alone(made: Made) -> None:
    page = await the_same(REQUESTS, manager(made.area), areaId=made.area_id, where={"step": 2})
    (node,) = page["dutyRequests"]["nodes"]
    assert (node["stepTitle"], node["reminders"], node["late"]) == (ODD, 1, True)
    mine = await the_same(MINE, contact(made.area, made.schools[0]), openOnly=False)
    assert {(node["step"], node["reminders"]) for node in mine["myDuties"]["nodes"]} == {(0, 0)}


@pytest.mark.parametrize("open_only", [False, True])
@pytest.mark.parametrize("in_area", [False, True])
async def test_what_a_trust_was_asked_page_by_page(made: Made, open_only: bool, in_area: bool) -> None:
    nodes: list[dict[str, Any]] = []
    info: dict[str, Any] = {"hasNextPage": True, "endCursor": None}
    while info["hasNextPage"]:
        asked = {"openOnly": open_only, "areaId": made.area_id if in_area else None, "after": info["endCursor"]}
        page = (await the_same(MINE, lead(made), **asked))["myDuties"]
        nodes, info = nodes + page["nodes"], page["pageInfo"]
    assert len(nodes) == (10 if open_only else 13)
    assert "cancelled" not in {node["state"] for node in nodes}


async def test_nobody_is_asked_anything_elsewhere(made: Made) -> None:
    other = await make_area()
    page = await the_same(MINE, lead(made), openOnly=False, areaId=encode("Area", other.id))
    assert page["myDuties"]["nodes"] == []
    await the_same(stored()["MyDuties"], manager(other), openOnly=False)


@pytest.mark.parametrize("name", ["MyDuties", "TrustDuties", "AgencyPage"])
async def test_an_agencys_people_read_the_same(made: Made, name: str) -> None:
    asked: dict[str, dict[str, Any]] = {
        "MyDuties": {"openOnly": False},
        "TrustDuties": {"openOnly": True},
        "AgencyPage": {"id": made.key("RelevantAgency", made.agency), "areaId": made.area_id},
    }
    readers = [manager(made.area)] if name == "AgencyPage" else [lead(made), contact(made.area, made.schools[1])]
    for by in readers:
        await the_same(stored()[name], by, **asked[name])


AGENCY = """query One($id: ID!) { relevantAgency(id: $id) {
  agency { id organisationId areaName name latestReturn { title dueOn state stateLabel submittedAt } }
  tellings { toldOn channel arrangementsVersion toldBy } notes { body writtenBy writtenAt } mayAcknowledge } }"""


async def test_one_agency_as_each_reads_it(made: Made) -> None:
    asked = {"id": made.key("RelevantAgency", made.agency)}
    told: dict[str, tuple[int, bool]] = {}
    readers = {
        "manager": manager(made.area),
        "viewer": actor(Role.VIEWER, area_id=made.area.id),
        "contact": contact(made.area, made.schools[0]),
        "lead": lead(made),
    }
    for who, by in readers.items():
        record = (await the_same(AGENCY, by, **asked))["relevantAgency"]
        told[who] = (len(record["notes"]), record["mayAcknowledge"])
    assert told == {"manager": (1, False), "viewer": (1, False), "contact": (0, True), "lead": (0, True)}
    for by in (contact(made.area, made.schools[1]), manager(await make_area())):
        assert (await the_same(AGENCY, by, **asked))["relevantAgency"] is None
    for by in (official(), ANONYMOUS, actor(Role.PLATFORM_ADMINISTRATOR)):
        assert await compiled(AGENCY, by=by, variables=asked) is None


async def test_duties_with_their_versions_and_cycles(made: Made) -> None:
    for by in (manager(made.area), actor(Role.VIEWER, area_id=made.area.id)):
        listed = await the_same(stored()["DutyList"], by, areaId=made.area_id)
        assert [duty["title"] for duty in listed["duties"]] == ["Late", ODD, "Retired"]
        for duty in listed["duties"]:
            record = (await the_same(DUTY, by, id=duty["id"]))["duty"]
            assert record["duty"]["title"] == record["versions"][0]["title"]
    nowhere = await the_same(DUTY, manager(made.area), id=made.key("Duty", uuid7()))
    assert nowhere == {"duty": None}


async def test_a_cycle_with_how_far_it_has_come(made: Made) -> None:
    cycle = made.key("DutyCycle", made.cycle)
    for by in (manager(made.area), actor(Role.INDEPENDENT_SCRUTINEER, area_id=made.area.id)):
        page = await the_same(stored()["CyclePage"], by, id=cycle, areaId=made.area_id, where={"cycleId": cycle})
        (progress,) = page["record"]["byCategory"]
        assert (progress["asked"], progress["late"], progress["accepted"]) == (6, 3, 1)
        assert [(step["step"], step["title"]) for step in page["record"]["byStep"]] == [(0, None), (2, ODD)]
        assert page["record"]["steps"]
    nowhere = made.key("DutyCycle", uuid7())
    page = await the_same(stored()["CyclePage"], manager(made.area), id=nowhere, areaId=made.area_id, where={})
    assert page["record"] is None


@pytest.mark.parametrize("search", ["", " a ", "me", "  Łódź 100%_\\ {X} ", "%%", "'; --"])
async def test_whom_an_area_may_choose(made: Made, search: str) -> None:
    other = await make_area()
    for area in (made.area, other):
        page = await the_same(stored()["AgencyChoosing"], manager(area), areaId=encode("Area", area.id), search=search)
        assert not page["candidates"] if len(search.strip()) < 2 else True
