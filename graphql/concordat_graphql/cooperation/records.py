"""Gathering the whole record of a request: a fixed number of statements, whoever reads it."""

from __future__ import annotations

from uuid import UUID

from concordat_graphql.cooperation.types.duties import DutyVersion, FollowUpStep
from concordat_graphql.cooperation.types.requests import (
    DutyRequest,
    FollowUp,
    FollowUpMove,
    FollowUpProposal,
    RequestMessage,
    RequestRecord,
    SentReminder,
    Submission,
    given,
)
from tenants.cooperation import permissions
from tenants.cooperation.queries import duties, requests, returns
from tenants.cooperation.rules.requests import next_state
from tenants.cooperation.service.follow_up import proposal
from tenants.tenancy.actor import Actor


async def request_record(actor: Actor, *, area_id: int, request_id: UUID) -> RequestRecord | None:
    """Return the record as this actor may read it, or None. Expects an open scope."""
    row = await requests.request(area_id=area_id, request_id=request_id)
    if row is None:
        return None
    asked = await duties.version(area_id=area_id, version_id=row.duty_version_id)
    assert asked is not None
    answers = permissions.can_answer(actor, area_id=area_id, organisation_id=row.organisation_id)
    replies = permissions.can_reply(actor, area_id=area_id)
    draft = await _draft(row, asked) if answers else None
    return RequestRecord(
        request=DutyRequest.of(row),
        asked=DutyVersion.of(asked),
        draft=None if draft is None else given(draft.answers, prefilled=draft.prefilled),
        draft_saved_at=None if draft is None else draft.saved_at,
        submissions=[Submission.of(s) for s in await returns.submissions(area_id=area_id, request_id=request_id)],
        messages=[RequestMessage.of(m) for m in await returns.messages(area_id=area_id, request_id=request_id)],
        follow_up=await _follow_up(row) if area_id in actor.read_areas else None,
        may_answer=answers,
        may_reply=replies and next_state(row.state, "accept") is not None,
        may_save=answers and next_state(row.state, "save") is not None,
        may_withdraw=answers and next_state(row.state, "withdraw") is not None,
        may_decline=answers and next_state(row.state, "decline") is not None,
    )


async def _draft(row: requests.RequestRow, asked: duties.VersionRow) -> returns.Draft:
    return await returns.draft(
        area_id=row.area_id,
        request_id=row.id,
        organisation_id=row.organisation_id,
        duty_id=row.duty_id,
        questions=asked.questions,
    )


async def _follow_up(row: requests.RequestRow) -> FollowUp:
    duty = await duties.duty(area_id=row.area_id, duty_id=row.duty_id)
    steps = () if duty is None else duty.follow_up
    suggested = proposal(row, steps=steps)
    return FollowUp(
        steps=[FollowUpStep(title=step.title, working_days=step.working_days) for step in steps],
        moves=[FollowUpMove.of(m) for m in await returns.moves(area_id=row.area_id, request_id=row.id)],
        reminders=[SentReminder.of(r) for r in await returns.reminders(area_id=row.area_id, request_id=row.id)],
        proposal=None
        if suggested is None
        else FollowUpProposal(step=suggested.step, title=suggested.title, evidence=suggested.evidence),
    )
