"""Every mutation of cooperation as every actor: who may, how the others are refused, and that nothing changes then."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from concordat_graphql import operations
from concordat_graphql.ids import encode
from concordat_graphql.operations import FOLDER
from infra.clock import today
from tenants.cooperation.queries import agencies, duties
from tenants.cooperation.service import telling
from tenants.tenancy.scope import tenant_scope
from tests.graphql.cooperation.sending import (
    GIVEN,
    REASON,
    TEXT,
    actors,
    area_id,
    opaque,
    problem_of,
    request_id,
    send,
)
from tests.support.cluster import Cluster
from tests.support.cooperation import Asked, asked_school, do, request_of
from tests.support.cooperation import send as send_return
from tests.support.organisations import make_school
from tests.support.world import make_area, manager

Inputs = Callable[[Asked], Awaitable[dict[str, Any]]]
MANAGER, RUNNERS, AGENCY = {"manager"}, {"manager", "partner"}, {"school", "trust lead"}


async def choose(asked: Asked) -> dict[str, Any]:
    school = await make_school(asked.area, name="Newcomer School")
    return {"areaId": area_id(asked.area), "organisationId": encode("Organisation", school), "reason": REASON}


async def choose_many(asked: Asked) -> dict[str, Any]:
    await make_school(asked.area, name="Newcomer School")
    return {"areaId": area_id(asked.area), "categories": TEXT["categories"], "reason": REASON}


def on_agency(**said: Any) -> Inputs:
    async def inputs(asked: Asked) -> dict[str, Any]:
        async with tenant_scope(manager(asked.area), readonly=True):
            row = await agencies.agency(area_id=asked.area.id, agency_id=asked.request.agency_id)
        assert row is not None
        versioned = {} if "body" in said else {"version": row.version}
        return {"agencyId": opaque("RelevantAgency", asked.area, row.id), **versioned, **said}

    return inputs


def told(inputs: Inputs) -> Inputs:
    async def after_telling(asked: Asked) -> dict[str, Any]:
        await do(
            manager(asked.area),
            telling.tell,
            area_id=asked.area.id,
            agency_ids=[asked.request.agency_id],
            told_on=today(),
            channel="email",
            arrangements_version="Version 4",
        )
        return await inputs(asked)

    return after_telling


async def tell(asked: Asked) -> dict[str, Any]:
    return {
        "areaId": area_id(asked.area),
        "agencyIds": [opaque("RelevantAgency", asked.area, asked.request.agency_id)],
        "toldOn": today().isoformat(),
        "channel": "letter",
        "arrangementsVersion": "Version 4",
    }


async def draft(asked: Asked) -> dict[str, Any]:
    return {"areaId": area_id(asked.area), "text": TEXT}


def on_duty(**said: Any) -> Inputs:
    async def inputs(asked: Asked) -> dict[str, Any]:
        return {"dutyId": opaque("Duty", asked.area, asked.request.duty_id), **said}

    return inputs


async def latecomers(asked: Asked) -> dict[str, Any]:
    return {"cycleId": opaque("DutyCycle", asked.area, asked.request.cycle_id)}


def on_request(*, sent: bool = False, versioned: bool = True, **said: Any) -> Inputs:
    async def inputs(asked: Asked) -> dict[str, Any]:
        request = await send_return(asked) if sent else await request_of(asked.area, asked.school)
        version = {"version": request.version} if versioned else {}
        return {"requestId": request_id(asked), **version, **said}

    return inputs


async def accept(asked: Asked) -> dict[str, Any]:
    await send_return(asked)
    return {"areaId": area_id(asked.area), "requestIds": [request_id(asked)], "comment": "Thank you."}


async def confirm(asked: Asked) -> dict[str, Any]:
    return {"requestIds": [request_id(asked)], "answers": GIVEN}


NEXT_YEAR = {f"{which}On": (today() + timedelta(days=400)).isoformat() for which in ("opens", "due")}
STEP = {"fromStep": 0, "toStep": 1, "reason": "Two emails, no answer."}
REPLY = {"outcome": "accepted", "comment": "Thank you."}

MUTATIONS: list[tuple[str, Inputs, set[str]]] = [
    ("ChooseAgency", choose, MANAGER),
    ("ChooseEstablishments", choose_many, MANAGER),
    ("ReviseAgency", on_agency(reason="A better reason."), MANAGER),
    ("TellAgencies", tell, MANAGER),
    ("AcknowledgeInclusion", told(on_agency(acknowledgedBy="By telephone")), MANAGER | AGENCY),
    ("DeclineInclusion", told(on_agency(reason="No pupils from here.")), AGENCY),
    ("CeaseAgency", on_agency(reason="The school has closed."), MANAGER),
    ("AddAgencyNote", on_agency(body="New head in January."), RUNNERS),
    ("DraftDuty", draft, MANAGER),
    ("ReviseDuty", on_duty(version=2, text=TEXT), MANAGER),
    ("RetireDuty", on_duty(version=2, reason="Replaced."), MANAGER),
    ("OpenDutyCycle", on_duty(**NEXT_YEAR), MANAGER),
    ("AskLatecomers", latecomers, MANAGER),
    ("SaveReturn", on_request(answers=GIVEN), AGENCY),
    ("SubmitReturn", on_request(answers=GIVEN), AGENCY),
    ("WithdrawReturn", on_request(sent=True), AGENCY),
    ("DeclineRequest", on_request(reason="We close in July."), AGENCY),
    ("ConfirmReturns", confirm, AGENCY),
    ("PostRequestMessage", on_request(versioned=False, body="A question."), AGENCY | RUNNERS),
    ("ReplyToReturn", on_request(sent=True, **REPLY), RUNNERS),
    ("AcceptReturns", accept, RUNNERS),
    ("MoveFollowUp", on_request(versioned=False, **STEP), RUNNERS),
    ("CancelRequest", on_request(reason="Asked by mistake."), RUNNERS),
]


async def state_of(asked: Asked) -> tuple[object, ...]:
    async with tenant_scope(manager(asked.area), readonly=True):
        lists = (
            await agencies.agencies(area_id=asked.area.id),
            await duties.duties(area_id=asked.area.id),
            await duties.cycles(area_id=asked.area.id),
        )
    return (await request_of(asked.area, asked.school, cycle_id=asked.request.cycle_id), *lists)


PERMITTED = [(operation, inputs, who) for operation, inputs, may in MUTATIONS for who in sorted(may)]


@pytest.mark.parametrize(("operation", "inputs", "who"), PERMITTED, ids=[f"{name} {who}" for name, _, who in PERMITTED])
async def test_who_may(database: Cluster, operation: str, inputs: Inputs, who: str) -> None:
    asked = await asked_school(await make_area())
    by = (await actors(asked))[who]
    answer = await send(operation, by, **await inputs(asked))
    assert problem_of(answer) == "", answer


@pytest.mark.parametrize(("operation", "inputs", "may"), MUTATIONS, ids=[name for name, _, _ in MUTATIONS])
async def test_everyone_else_is_refused_and_nothing_changes(
    database: Cluster, operation: str, inputs: Inputs, may: set[str]
) -> None:
    asked = await asked_school(await make_area())
    refused = {who: by for who, by in (await actors(asked)).items() if who not in may}
    said = await inputs(asked)
    before = await state_of(asked)
    for who, by in refused.items():
        expected = ("UNAUTHENTICATED",) if who == "nobody" else ("NOT_ALLOWED", "NOT_FOUND")
        assert problem_of(await send(operation, by, **said)) in expected, who
    assert await state_of(asked) == before


async def test_a_publication_needs_something_new(database: Cluster) -> None:
    asked = await asked_school(await make_area())
    publish = {"dutyId": opaque("Duty", asked.area, asked.request.duty_id)}
    assert problem_of(await send("PublishDuty", manager(asked.area), version=2, **publish)) == "WRONG_STATE"
    await send("ReviseDuty", manager(asked.area), version=2, text=TEXT, **publish)
    done = await send("PublishDuty", manager(asked.area), version=3, **publish)
    assert (done["latestNumber"], done["changed"], done["state"]) == (2, False, "published")


BAD_IDS = ("", "nonsense", "RHV0eTox", "RHV0eToxLng")


@pytest.mark.parametrize("bad", BAD_IDS)
async def test_an_id_that_is_not_ours_is_not_found(database: Cluster, bad: str) -> None:
    asked = await asked_school(await make_area())
    for operation, said in (
        ("SubmitReturn", {"requestId": bad, "version": 1, "answers": GIVEN}),
        ("PublishDuty", {"dutyId": bad, "version": 1}),
        ("CeaseAgency", {"agencyId": bad, "version": 1, "reason": REASON}),
        ("AskLatecomers", {"cycleId": bad}),
    ):
        assert problem_of(await send(operation, asked.contact, **said)) == "NOT_FOUND"


async def test_an_agency_of_another_area_cannot_be_told_by_this_one(database: Cluster) -> None:
    here, there = await asked_school(await make_area()), await asked_school(await make_area())
    said = {**await tell(here), "agencyIds": (await tell(there))["agencyIds"]}
    assert problem_of(await send("TellAgencies", manager(here.area), **said)) == "NOT_FOUND"


def test_every_mutation_of_cooperation_is_tried() -> None:
    stored = {path.stem for path in (FOLDER / "cooperation").glob("*.graphql")}
    mutations = {name for name in stored if "mutation " in operations.stored()[name]}
    assert mutations - {name for name, _, _ in MUTATIONS} == {"PublishDuty"}
