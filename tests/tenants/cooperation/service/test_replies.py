"""The area's reply to every return, and the thread of questions."""

from __future__ import annotations

import json
from typing import Any

import pytest

from concordat_graphql import ids
from tenants.cooperation.queries import records
from tenants.cooperation.service import replies
from tenants.tenancy.errors import Conflict, Invalid, NotAllowed, NotFound, WrongState
from tenants.tenancy.mail.rendering import render
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.cooperation import ANSWERS, Asked, asked_school, chosen_school, contact, do, request_of, send
from tests.support.queue import as_superuser
from tests.support.world import actor, make_actor, make_area, manager


async def reply(asked: Asked, **changes: Any) -> None:
    await do(manager(asked.area), replies.reply, **{
        "area_id": asked.area.id, "request_id": asked.request.id, "version": 2, "outcome": "accepted",
        "comment": "Thank you: your training dates helped us plan.", **changes,
    })  # fmt: skip


async def post(asked: Asked, by: Any, body: str) -> None:
    await do(by, replies.post_message, area_id=asked.area.id, request_id=asked.request.id, body=body)


async def test_the_school_reads_the_reply_beside_what_it_sent(database: Cluster) -> None:
    asked = await asked_school(await make_area())
    await send(asked)
    await reply(asked)
    async with tenant_scope(asked.contact, readonly=True):
        (sent,) = (await records.record(area_id=asked.area.id, request_id=asked.request.id)).submissions
    assert (sent.outcome, sent.replied_by) == ("accepted", "Bea Manager")
    assert sent.comment == "Thank you: your training dates helped us plan."
    assert (await request_of(asked.area, asked.school)).state == "accepted"


async def test_whoever_answers_for_the_school_is_emailed_that_there_is_a_reply(database: Cluster) -> None:
    area = await make_area()
    asked = await asked_school(area)
    await make_actor(Role.ESTABLISHMENT_CONTACT, area=area, organisation_id=asked.school, name="Noor Haddad")
    neighbour = await chosen_school(area, name="Neighbour")
    await make_actor(Role.ESTABLISHMENT_CONTACT, area=area, organisation_id=neighbour, name="Other Person")
    await send(asked)
    await reply(asked)
    (mail,) = await as_superuser(database, "select address, template from mail where area_id = $1", area.id)
    assert mail["address"].startswith("noor.haddad.")
    assert mail["template"] == "cooperation_reply"


async def test_asking_for_more_opens_the_return_again_with_what_was_sent(database: Cluster) -> None:
    asked = await asked_school(await make_area())
    await send(asked)
    await reply(asked, outcome="more_needed", comment="Please tell us who leads at weekends.")
    more = await request_of(asked.area, asked.school)
    assert more.state == "more_needed"
    await send(asked, version=more.version, answers=None)
    await reply(asked, version=more.version + 1)
    async with tenant_scope(asked.contact, readonly=True):
        rows = (await records.record(area_id=asked.area.id, request_id=asked.request.id)).submissions
    assert [(row.outcome, row.answers) for row in rows] == [("accepted", ANSWERS), ("more_needed", ANSWERS)]


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"comment": ""}, Invalid),
        ({"comment": "x" * 4001}, Invalid),
        ({"comment": "About the child, DOB 3/9/2014"}, Invalid),
        ({"outcome": "ignored"}, Invalid),
        ({"version": 1}, Conflict),
    ],
)
async def test_a_bad_reply_is_a_problem_and_nothing_is_written(
    database: Cluster, changes: dict[str, Any], problem: type[Exception]
) -> None:
    asked = await asked_school(await make_area())
    await send(asked)
    with pytest.raises(problem):
        await reply(asked, **changes)
    assert (await request_of(asked.area, asked.school)).state == "submitted"


async def test_there_is_nothing_to_reply_to_before_a_return_and_no_second_reply(database: Cluster) -> None:
    asked = await asked_school(await make_area())
    with pytest.raises(WrongState, match="Nothing has been sent yet"):
        await reply(asked, version=1)
    await send(asked)
    await reply(asked)
    with pytest.raises(WrongState):
        await reply(asked, version=3)


async def test_several_returns_are_accepted_together_or_not_at_all(database: Cluster) -> None:
    area = await make_area()
    waiting = await chosen_school(area, name="Has not answered")
    asked = await asked_school(area)
    await send(asked)
    both = [asked.request.id, (await request_of(area, waiting)).id]
    inputs = {"area_id": area.id, "comment": "Thank you."}
    with pytest.raises(WrongState):
        await do(manager(area), replies.accept_many, request_ids=both, **inputs)
    assert (await request_of(area, asked.school)).state == "submitted"
    assert await do(manager(area), replies.accept_many, request_ids=both[:1] * 2, **inputs) == 1
    assert (await request_of(area, asked.school)).state == "accepted"
    with pytest.raises(Invalid):
        await do(manager(area), replies.accept_many, request_ids=[], **inputs)


