"""Duties: written, checked, published as frozen versions, asked of the agencies in scope."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from infra.clock import today
from infra.ids import uuid7
from tenants.cooperation.queries import duties as queries
from tenants.cooperation.rules.duties import Question, Step
from tenants.cooperation.rules.requests import academic_year
from tenants.cooperation.service import choosing, duties
from tenants.tenancy.errors import Conflict, Invalid, NotAllowed, NotFound, Problems, WrongState
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.cooperation import (
    QUESTIONS,
    ask,
    chosen_school,
    contact,
    do,
    duty_of,
    duty_text,
    open_cycle,
    published_duty,
    request_of,
)
from tests.support.world import AreaMade, actor, make_area, manager


async def versions(area: AreaMade, duty_id: UUID) -> list[queries.VersionRow]:
    async with tenant_scope(manager(area), readonly=True):
        return await queries.versions(area_id=area.id, duty_id=duty_id)


async def test_a_duty_keeps_what_its_author_wrote(database: Cluster) -> None:
    area = await make_area()
    duty_id = await do(manager(area), duties.draft_duty, area_id=area.id, text=duty_text(legal_note="See the plan."))
    duty = await duty_of(area, duty_id)
    assert (duty.state, duty.latest_number, duty.changed) == ("draft", 0, True)
    assert duty.questions == QUESTIONS
    assert duty.follow_up[1] == Step(title="Call by the education safeguarding team", working_days=10)
    assert duty.reminder_days == (-10, -2, 1)


def many(count: int) -> tuple[Question, ...]:
    return tuple(Question(key=f"q{n}", kind="text", text="Why?") for n in range(count))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"body": " "}, "body"),
        ({"body": "x" * 10001}, "body"),
        ({"legal_note": "x" * 1001}, "legalNote"),
        ({"legal_basis": ()}, "legalBasis"),
        ({"legal_basis": ("ca2004_14b",)}, "legalBasis"),
        ({"cycle": "sometimes"}, "cycle"),
        ({"categories": ()}, "categories"),
        ({"categories": ("wizard",)}, "categories"),
        ({"questions": ()}, "questions"),
        ({"questions": many(61)}, "questions"),
        ({"questions": many(1) * 2}, "questions"),
        ({"questions": (Question(key="Q 1", kind="text", text="Why?"),)}, "questions.1"),
        ({"questions": (Question(key="q", kind="essay", text="Why?"),)}, "questions.1"),
        ({"questions": (Question(key="q", kind="text", text=""),)}, "questions.1"),
        ({"questions": (Question(key="q", kind="text", text="About 943 476 5919?"),)}, "questions.1"),
        ({"questions": (Question(key="q", kind="text", text="Why?", help="x" * 1001),)}, "questions.1"),
        ({"opens_on": date(2026, 9, 2), "due_on": date(2026, 9, 1)}, "dueOn"),
        ({"opens_on": None, "due_on": date(2101, 2, 13)}, "dueOn"),
        ({"reminder_days": (61,)}, "reminderDays"),
        ({"reminder_days": tuple(range(11))}, "reminderDays"),
        ({"follow_up": (Step(title="Call", working_days=5), Step(title="Write", working_days=5))}, "followUp"),
        ({"follow_up": (Step(title="Call", working_days=0),)}, "followUp"),
        ({"follow_up": (Step(title="", working_days=5),)}, "followUp"),
    ],
)
async def test_a_bad_duty_is_a_problem_on_its_field(database: Cluster, changes: dict[str, Any], field: str) -> None:
    area = await make_area()
    with pytest.raises(Problems) as found:
        await do(manager(area), duties.draft_duty, area_id=area.id, text=duty_text(**changes))
    assert [problem.field for problem in found.value.problems] == [field]
    async with tenant_scope(manager(area), readonly=True):
        assert await queries.duties(area_id=area.id) == []


async def test_all_that_is_wrong_is_told_at_once(database: Cluster) -> None:
    area = await make_area()
    with pytest.raises(Problems) as found:
        await do(manager(area), duties.draft_duty, area_id=area.id, text=duty_text(title="", body="", cycle=""))
    assert [problem.field for problem in found.value.problems] == ["title", "body", "cycle"]


async def test_publishing_freezes_the_questions_and_later_edits_make_a_new_version(database: Cluster) -> None:
    area = await make_area()
    duty_id = await published_duty(area)
    duty = await duty_of(area, duty_id)
    with pytest.raises(WrongState, match="nothing new to publish"):
        await do(manager(area), duties.publish_duty, area_id=area.id, duty_id=duty_id, version=duty.version)
    shorter = duty_text(title="Yearly return, shorter", questions=QUESTIONS[:1])
    await do(manager(area), duties.revise_duty, area_id=area.id, duty_id=duty_id, version=duty.version, text=shorter)
    assert [(v.number, len(v.questions)) for v in await versions(area, duty_id)] == [(1, 5)]
    await do(manager(area), duties.publish_duty, area_id=area.id, duty_id=duty_id, version=duty.version + 1)
    assert [(v.number, v.title, len(v.questions)) for v in await versions(area, duty_id)] == [
        (2, "Yearly return, shorter", 1),
        (1, "Yearly safeguarding return", 5),
    ]


async def test_an_edit_of_a_version_that_has_moved_on_is_refused(database: Cluster) -> None:
    area = await make_area()
    duty_id = await published_duty(area)
    for verb, inputs in (
        (duties.revise_duty, {"text": duty_text()}),
        (duties.publish_duty, {}),
        (duties.retire_duty, {"reason": "Not needed."}),
    ):
        with pytest.raises(Conflict):
            await do(manager(area), verb, area_id=area.id, duty_id=duty_id, version=1, **inputs)


async def test_a_cycle_asks_every_included_agency_in_the_categories_once(database: Cluster) -> None:
    area = await make_area()
    asked, ceased = await chosen_school(area, name="Asked"), await chosen_school(area, name="Ceased")
    body = await chosen_school(area, name="Another")
    agency = (await request_of(area, ceased, cycle_id=await ask(area))).agency_id
    await do(manager(area), choosing.cease, area_id=area.id, agency_id=agency, version=1, reason="Closed.")
    cycle = await ask(area, title="Second duty")
    assert (await request_of(area, asked, cycle_id=cycle)).title == "Second duty"
    assert (await request_of(area, body, cycle_id=cycle)).state == "not_started"
    with pytest.raises(ValueError):
        await request_of(area, ceased, cycle_id=cycle)


async def test_a_yearly_cycle_is_named_after_the_academic_year_and_opened_once(database: Cluster) -> None:
    area = await make_area()
    await chosen_school(area)
    duty_id = await published_duty(area)
    cycle_id = await open_cycle(area, duty_id, opens_on=date(2026, 9, 1), due_on=date(2027, 2, 12))
    async with tenant_scope(manager(area), readonly=True):
        cycle = await queries.cycle(area_id=area.id, cycle_id=cycle_id)
    assert cycle is not None
    assert (cycle.label, cycle.asked, cycle.returned) == ("2026-27", 1, 0)
    with pytest.raises(WrongState, match="already been asked for this duty for “2026-27”"):
        await open_cycle(area, duty_id, opens_on=date(2026, 10, 1), due_on=date(2027, 3, 12))


async def test_a_cycle_for_each_version_of_the_arrangements_is_named_after_it(database: Cluster) -> None:
    area = await make_area()
    await chosen_school(area)
    duty_id = await published_duty(area, cycle="each_new_version")
    inputs = {"area_id": area.id, "duty_id": duty_id}
    with pytest.raises(Invalid, match="which version of the arrangements"):
        await do(manager(area), duties.open_cycle, **inputs)
    await do(manager(area), duties.open_cycle, arrangements_version="Version 4", **inputs)
    async with tenant_scope(manager(area), readonly=True):
        assert [c.label for c in await queries.cycles(area_id=area.id)] == ["Version 4"]


async def test_those_who_join_later_can_be_asked_too(database: Cluster) -> None:
    area = await make_area()
    await chosen_school(area)
    cycle_id = await ask(area)
    late = await chosen_school(area, name="Latecomer")
    assert await do(manager(area), duties.ask_latecomers, area_id=area.id, cycle_id=cycle_id) == 1
    assert await do(manager(area), duties.ask_latecomers, area_id=area.id, cycle_id=cycle_id) == 0
    assert (await request_of(area, late)).cycle_label == academic_year(today() - timedelta(days=20))


async def test_a_cycle_needs_a_published_duty_dates_and_someone_to_ask(database: Cluster) -> None:
    area, other = await make_area(), await make_area()
    who = manager(area)
    draft = await do(who, duties.draft_duty, area_id=area.id, text=duty_text())
    with pytest.raises(WrongState, match="Publish this duty"):
        await open_cycle(area, draft)
    published = await published_duty(area, opens_on=None, due_on=None)
    for dates, field in (
        ({"due_on": today()}, "opensOn"),
        ({"opens_on": today()}, "dueOn"),
        ({"opens_on": today(), "due_on": today() - timedelta(days=1)}, "dueOn"),
    ):
        with pytest.raises(Invalid) as problem:
            await open_cycle(area, published, **dates)
        assert problem.value.field == field
    with pytest.raises(WrongState, match="No relevant agency"):
        await open_cycle(area, published, opens_on=today(), due_on=today())
    with pytest.raises(NotFound):
        await open_cycle(area, await published_duty(other))
    with pytest.raises(NotFound):
        await do(who, duties.ask_latecomers, area_id=area.id, cycle_id=uuid7())


async def test_a_retired_duty_is_asked_no_more(database: Cluster) -> None:
    area = await make_area()
    await chosen_school(area)
    duty_id = await published_duty(area)
    retire = {"area_id": area.id, "duty_id": duty_id}
    await do(manager(area), duties.retire_duty, version=2, reason="Replaced by the audit.", **retire)
    with pytest.raises(WrongState):
        await open_cycle(area, duty_id)
    for verb, inputs in (
        (duties.revise_duty, {"text": duty_text()}),
        (duties.publish_duty, {}),
        (duties.retire_duty, {"reason": "Again."}),
    ):
        with pytest.raises(WrongState):
            await do(manager(area), verb, version=3, **retire, **inputs)


@pytest.mark.parametrize("who", ["viewer", "other area", "school"])
async def test_only_the_areas_manager_writes_duties(database: Cluster, who: str) -> None:
    area = await make_area()
    school = await chosen_school(area)
    by = {
        "viewer": actor(Role.VIEWER, area_id=area.id),
        "other area": manager(await make_area()),
        "school": contact(area, school),
    }[who]
    duty_id = await published_duty(area)
    keys = {"area_id": area.id, "duty_id": duty_id}
    for verb, inputs in (
        (duties.draft_duty, {"area_id": area.id, "text": duty_text()}),
        (duties.revise_duty, {**keys, "version": 2, "text": duty_text()}),
        (duties.publish_duty, {**keys, "version": 2}),
        (duties.retire_duty, {**keys, "version": 2, "reason": "Mine now."}),
        (duties.open_cycle, keys),
    ):
        with pytest.raises(NotAllowed):
            await do(by, verb, **inputs)
    assert await duty_of(area, duty_id) == replace(await duty_of(area, duty_id), version=2, state="published")


async def test_a_school_reads_the_version_it_was_asked_and_no_working_text(database: Cluster) -> None:
    area, other = await make_area(), await make_area()
    school, stranger = await chosen_school(area), await chosen_school(other)
    await ask(area)
    request = await request_of(area, school)
    async with tenant_scope(contact(area, school), readonly=True):
        asked = await queries.version(area_id=area.id, version_id=request.duty_version_id)
        assert asked is not None
        assert asked.questions == QUESTIONS
        assert await queries.duties(area_id=area.id) == []
    async with tenant_scope(contact(other, stranger), readonly=True):
        assert await queries.version(area_id=area.id, version_id=request.duty_version_id) is None


async def test_whom_a_version_asks_is_frozen_with_it(database: Cluster) -> None:
    area = await make_area()
    school = await chosen_school(area)
    duty_id = await published_duty(area)
    elsewhere = duty_text(categories=("charity",))
    await do(manager(area), duties.revise_duty, area_id=area.id, duty_id=duty_id, version=2, text=elsewhere)
    cycle_id = await open_cycle(area, duty_id)
    assert (await request_of(area, school, cycle_id=cycle_id)).state == "not_started"
