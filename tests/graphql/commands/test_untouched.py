"""A return that nobody has begun is sent in one round trip where this process knows what it may ask: as on the ordinary
path, and by it wherever the database finds another request than was decided about."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from infra.clock import today
from infra.database import sql
from infra.ids import uuid7
from tenants.audit import queries as audit
from tenants.cooperation.queries.known import KNOWN, MOST_AREAS, MOST_OF_AN_AREA, KnownVersions
from tenants.cooperation.rules.duties import Question
from tenants.cooperation.service import duties, returns
from tenants.cooperation.service.untouched import untouched
from tenants.tenancy.actor import Actor
from tenants.tenancy.scope import tenant_scope, write_as
from tests.graphql.commands.test_submit_return import said, submit, without_chance
from tests.graphql.cooperation.confirming import entries, submissions
from tests.graphql.cooperation.sending import GIVEN, problem_of
from tests.support.cooperation import (
    ANSWERS,
    QUESTIONS,
    Asked,
    chosen_school,
    contact,
    do,
    duty_of,
    duty_text,
    open_cycle,
    published_duty,
    request_of,
    send,
)  # fmt: skip
from tests.support.world import make_area, manager

pytestmark = pytest.mark.usefixtures("database")
ONE, TWO = 1, 2  #: statements that are sent


async def asked_again(area: Any = None, **changes: Any) -> Asked:
    """A school that answered a year ago and is asked again: this process has read the version."""
    area = area or await make_area()
    school = await chosen_school(area)
    duty_id = await published_duty(area, **changes)
    past = await open_cycle(area, duty_id, opens_on=today() - timedelta(days=400), due_on=today() - timedelta(days=300))
    one = Asked(area=area, school=school, contact=contact(area, school),
                request=await request_of(area, school, cycle_id=past))  # fmt: skip
    await send(one)
    now = await open_cycle(area, duty_id)
    return replace(one, request=await request_of(area, school, cycle_id=now))


async def kept(asked: Asked) -> tuple[Any, ...]:
    """What is in the database about the request, but for what is made by chance."""
    async with tenant_scope(manager(asked.area), readonly=True):
        row = await sql.fetch_one(
            "select r.state, r.version, r.state_reason, r.submitted_at = s.sent_at as dated, s.answers::text, "
            "s.reused, s.sent_by, s.duty_id = r.duty_id and s.organisation_id = r.organisation_id as same, "
            "(select json_agg((c.state, c.requests) order by c.state)::text from cooperation_count c "
            " where c.area_id = r.area_id and c.cycle_id = r.cycle_id) as counts "
            "from duty_request r join submission s on s.area_id = r.area_id and s.request_id = r.id "
            "where r.area_id = $1 and r.id = $2", asked.area.id, asked.request.id,
        )  # fmt: skip
        assert await audit.first_broken_link(area_id=asked.area.id) is None
    entry = (await entries(asked.area))[0]
    said_then = {**(entry.after or {}), "receipt": ""}
    return dict(row or {}), entry.before, said_then, entry.actor_name, entry.actor_role, entry.legal_basis


async def test_it_answers_and_writes_as_the_ordinary_path_does() -> None:
    one, other = await asked_again(), await asked_again()
    changed = [{**each, "value": "no"} if each["key"] == "follows" else each for each in GIVEN]
    quick, statements = await submit(one.contact, said(one, answers=changed, confirmPrefilled=True))
    slow, _ = await submit(other.contact, said(other, answers=changed, confirmPrefilled=True), compiled=False)
    assert statements == ONE
    assert problem_of(quick) == ""
    assert without_chance(quick) == without_chance(slow)
    found = await kept(one)
    assert found == await kept(other)
    assert found[0]["reused"] == ["reviewed", "lead"], "what is as last year, in the order of the questions"


async def test_two_questions_papers_of_an_area_are_told_apart_by_the_database() -> None:
    area = await make_area()
    wider = (*QUESTIONS, Question(key="more", kind="text", text="What more?", required=False))
    first, second = await asked_again(area), await asked_again(area, title="Another return", questions=wider)
    assert len(KNOWN.of(area.id)) == 2
    quick, statements = await submit(second.contact, said(second, confirmPrefilled=True))
    assert (problem_of(quick), statements) == ("", ONE)
    assert (await submissions(first), await submissions(second)) == (0, 1)
    extra = [*GIVEN, {"key": "more", "value": "Much."}]
    refused, _ = await submit(first.contact, said(first, answers=extra, confirmPrefilled=True))
    assert problem_of(refused) == "INVALID", "it fits the other paper alone"


@pytest.mark.parametrize("compiled", [True, False])
async def test_last_years_answers_have_to_be_confirmed(compiled: bool) -> None:
    asked = await asked_again()
    refused, _ = await submit(asked.contact, said(asked), compiled=compiled)
    assert problem_of(refused) == "INVALID"
    assert "carried over from last year" in refused["problems"][0]["message"]
    assert await submissions(asked) == 0


async def test_what_was_begun_is_read_first() -> None:
    asked = await asked_again()
    await do(asked.contact, returns.save_draft, area_id=asked.area.id, request_id=asked.request.id, version=1,
             answers=ANSWERS)  # fmt: skip
    sent, statements = await submit(asked.contact, said(asked, version=2, confirmPrefilled=True))
    assert (problem_of(sent), statements) == ("", TWO)
    late, _ = await submit(asked.contact, said(asked, confirmPrefilled=True))
    assert problem_of(late) in ("CONFLICT", "WRONG_STATE")


async def test_a_return_that_is_not_open_yet_is_refused_in_words() -> None:
    asked = await asked_again()
    ahead = today() + timedelta(days=400)
    later = await open_cycle(asked.area, asked.request.duty_id, opens_on=ahead, due_on=ahead + timedelta(days=30))
    future = replace(asked, request=await request_of(asked.area, asked.school, cycle_id=later))
    quick, _ = await submit(asked.contact, said(future, confirmPrefilled=True))
    assert problem_of(quick) == "WRONG_STATE"
    assert quick == (await submit(asked.contact, said(future, confirmPrefilled=True), compiled=False))[0]


async def test_a_version_that_was_never_read_here_is_read_first_and_once() -> None:
    asked = await asked_again()
    KNOWN.forget()
    _, statements = await submit(asked.contact, said(asked, confirmPrefilled=True))
    assert statements == TWO
    other = await asked_again(asked.area)
    _, statements = await submit(other.contact, said(other, confirmPrefilled=True))
    assert statements == ONE


async def test_a_version_published_since_is_asked_for_by_the_ordinary_path() -> None:
    asked = await asked_again()
    duty = await duty_of(asked.area, asked.request.duty_id)
    async with tenant_scope(who := manager(asked.area)):
        text = duty_text(questions=(*QUESTIONS, Question(key="new", kind="yes_no", text="And this?")))
        await duties.revise_duty(by=who, area_id=asked.area.id, duty_id=duty.id, version=duty.version, text=text)
        await duties.publish_duty(by=who, area_id=asked.area.id, duty_id=duty.id, version=duty.version + 1)
    past = today() - timedelta(days=800)  # another academic year than it was asked for already
    cycle = await open_cycle(asked.area, duty.id, opens_on=past, due_on=past + timedelta(days=30))
    now = replace(asked, request=await request_of(asked.area, asked.school, cycle_id=cycle))
    refused, _ = await submit(now.contact, said(now, confirmPrefilled=True))
    assert problem_of(refused) == "INVALID", "the new question has no answer"
    given = [*GIVEN, {"key": "new", "value": "yes"}]
    assert problem_of((await submit(now.contact, said(now, answers=given, confirmPrefilled=True)))[0]) == ""


async def steps_of(by: Actor, asked: Asked) -> list[Any]:
    step = untouched(by=by, area_id=asked.area.id, request_id=asked.request.id, answers=ANSWERS, confirm_prefilled=True)
    assert step is not None
    return [step]


async def test_nobody_sends_another_schools_return() -> None:
    asked = await asked_again()
    neighbour = contact(asked.area, await chosen_school(asked.area, name="Next Door School"))
    answer, _ = await submit(neighbour, said(asked, confirmPrefilled=True))
    assert problem_of(answer) == "NOT_FOUND"
    assert problem_of((await submit(manager(asked.area), said(asked, confirmPrefilled=True)))[0]) == "NOT_ALLOWED"
    for by, steps in ((neighbour, await steps_of(neighbour, asked)), (neighbour, await steps_of(asked.contact, asked)),
                      (manager(asked.area), await steps_of(asked.contact, asked))):  # fmt: skip
        with pytest.raises((asyncpg.SerializationError, asyncpg.InsufficientPrivilegeError)):
            await write_as(by, steps, "'written'")
    assert await submissions(asked) == 0
    assert len(await entries(asked.area)) == 1, "last year's"


async def test_it_is_written_once_whatever_was_decided() -> None:
    asked = await asked_again()
    steps, again = await steps_of(asked.contact, asked), await steps_of(asked.contact, asked)
    assert await write_as(asked.contact, steps, "'written'") == "written"
    with pytest.raises(asyncpg.SerializationError):
        await write_as(asked.contact, again, "'written'")


async def test_a_long_used_process_keeps_few_versions_of_few_areas() -> None:
    one = await asked_again()
    (version,), known = KNOWN.of(one.area.id), KnownVersions()
    for area in range(1, MOST_AREAS + 2):
        for _ in range(MOST_OF_AN_AREA + 1):
            known.remember(replace(version, area_id=area, id=uuid7()))
    assert [len(known.of(area)) for area in (1, 2, MOST_AREAS + 1)] == [0, MOST_OF_AN_AREA, MOST_OF_AN_AREA]