@pytest.mark.parametrize("who", ["viewer", "scrutineer", "other manager", "the school itself"])
async def test_only_those_who_run_the_partnership_reply(database: Cluster, who: str) -> None:
    asked = await asked_school(await make_area())
    await send(asked)
    by = {
        "viewer": actor(Role.VIEWER, area_id=asked.area.id),
        "scrutineer": actor(Role.INDEPENDENT_SCRUTINEER, area_id=asked.area.id),
        "other manager": manager(await make_area()),
        "the school itself": asked.contact,
    }[who]
    with pytest.raises(NotAllowed):
        await do(
            by,
            replies.reply,
            area_id=asked.area.id,
            request_id=asked.request.id,
            version=2,
            outcome="accepted",
            comment="Well done us.",
        )
    assert (await request_of(asked.area, asked.school)).state == "submitted"


async def test_a_question_stays_open_until_the_area_answers(database: Cluster) -> None:
    asked = await asked_school(await make_area())
    await post(asked, asked.contact, "Does this cover our nursery too?")
    assert (await request_of(asked.area, asked.school)).question_open
    await post(asked, actor(Role.PARTNERSHIP_CHAIR, area_id=asked.area.id, name="Chair Person"), "Yes, please.")
    request = await request_of(asked.area, asked.school)
    assert (request.question_open, request.version) == (False, asked.request.version)
    async with tenant_scope(asked.contact, readonly=True):
        thread = (await records.record(area_id=asked.area.id, request_id=asked.request.id)).messages
    assert [(m.side, m.written_by) for m in thread] == [("agency", "Maya Contact"), ("area", "Chair Person")]


async def test_the_school_is_emailed_when_the_area_writes_and_the_mail_holds_none_of_the_words(
    database: Cluster,
) -> None:
    area = await make_area()
    asked = await asked_school(area)
    await make_actor(Role.ESTABLISHMENT_CONTACT, area=area, organisation_id=asked.school, name="Noor Haddad")
    await post(asked, asked.contact, "Does this cover our nursery too?")
    assert await as_superuser(database, "select 1 from mail where area_id = $1", area.id) == []
    await post(asked, manager(area), "Yes, one return for both.")
    (mail,) = await as_superuser(database, "select address, template, details from mail where area_id = $1", area.id)
    assert mail["address"].startswith("noor.haddad.")
    assert mail["template"] == "cooperation_message"
    thing = ids.encode("DutyRequest", f"{area.id}.{asked.request.id}")
    assert json.loads(mail["details"])["page"] == f"/duties/{thing}", "it leads to what it is about"
    assert "one return for both" not in mail["details"]


@pytest.mark.parametrize("template", ["cooperation_asked", "cooperation_reminder", "cooperation_reply"])
def test_an_email_written_before_it_led_to_one_duty_leads_to_all_of_its_reader(template: str) -> None:
    facts: dict[str, str | int] = {
        "area": "Fenmoor", "agency": "Meadow", "title": "Return", "due": "1 May", "late": 0, "receipt": "R",
        "accepted": 1,
    }  # fmt: skip
    _, body = render(template=template, values=facts, link="https://concordat.test")
    assert [word.partition("?")[0] for word in body.split() if "concordat.test" in word] == ["https://concordat.test/duties"]
    _, body = render(template=template, values={**facts, "page": "/duties/one"}, link="https://concordat.test")
    assert "https://concordat.test/duties/one" in body.split()


@pytest.mark.parametrize("body", ["", "x" * 4001, "NHS number 943 476 5919"])
async def test_a_message_that_cannot_be_kept_is_refused(database: Cluster, body: str) -> None:
    asked = await asked_school(await make_area())
    with pytest.raises(Invalid) as problem:
        await post(asked, asked.contact, body)
    assert problem.value.field == "body"


async def test_strangers_write_nothing_in_a_thread(database: Cluster) -> None:
    area, other = await make_area(), await make_area()
    asked = await asked_school(area)
    neighbour = contact(area, await chosen_school(area, name="Neighbour"))
    for stranger, problem in (
        (neighbour, NotFound), (manager(other), NotFound), (actor(Role.VIEWER, area_id=area.id), NotAllowed),
    ):  # fmt: skip
        with pytest.raises(problem):
            await post(asked, stranger, "Hello?")
