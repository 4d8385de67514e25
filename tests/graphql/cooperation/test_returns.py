"""A return over GraphQL: sent once whatever the network does, confirmed for many schools, shown to who may see it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tenants.tenancy.actor import Actor
from tests.graphql.cooperation.sending import GIVEN, actors, ask, opaque, problem_of, request_id, send
from tests.support.cluster import Cluster
from tests.support.cooperation import ask as ask_all
from tests.support.cooperation import asked_school, chosen_school, request_of, trust_lead
from tests.support.cooperation import send as send_return
from tests.support.organisations import make_trust
from tests.support.world import AreaMade, make_area, manager


async def test_sent_twice_with_the_same_key_there_is_one_return_and_one_receipt(database: Cluster) -> None:
    asked = await asked_school(await make_area())
    said = {"key": "the-button-pressed-twice", "requestId": request_id(asked), "version": 1, "answers": GIVEN}
    first = await send("SubmitReturn", asked.contact, **said)
    second = await send("SubmitReturn", asked.contact, **said)
    assert first["submissions"] == second["submissions"]
    assert len(first["submissions"]) == 1
    other = await send("SubmitReturn", asked.contact, **{**said, "answers": GIVEN[:1]})
    assert problem_of(other) == "IDEMPOTENCY_KEY_REUSED"


async def test_the_same_key_twice_at_once_is_one_return(database: Cluster) -> None:
    asked = await asked_school(await make_area())
    said = {"key": "the-same-key-at-once", "requestId": request_id(asked), "version": 1, "answers": GIVEN}
    answers = await asyncio.gather(*(send("SubmitReturn", asked.contact, **said) for _ in range(3)))
    assert {len(answer["submissions"]) for answer in answers} == {1}
    assert len({answer["submissions"][0]["receipt"] for answer in answers}) == 1


async def test_a_bad_answer_names_its_question(database: Cluster) -> None:
    asked = await asked_school(await make_area())
    bad = [{**one, "value": "32/13/2026"} if one["key"] == "reviewed" else one for one in GIVEN]
    answer = await send("SubmitReturn", asked.contact, requestId=request_id(asked), version=1, answers=bad)
    (problem,) = answer["problems"]
    assert (problem["code"], problem["field"]) == ("INVALID", "answers.reviewed")
    assert problem["message"].startswith("Enter a real date, like 27 3 2026, for “When was your child")


async def trust_of(area: AreaMade, *names: str) -> tuple[Actor, list[str]]:
    """A trust's lead and the opaque ids of what their schools were asked."""
    trust = await make_trust(area)
    schools = [await chosen_school(area, name=name, trust_id=trust) for name in names]
    await ask_all(area)
    requests = [await request_of(area, school) for school in schools]
    return trust_lead(trust, *schools, areas=(area,)), [opaque("DutyRequest", area, r.id) for r in requests]


async def test_many_schools_are_confirmed_each_by_itself_and_again_without_harm(database: Cluster) -> None:
    area = await make_area()
    lead, requests = await trust_of(area, "Ash Academy", "Birch Academy", "Cedar Academy")
    first = await send("ConfirmReturns", lead, requestIds=requests[:2], answers=GIVEN)
    again = await send("ConfirmReturns", lead, requestIds=requests, answers=GIVEN)
    assert (first["sent"], again["sent"]) == (2, 3)
    receipts = [one["receipt"] for one in again["outcomes"]]
    assert receipts[:2] == [one["receipt"] for one in first["outcomes"]]
    assert len(set(receipts)) == 3


async def test_a_school_that_needs_its_own_answer_is_reported_and_the_others_are_sent(database: Cluster) -> None:
    area = await make_area()
    lead, requests = await trust_of(area, "Ash Academy", "Birch Academy")
    own = {"requestId": requests[0], "version": 1, "answers": GIVEN}
    assert problem_of(await send("SaveReturn", lead, **own)) == ""
    answer = await send("ConfirmReturns", lead, requestIds=requests, answers=[])
    assert answer["sent"] == 1
    ash, birch = answer["outcomes"]
    assert (ash["request"]["agencyName"], ash["needs"]) == ("Ash Academy", [])
    assert birch["receipt"] is None
    assert birch["needs"] == [
        "Select yes or no for “Does your governing body follow the local arrangements?”.",
        "Enter a date for “When was your child protection policy last reviewed?”.",
        "Enter the person's name for “Who is your designated safeguarding lead?”.",
    ]


@pytest.mark.parametrize("count", [0, 51])
async def test_none_or_too_many_at_once_is_a_problem(database: Cluster, count: int) -> None:
    asked = await asked_school(await make_area())
    answer = await send("ConfirmReturns", asked.contact, requestIds=[f"id-{n}" for n in range(count)])
    assert answer["problems"][0]["field"] == "requestIds"


SEES: dict[str, tuple[bool, bool, bool]] = {  # the request at all, the draft, the follow-up
    "manager": (True, False, True),
    "viewer": (True, False, True),
    "school": (True, True, False),
    "trust lead": (True, True, False),
    "neighbour": (False, False, False),
    "other trust": (False, False, False),
    "other area": (False, False, False),
}


@pytest.mark.parametrize("who", list(SEES))
async def test_who_sees_which_part_of_a_request(database: Cluster, who: str) -> None:
    asked = await asked_school(await make_area())
    record: Any = (await ask("RequestPage", (await actors(asked))[who], id=request_id(asked)))["record"]
    seen = (record is not None, bool(record) and record["draft"] is not None, bool(record) and bool(record["followUp"]))
    assert seen == SEES[who]


async def test_what_may_be_done_follows_the_state(database: Cluster) -> None:
    asked = await asked_school(await make_area())
    await send_return(asked)
    school: Any = (await ask("RequestPage", asked.contact, id=request_id(asked)))["record"]
    area: Any = (await ask("RequestPage", manager(asked.area), id=request_id(asked)))["record"]
    may = ("maySave", "mayWithdraw", "mayDecline", "mayReply")
    assert [school[one] for one in may] == [False, True, False, False]
    assert [area[one] for one in may] == [False, False, False, True]
