"""An area's agencies with the last answer of each: by whom it is read, what it says, what it costs."""

from __future__ import annotations

from typing import Any

import pytest

from concordat_graphql.operations import run
from infra.database.scope import observer
from tenants.cooperation.service import telling
from tests.graphql.cooperation.sending import actors, area_id, ask, refusal_of
from tests.support.cluster import Cluster
from tests.support.cooperation import Asked, asked_school, chosen_school, do, send
from tests.support.cooperation import ask as ask_all
from tests.support.world import make_area, manager

REFUSED = {
    "school": "FORBIDDEN",
    "trust lead": "FORBIDDEN",
    "other area": "FORBIDDEN",
    "official": "FORBIDDEN",
    "nobody": "UNAUTHENTICATED",
}


async def nodes(asked: Asked) -> list[dict[str, Any]]:
    data: Any = await ask("AgencyConfirmations", manager(asked.area), areaId=area_id(asked.area))
    return list(data["agencies"]["nodes"])


@pytest.mark.parametrize("who", ["manager", "partner", "viewer"])
async def test_members_of_the_area_read_it(database: Cluster, who: str) -> None:
    asked = await asked_school(await make_area())
    by = (await actors(asked))[who]
    data: Any = await ask("AgencyConfirmations", by, areaId=area_id(asked.area))
    assert "Meadow Primary School" in [node["name"] for node in data["agencies"]["nodes"]]


@pytest.mark.parametrize("who", list(REFUSED))
async def test_everyone_else_is_refused(database: Cluster, who: str) -> None:
    asked = await asked_school(await make_area())
    by = (await actors(asked))[who]
    assert await refusal_of("AgencyConfirmations", by, areaId=area_id(asked.area)) == REFUSED[who]


async def test_it_says_what_was_asked_last_and_how_far_the_answer_is(database: Cluster) -> None:
    asked = await asked_school(await make_area())
    await chosen_school(asked.area, name="Newcomer School")
    meadow, newcomer = await nodes(asked)
    assert meadow["latestReturn"] == {
        "title": "Yearly safeguarding return",
        "dueOn": asked.request.due_on.isoformat(),
        "state": "not_started",
        "stateLabel": "Not started",
        "submittedAt": None,
    }
    assert newcomer["latestReturn"] is None
    sent = await send(asked)
    after = (await nodes(asked))[0]["latestReturn"]
    assert sent.submitted_at is not None
    assert (after["stateLabel"], after["submittedAt"][:19]) == (
        "Sent, awaiting reply",
        sent.submitted_at.isoformat()[:19],
    )


async def test_a_change_of_an_agency_answers_with_its_last_return_as_it_is_then(database: Cluster) -> None:
    asked = await asked_school(await make_area())
    await do(
        manager(asked.area), telling.tell, area_id=asked.area.id, agency_ids=[asked.request.agency_id],
        told_on=asked.request.opens_on, channel="email", arrangements_version="Version 4",
    )  # fmt: skip
    (node,) = await nodes(asked)
    document = """mutation ($input: AcknowledgeInclusionInput!) {
        acknowledgeInclusion(input: $input) { ... on RelevantAgency { state latestReturn { state } } } }"""
    said = {"idempotencyKey": "acknowledged-once", "agencyId": node["id"], "version": 2, "acknowledgedBy": "By letter"}
    answer = await run(document, actor=asked.contact, variables={"input": said})
    assert answer.data == {
        "acknowledgeInclusion": {"state": "acknowledged", "latestReturn": {"state": "not_started"}}
    }


async def test_an_agencys_own_people_read_their_own_last_return_in_every_area(database: Cluster) -> None:
    asked = await asked_school(await make_area())
    await chosen_school(asked.area, name="Neighbour School")
    await do(
        manager(asked.area), telling.tell, area_id=asked.area.id, agency_ids=[asked.request.agency_id],
        told_on=asked.request.opens_on, channel="email", arrangements_version="Version 4",
    )  # fmt: skip
    answer = await run("{ myInclusions { name latestReturn { title state } } }", actor=asked.contact)
    assert answer.data == {
        "myInclusions": [
            {
                "name": "Meadow Primary School",
                "latestReturn": {"title": "Yearly safeguarding return", "state": "not_started"},
            }
        ]
    }


async def test_it_costs_the_same_however_many_agencies(database: Cluster) -> None:
    costs = set()
    for schools in (1, 7):
        area = await make_area()
        for n in range(schools):
            await chosen_school(area, name=f"School {n}")
        await ask_all(area)
        seen: list[str] = []
        token = observer.set(seen.append)
        try:
            data: Any = await ask("AgencyConfirmations", manager(area), areaId=area_id(area))
        finally:
            observer.reset(token)
        costs.add(len(seen))
        assert [node["latestReturn"]["state"] for node in data["agencies"]["nodes"]] == ["not_started"] * schools
    assert len(costs) == 1
    assert max(costs) <= 2
