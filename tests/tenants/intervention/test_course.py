"""A flag's course: raised, referred, asked about, decided, reviewed, closed; every move named, reasoned and audited."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from infra.clock import today
from tenants.audit import queries as audit
from tenants.intervention import queries, service
from tenants.intervention.rules.drafts import DecisionDraft, Evidence
from tenants.intervention.rules.states import Party, State
from tenants.tenancy.errors import NotAllowed, WrongState
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.world import actor, make_area, manager, official
from tests.tenants.intervention.people import (
    DRAFT,
    REASON,
    acknowledged,
    decide,
    decided,
    plain,
    raised,
    read,
    refer,
    referred,
    scrutineer,
    senior,
)


async def test_a_raised_flag_says_what_was_written_and_is_not_referred(database: Cluster) -> None:
    area = await make_area()
    flag_id = await raised(area)
    flag = await read(area, flag_id)
    assert (flag.title, flag.concern, flag.partners) == (DRAFT.title, DRAFT.concern, DRAFT.partners)
    assert (flag.evidence, flag.told) == (DRAFT.evidence, DRAFT.told)
    assert (flag.state, flag.referred_at, flag.version) == (State.RAISED, None, 1)
    assert (flag.raised_as, flag.raised_by_name, flag.raised_by_role) == (
        Party.AREA,
        "Bea Manager",
        "business_manager",
    )
    async with tenant_scope(manager(area), readonly=True):
        kept = await queries.working(area_id=area.id, flag_id=flag_id)
    assert kept == queries.Working(tried=DRAFT.tried, note=DRAFT.note)


async def test_the_whole_course_is_in_the_record_and_in_the_audit_trail(database: Cluster) -> None:
    area = await make_area()
    flag_id = await acknowledged(area)
    flag = await read(area, flag_id)
    who = official()
    async with tenant_scope(who):
        await service.ask_about_flag(
            by=who,
            area_id=area.id,
            flag_id=flag_id,
            version=flag.version,
            question="What did the mediator advise?",
            reply_due_on=today() + timedelta(days=10),
            reason=REASON,
        )
    asked = await read(area, flag_id)
    assert (asked.state, asked.reply_due_on) == (State.INFORMATION_REQUESTED, today() + timedelta(days=10))
    note = Evidence(title="Mediator's note", url="https://testshire.example/note")
    async with tenant_scope(manager(area)):
        await service.answer_about_flag(
            by=manager(area),
            area_id=area.id,
            flag_id=flag_id,
            version=asked.version,
            answer="That the shares follow the three-year average.",
            evidence=(note,),
        )
    answered = await read(area, flag_id)
    assert answered.evidence == (*DRAFT.evidence, note)
    assert answered.reply_due_on is None
    await decide(area, flag_id, by=official())
    await plain("close_flag", area, flag_id, by=official())
    closed = await read(area, flag_id)
    assert (closed.state, closed.decision, closed.version) == (State.CLOSED, "support", 7)
    async with tenant_scope(manager(area), readonly=True):
        moves = await queries.moves(area_id=area.id, flag_id=flag_id)
        entries = await audit.entries(area_id=area.id)
        assert await audit.first_broken_link(area_id=area.id) is None
    course = ["raise", "refer", "acknowledge", "ask", "answer", "decide", "close"]
    assert [move.move for move in moves] == course
    assert [entry.action for entry in reversed(entries)] == [f"flag.{move}" for move in course]
    assert all(move.reason for move in moves if move.move not in ("raise", "answer"))
    assert [move.by_role for move in moves][-2:] == ["official", "official"]
    decision = entries[1]
    assert decision.after is not None
    assert (decision.actor_name, decision.legal_basis) == ("Oliver Official", "Children Act 2004 s.16E")
    assert (decision.after["decision"], decision.after["state"]) == ("support", "decided")


async def test_a_flag_can_be_changed_until_it_is_referred(database: Cluster) -> None:
    area = await make_area()
    flag_id = await raised(area)
    changed = replace(DRAFT, title="No agreed budget since May", tried="A third meeting, this time with a mediator.")
    async with tenant_scope(manager(area)):
        await service.amend_flag(
            by=manager(area), area_id=area.id, flag_id=flag_id, version=1, draft=changed, reason=REASON
        )
        kept = await queries.working(area_id=area.id, flag_id=flag_id)
    assert (await read(area, flag_id)).title == "No agreed budget since May"
    assert kept is not None
    assert kept.tried == changed.tried
    await refer(area, flag_id)
    async with tenant_scope(manager(area)):
        with pytest.raises(WrongState, match="has been referred"):
            await service.amend_flag(
                by=manager(area), area_id=area.id, flag_id=flag_id, version=3, draft=DRAFT, reason=REASON
            )


async def test_withdrawn_before_referral_it_opens_again_as_raised(database: Cluster) -> None:
    area = await make_area()
    flag_id = await raised(area)
    await plain("withdraw_flag", area, flag_id, by=manager(area))
    assert (await read(area, flag_id)).state is State.WITHDRAWN_LOCALLY
    await plain("reopen_flag", area, flag_id, by=manager(area))
    assert (await read(area, flag_id)).state is State.RAISED


async def test_a_withdrawn_referral_opens_again_as_referred_and_stays_known_to_the_department(
    database: Cluster,
) -> None:
    area = await make_area()
    flag_id = await referred(area)
    await plain("withdraw_flag", area, flag_id, by=manager(area))
    assert (await read(area, flag_id, by=official())).state is State.WITHDRAWN
    await plain("reopen_flag", area, flag_id, by=manager(area))
    assert (await read(area, flag_id)).state is State.REFERRED


async def test_after_the_decision_the_area_cannot_withdraw(database: Cluster) -> None:
    area = await make_area()
    flag_id = await decided(area)
    with pytest.raises(WrongState, match="has been decided"):
        await plain("withdraw_flag", area, flag_id, by=manager(area))


async def test_a_closed_flag_opened_again_has_no_decision_any_more_but_the_record_keeps_it(database: Cluster) -> None:
    area = await make_area()
    flag_id = await decided(area)
    await plain("close_flag", area, flag_id, by=official())
    await plain("reopen_flag", area, flag_id, by=official())
    flag = await read(area, flag_id)
    assert (flag.state, flag.decision, flag.review_on) == (State.ACKNOWLEDGED, None, None)
    async with tenant_scope(manager(area), readonly=True):
        moves = await queries.moves(area_id=area.id, flag_id=flag_id)
    assert [move.decision for move in moves if move.move == "decide"] == ["support"]


GRAVE = DecisionDraft(
    decision="referred_to_secretary_of_state",
    reasons="Nothing the area or the Department has tried has changed the force's position.",
    review_on=today() + timedelta(days=30),
    power="police_direction",
)


async def test_the_gravest_decisions_are_for_a_senior_official(database: Cluster) -> None:
    area = await make_area()
    flag_id = await acknowledged(area)
    with pytest.raises(NotAllowed, match="senior official only"):
        await decide(area, flag_id, draft=GRAVE, by=official())
    assert (await read(area, flag_id)).state is State.ACKNOWLEDGED
    await decide(area, flag_id, draft=GRAVE, by=senior())
    flag = await read(area, flag_id)
    assert (flag.state, flag.decision, flag.power) == (State.DECIDED, GRAVE.decision, "police_direction")


async def test_the_scrutineer_raises_and_refers_but_does_not_change_the_areas_flag(database: Cluster) -> None:
    area = await make_area()
    own = await raised(area, by=scrutineer(area))
    assert (await read(area, own)).raised_as is Party.SCRUTINEER
    await refer(area, own, by=scrutineer(area))
    with pytest.raises(NotAllowed, match="only the scrutineer"):
        await plain("withdraw_flag", area, own, by=manager(area))
    with pytest.raises(NotAllowed, match="only the area"):
        await plain("withdraw_flag", area, await raised(area), by=scrutineer(area))


@pytest.mark.parametrize("role", [Role.VIEWER, Role.OFFICIAL, Role.SENIOR_OFFICIAL, Role.PLATFORM_ADMINISTRATOR])
async def test_viewers_officials_and_administrators_cannot_raise_a_flag(database: Cluster, role: Role) -> None:
    area = await make_area()
    who = actor(role, area_id=area.id if role is Role.VIEWER else None)
    with pytest.raises(NotAllowed, match="can raise a flag"):
        await raised(area, by=who)
    assert await flags_of(area.id, by=manager(area)) == 0


async def flags_of(area_id: int, *, by: object) -> int:
    async with tenant_scope(by, readonly=True):  # type: ignore[arg-type]
        return len(await queries.flags(area_ids=[area_id]))


async def test_someone_whose_role_has_ended_cannot_act(database: Cluster) -> None:
    area = await make_area()
    flag_id = await raised(area)
    former = replace(manager(area), grants=())
    with pytest.raises(NotAllowed):
        await raised(area, by=former)
    with pytest.raises(Exception, match="could not find"):
        await plain("withdraw_flag", area, flag_id, by=former, version=1)
