"""Wrong input is answered in the person's words, all of it at once, and nothing is written."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from infra.clock import today
from infra.database import sql
from infra.ids import uuid7
from tenants.intervention import service
from tenants.intervention.rules.drafts import DecisionDraft, Evidence, Told, decision_problems, draft_problems
from tenants.tenancy.errors import Conflict, NotFound, Problems, WrongState
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.world import AreaMade, make_area, manager, official
from tests.tenants.intervention.people import DRAFT, REASON, SUPPORT, acknowledged, plain, raised, read, refer, referred

DAY = today()
HTTP = Evidence(title="Minutes", url="http://testshire.example/minutes")
SCRIPT = Evidence(title="Minutes", url="javascript:alert(1)")
UNTITLED = Evidence(title="", url="https://testshire.example")
ABOUT_A_CHILD = Evidence(title="Minutes about 9434765919", url="https://testshire.example/cases/1")
TOMORROW = Told(name="Una Chief", post="Chief executive", on=DAY + timedelta(days=1))


@pytest.mark.parametrize(
    ("change", "field", "says"),
    [
        ({"kind": "row"}, "kind", "Choose what the concern is."),
        ({"title": ""}, "title", "Enter a title."),
        ({"title": "Bad"}, "title", "at least 5"),
        ({"title": "x" * 201}, "title", "200 characters or fewer; it has 201"),
        ({"concern": "   \n "}, "concern", "Enter the account of the concern."),
        ({"concern": "x" * 8001}, "concern", "8000 characters or fewer"),
        ({"tried": "Talked"}, "tried", "at least 10"),
        ({"note": "x" * 4001}, "note", "4000 characters or fewer"),
        ({"partners": ("x",)}, "partners", "2 to 200"),
        ({"partners": ("Testshire Police",) * 21}, "partners", "at most 20"),
        ({"evidence": (HTTP,)}, "evidence", "https://"),
        ({"evidence": (SCRIPT,)}, "evidence", "https://"),
        ({"evidence": (UNTITLED,)}, "evidence", "title"),
        ({"concern": "The child with NHS number 943 476 5919 was not seen"}, "concern", "an NHS number"),
        ({"tried": "We wrote of the child, dob 030914, to the lead"}, "tried", "a date of birth"),
        ({"note": "UPN H801200001001 is on roll"}, "note", "a unique pupil number"),
        ({"evidence": (ABOUT_A_CHILD,)}, "evidence", "an NHS number"),
        ({"told": (TOMORROW,)}, "told", "cannot be in the future"),
        ({"told": (Told(name="", post="", on=date(2026, 1, 1)),)}, "told", "the name and the post"),
    ],
)
def test_each_mistake_in_a_flag_is_named_with_its_field(change: dict[str, Any], field: str, says: str) -> None:
    problems = list(draft_problems(replace(DRAFT, **change), day=DAY))
    assert [problem.field for problem in problems] == [field]
    assert says in problems[0].message


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"decision": "abolish"}, "decision"),
        ({"reasons": "Because."}, "reasons"),
        ({"review_on": None}, "reviewOn"),
        ({"review_on": DAY}, "reviewOn"),
        ({"power": "police_direction"}, "power"),
        ({"decision": "referred_to_secretary_of_state"}, "power"),
        ({"decision": "passed_to_power_holder", "power": "masa_direction"}, "power"),
    ],
)
def test_each_mistake_in_a_decision_is_named_with_its_field(change: dict[str, Any], field: str) -> None:
    problems = list(decision_problems(replace(SUPPORT, **change), day=DAY))
    assert [problem.field for problem in problems] == [field]


def test_no_action_needs_no_review_date() -> None:
    draft = DecisionDraft(decision="no_action", reasons="The partners have since agreed between themselves.")
    assert list(decision_problems(draft, day=DAY)) == []


async def test_all_mistakes_come_at_once_and_nothing_is_written(database: Cluster) -> None:
    area = await make_area()
    with pytest.raises(Problems) as caught:
        await raised(area, title="", concern="", tried="", kind="")
    assert [problem.field for problem in caught.value.problems] == ["kind", "title", "concern", "tried"]
    assert await rows(area) == 0


async def test_control_characters_and_outer_space_are_taken_away(database: Cluster) -> None:
    area = await make_area()
    flag_id = await raised(area, title="  No budget\x00 agreed  ")
    assert (await read(area, flag_id)).title == "No budget agreed"


async def rows(area: AreaMade) -> int:
    async with tenant_scope(manager(area), readonly=True):
        return int(await sql.fetch_value("select count(*) from intervention_flag where area_id = $1", area.id))


Verb = Callable[[AreaMade, Any], Awaitable[None]]


async def refer_with_nothing(area: AreaMade, flag_id: Any) -> None:
    async with tenant_scope(manager(area)):
        await service.refer_flag(
            by=manager(area), area_id=area.id, flag_id=flag_id, version=1, submission=" ", reason=""
        )


async def ask_yesterday(area: AreaMade, flag_id: Any) -> None:
    async with tenant_scope(official()):
        await service.ask_about_flag(
            by=official(), area_id=area.id, flag_id=flag_id, version=3, question="", reply_due_on=DAY, reason=""
        )


async def decide_nothing(area: AreaMade, flag_id: Any) -> None:
    async with tenant_scope(official()):
        draft = DecisionDraft(decision="", reasons="")
        await service.decide_flag(by=official(), area_id=area.id, flag_id=flag_id, version=3, draft=draft)


@pytest.mark.parametrize(
    ("make", "verb", "fields"),
    [
        (raised, refer_with_nothing, ["submission", "reason"]),
        (acknowledged, ask_yesterday, ["question", "replyDueOn", "reason"]),
        (acknowledged, decide_nothing, ["reasons", "decision"]),
    ],
)
async def test_a_move_with_missing_input_changes_nothing(
    database: Cluster, make: Callable[[AreaMade], Awaitable[Any]], verb: Verb, fields: list[str]
) -> None:
    area = await make_area()
    flag_id = await make(area)
    before = await read(area, flag_id)
    with pytest.raises(Problems) as caught:
        await verb(area, flag_id)
    assert [problem.field for problem in caught.value.problems] == fields
    assert await read(area, flag_id) == before


async def test_an_answer_with_too_many_links_in_all_is_refused(database: Cluster) -> None:
    area = await make_area()
    flag_id = await raised(area, evidence=DRAFT.evidence * 20)
    await refer(area, flag_id)
    await plain("acknowledge_flag", area, flag_id, by=official())
    async with tenant_scope(official()):
        await service.ask_about_flag(
            by=official(),
            area_id=area.id,
            flag_id=flag_id,
            version=3,
            question="What did the mediator advise?",
            reply_due_on=DAY + timedelta(days=3),
            reason=REASON,
        )
    with pytest.raises(Problems, match="at most 20 links"):
        async with tenant_scope(manager(area)):
            await service.answer_about_flag(
                by=manager(area),
                area_id=area.id,
                flag_id=flag_id,
                version=4,
                answer="That the shares follow the average.",
                evidence=DRAFT.evidence,
            )


async def test_a_made_up_id_is_not_found_and_a_stale_version_conflicts(database: Cluster) -> None:
    area = await make_area()
    with pytest.raises(NotFound):
        await plain("withdraw_flag", area, uuid7(), by=manager(area), version=1)
    flag_id = await referred(area)
    with pytest.raises(Conflict):
        await plain("withdraw_flag", area, flag_id, by=manager(area), version=1)
    with pytest.raises(WrongState):
        await plain("close_flag", area, flag_id, by=official())
    assert (await read(area, flag_id)).version == 2
