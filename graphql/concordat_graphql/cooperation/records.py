"""Gathering the whole record of a request: two statements, whoever reads it."""

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
from tenants.cooperation.queries import forms, records
from tenants.cooperation.queries.requests import RequestRow
from tenants.cooperation.rules.requests import next_state
from tenants.cooperation.service.follow_up import proposal
from tenants.tenancy.actor import Actor


async def request_record(actor: Actor, *, area_id: int, request_id: UUID) -> RequestRecord | None:
    """Return the record as this actor may read it, or None: two statements. Expects an open scope."""
    form = await forms.form(area_id=area_id, request_id=request_id)
    if form is None:
        return None
    row, before = form.request, form.before
    record = await records.record(area_id=area_id, request_id=request_id)
    answers = permissions.can_answer(actor, area_id=area_id, organisation_id=row.organisation_id)
    replies = permissions.can_reply(actor, area_id=area_id)
    return RequestRecord(
        request=DutyRequest.of(row),
        asked=DutyVersion.of(form.asked),
        draft=given(before.answers, prefilled=before.prefilled) if answers else None,
        draft_saved_at=before.saved_at if answers else None,
        submissions=[Submission.of(submission) for submission in record.submissions],
        messages=[RequestMessage.of(message) for message in record.messages],
        follow_up=_follow_up(row, record) if area_id in actor.read_areas else None,
        may_answer=answers,
        may_reply=replies and next_state(row.state, "accept") is not None,
        may_save=answers and next_state(row.state, "save") is not None,
        may_withdraw=answers and next_state(row.state, "withdraw") is not None,
        may_decline=answers and next_state(row.state, "decline") is not None,
    )


def _follow_up(row: RequestRow, record: records.Record) -> FollowUp:
    suggested = proposal(row, steps=record.steps)
    return FollowUp(
        steps=[FollowUpStep(title=step.title, working_days=step.working_days) for step in record.steps],
        moves=[FollowUpMove.of(move) for move in record.moves],
        reminders=[SentReminder.of(reminder) for reminder in record.reminders],
        proposal=None
        if suggested is None
        else FollowUpProposal(step=suggested.step, title=suggested.title, evidence=suggested.evidence),
    )
