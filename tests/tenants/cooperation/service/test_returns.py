"""A school's return: prefilled, kept, sent with a receipt, taken back, declined."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta
from typing import Any

import pytest

from infra.clock import today
from infra.ids import uuid7
from tenants.audit import queries as audit
from tenants.cooperation.queries import forms, records
from tenants.cooperation.rules.answers import Answer
from tenants.cooperation.service import replies, returns
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Conflict, Invalid, NotAllowed, NotFound, Problems, WrongState
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.cooperation import (
    ANSWERS,
    Asked,
    asked_school,
    chosen_school,
    contact,
    do,
    open_cycle,
    published_duty,
    request_of,
    send,
)
from tests.support.world import actor, make_area, manager


def keys(asked: Asked, **changes: Any) -> dict[str, Any]:
    return {"area_id": asked.area.id, "request_id": asked.request.id, "version": asked.request.version, **changes}


async def sent(asked: Asked) -> tuple[records.SubmissionRow, ...]:
    async with tenant_scope(asked.contact, readonly=True):
        return (await records.record(area_id=asked.area.id, request_id=asked.request.id)).submissions


async def form(asked: Asked, *, by: Actor | None = None) -> forms.Draft:
    async with tenant_scope(by or asked.contact, readonly=True):
        found = await forms.form(area_id=asked.area.id, request_id=asked.request.id)
    assert found is not None
    return found.before


async def second_year() -> Asked:
    """A school that answered last year and is asked again."""
    area = await make_area()
    school = await chosen_school(area)
    duty_id = await published_duty(area)
    last = await open_cycle(area, duty_id, opens_on=today() - timedelta(days=400), due_on=today() - timedelta(days=300))
    before = Asked(
        area=area, school=school, contact=contact(area, school), request=await request_of(area, school, cycle_id=last)
    )
    await send(before)
    this = await open_cycle(area, duty_id)
    return Asked(
        area=area, school=school, contact=before.contact, request=await request_of(area, school, cycle_id=this)
    )


async def test_a_return_is_sent_and_gets_a_receipt(database: Cluster) -> None:
    asked = await asked_school(await make_area())
    request = await send(asked)
    assert (request.state, request.late) == ("submitted", False)
    (submission,) = await sent(asked)
    assert re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", submission.receipt)
    assert (submission.sent_by, submission.answers) == ("Maya Contact", ANSWERS)


async def test_the_audit_entry_names_the_law_and_the_receipt_but_no_answer(database: Cluster) -> None:
    asked = await asked_school(await make_area())
    await send(asked)
    async with tenant_scope(manager(asked.area), readonly=True):
        entry = (await audit.entries(area_id=asked.area.id))[0]
    (submission,) = await sent(asked)
    assert (entry.action, entry.actor_role) == ("return.submit", "establishment_contact")
    assert "section 16H" in (entry.legal_basis or "")
    assert (entry.after or {})["receipt"] == submission.receipt
    assert "Thornton" not in str(entry.after)


async def test_a_draft_is_the_schools_own_until_it_is_sent(database: Cluster) -> None:
    asked = await asked_school(await make_area())
    half = {"follows": Answer(value="no"), "reviewed": Answer(value="14/9")}
    await do(asked.contact, returns.save_draft, **keys(asked, answers=half))
    assert (await form(asked)).answers == half
    assert (await form(asked, by=manager(asked.area))).answers == {}
    assert (await request_of(asked.area, asked.school)).state == "draft"


async def test_last_years_answers_are_carried_over_and_must_be_confirmed(database: Cluster) -> None:
    asked = await second_year()
    start = await form(asked)
    assert start.answers == ANSWERS
    assert set(start.prefilled) == set(ANSWERS)
    with pytest.raises(Invalid, match="3 answers were carried over from last year") as problem:
        await do(asked.contact, returns.submit, **keys(asked))
    assert problem.value.field == "confirmPrefilled"
    await do(asked.contact, returns.submit, **keys(asked, confirm_prefilled=True))
    (submission,) = await sent(asked)
    assert set(submission.reused) == set(ANSWERS)


async def test_what_the_person_changed_needs_no_confirming(database: Cluster) -> None:
    asked = await second_year()
    changed = {**ANSWERS, "follows": Answer(value="no"), "reviewed": Answer(value="2026-10-01")}
    await do(asked.contact, returns.save_draft, **keys(asked, answers=changed))
    assert (await form(asked)).prefilled == ("lead",)
    with pytest.raises(Invalid, match="1 answer was carried over"):
        await do(asked.contact, returns.submit, **keys(asked, version=2))
    everything = {**changed, "lead": Answer(value="Noor Haddad")}
    await do(asked.contact, returns.submit, **keys(asked, version=2, answers=everything))
    assert (await sent(asked))[0].reused == ()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"follows": Answer()}, "answers.follows"),
        ({"reviewed": Answer(value="2026-02-30")}, "answers.reviewed"),
        ({"policy": Answer(value="not a link")}, "answers.policy"),
        ({"lead": Answer(post="Head")}, "answers.lead"),
        ({"note": Answer(value="x" * 4001)}, "answers.note"),
        ({"note": Answer(value="Her DOB: 3/9/2014")}, "answers.note"),
        ({"extra": Answer(value="x")}, "answers.extra"),
    ],
)
async def test_a_bad_answer_is_a_problem_on_its_question_and_nothing_is_sent(
    database: Cluster, changes: dict[str, Answer], field: str
) -> None:
    asked = await asked_school(await make_area())
    with pytest.raises(Problems) as found:
        await send(asked, answers={**ANSWERS, **changes})
    assert [problem.field for problem in found.value.problems] == [field]
    assert await sent(asked) == ()
    assert (await request_of(asked.area, asked.school)).state == "not_started"


async def test_a_return_cannot_be_sent_before_it_opens_but_can_be_started(database: Cluster) -> None:
    asked = await asked_school(await make_area(), opens_on=today() + timedelta(days=2))
    with pytest.raises(WrongState, match="This opens on"):
        await send(asked)
    await do(asked.contact, returns.save_draft, **keys(asked, answers=ANSWERS))


async def test_a_return_can_be_taken_back_and_corrected_until_the_reply(database: Cluster) -> None:
    asked = await asked_school(await make_area())
    first = await send(asked)
    with pytest.raises(WrongState, match="waiting for the partnership's reply"):
        await send(asked, version=first.version)
    await do(asked.contact, returns.withdraw, **keys(asked, version=first.version))
    start = await form(asked)
    assert (start.answers, start.prefilled) == (ANSWERS, ())
    again = await send(asked, version=first.version + 1, answers={**ANSWERS, "follows": Answer(value="no")})
    assert [bool(row.withdrawn_at) for row in await sent(asked)] == [False, True]
    accept = keys(asked, version=again.version, outcome="accepted", comment="Thanks.")
    await do(manager(asked.area), replies.reply, **accept)
    with pytest.raises(WrongState, match="accepted this return"):
        await do(asked.contact, returns.withdraw, **keys(asked, version=again.version + 1))


async def test_a_school_may_decline_with_a_reason_and_answer_after_all(database: Cluster) -> None:
    asked = await asked_school(await make_area())
    for bad in ("", "x" * 1001, "Because of pupil H801200001001"):
        with pytest.raises(Invalid):
            await do(asked.contact, returns.decline, **keys(asked, reason=bad))
    await do(asked.contact, returns.decline, **keys(asked, reason="We close in July."))
    declined = await request_of(asked.area, asked.school)
    assert (declined.state, declined.state_reason) == ("declined", "We close in July.")
    request = await send(asked, version=declined.version)
    assert (request.state, request.state_reason) == ("submitted", None)


async def test_two_people_send_at_once_and_one_is_told_of_a_conflict(database: Cluster) -> None:
    asked = await asked_school(await make_area())
    colleague = contact(asked.area, asked.school, name="Noor Haddad")
    results = await asyncio.gather(
        *(do(who, returns.submit, **keys(asked, answers=ANSWERS)) for who in (asked.contact, colleague)),
        return_exceptions=True,
    )
    (problem,) = [result for result in results if isinstance(result, Exception)]
    assert isinstance(problem, Conflict)
    assert "Nothing of yours was saved" in problem.message
    assert len(await sent(asked)) == 1


async def test_a_stale_version_or_a_foreign_id_changes_nothing(database: Cluster) -> None:
    asked = await asked_school(await make_area())
    await do(asked.contact, returns.save_draft, **keys(asked, answers=ANSWERS))
    with pytest.raises(Conflict):
        await do(asked.contact, returns.save_draft, **keys(asked, answers={}))
    elsewhere = await asked_school(await make_area())
    for wrong in ({"request_id": uuid7()}, {"area_id": elsewhere.area.id}, {"request_id": elsewhere.request.id}):
        for verb, extra in (
            (returns.submit, {}),
            (returns.save_draft, {"answers": {}}),
            (returns.withdraw, {}),
            (returns.decline, {"reason": "Not mine."}),
        ):
            with pytest.raises(NotFound):
                await do(asked.contact, verb, **keys(asked, **{**wrong, **extra}))
    assert (await form(asked)).answers == ANSWERS


@pytest.mark.parametrize("who", ["manager", "viewer", "other manager", "neighbour", "same school elsewhere", "expired"])
async def test_nobody_answers_for_a_school_but_its_own_people(database: Cluster, who: str) -> None:
    area, other = await make_area(), await make_area()
    asked = await asked_school(area)
    by = {
        "manager": manager(area),
        "viewer": actor(Role.VIEWER, area_id=area.id),
        "other manager": manager(other),
        "neighbour": contact(area, await chosen_school(area, name="Neighbour")),
        "same school elsewhere": contact(other, asked.school),
        "expired": actor(Role.ESTABLISHMENT_CONTACT, area_id=area.id),  # no reach: the assignment has ended
    }[who]
    for verb, extra in (
        (returns.submit, {"answers": ANSWERS}),
        (returns.save_draft, {"answers": ANSWERS}),
        (returns.decline, {"reason": "Not mine."}),
    ):
        with pytest.raises((NotAllowed, NotFound)):
            await do(by, verb, **keys(asked, **extra))
    assert (await request_of(area, asked.school)).state == "not_started"
