"""The agency's side: save a draft, send it, take it back, decline; one school, or many of a trust."""

from __future__ import annotations

import json
from collections.abc import Sequence
from uuid import UUID

from infra.clock import now
from infra.database import sql
from infra.database.holding import Step
from tenants.audit.service import record
from tenants.cooperation import permissions
from tenants.cooperation.queries.forms import Form, Key, forms_now, held_forms
from tenants.cooperation.rules import answers as rules
from tenants.cooperation.rules.answers import Answers
from tenants.cooperation.rules.requests import RequestState
from tenants.cooperation.service.request_row import moved, set_state
from tenants.cooperation.service.sending import Sending, checked, send, sending, unconfirmed, written
from tenants.cooperation.service.untouched import UNTOUCHED, untouched
from tenants.cooperation.tables import Submission
from tenants.tenancy import checks
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import NotFound, Problem, Problems, WrongState


async def save_draft(*, by: Actor, area_id: int, request_id: UUID, version: int, answers: Answers) -> UUID:
    """Keep an unfinished answer, for the agency's eyes only; return the request's id.

    Raises `NotFound`, `NotAllowed`, `WrongState`, `Conflict`, and `Problems` for text that cannot be kept.
    """
    form = await _form(by, area_id, request_id, version)
    state = moved(form.request, "save")
    given = checked(form, answers, complete=False)
    await sql.execute(
        """insert into request_draft (area_id, request_id, organisation_id, answers, prefilled, saved_by)
        values ($1, $2, $3, $4::text::jsonb, $5, $6)
        on conflict (area_id, request_id) do update set answers = excluded.answers, prefilled = excluded.prefilled,
            saved_by = excluded.saved_by, saved_at = now()""",
        area_id,
        request_id,
        form.request.organisation_id,
        json.dumps(rules.to_json(given)),
        unconfirmed(form, given),
        by.name,
    )
    await set_state(form.request, state)
    await record(by=by, area_id=area_id, action="return.save", subject=("duty_request", request_id))
    return request_id


async def submit(
    *,
    by: Actor,
    area_id: int,
    request_id: UUID,
    version: int,
    answers: Answers | None = None,
    confirm_prefilled: bool = False,
) -> UUID:
    """Send the answers (without any: the draft as it stands); return the submission's id, which has the receipt.

    Answers carried over from last year must be changed or confirmed. Raises as `save_draft`.
    """
    form = await _form(by, area_id, request_id, version)
    one = _submission(form, answers, confirm_prefilled=confirm_prefilled)
    await send(by=by, sendings=[one])
    return one.submission_id


async def submitting(
    *,
    by: Actor,
    area_id: int,
    request_id: UUID,
    version: int,
    answers: Answers | None = None,
    confirm_prefilled: bool = False,
) -> list[Step]:
    """Decide as `submit` does, about the request as it is at this moment, outside any scope; return the steps that
    write it, the first of which raises in the database where the request has changed since. Raises as `submit`.

    What can be decided without reading the request (`untouched`) is decided so.
    """
    if version == UNTOUCHED and answers is not None:
        step = untouched(
            by=by, area_id=area_id, request_id=request_id, answers=answers, confirm_prefilled=confirm_prefilled
        )
        if step is not None:
            return [step]
    forms = await forms_now(by=by, keys=[(area_id, request_id)])
    form = _expected(by, forms.get((area_id, request_id)), version)
    return written(by=by, sendings=[_submission(form, answers, confirm_prefilled=confirm_prefilled)])


def _submission(form: Form, answers: Answers | None, *, confirm_prefilled: bool) -> Sending:
    return sending(form, form.before.answers if answers is None else answers, confirm_prefilled=confirm_prefilled)


async def confirm(*, by: Actor, area_id: int, request_id: UUID, answers: Answers | None = None) -> UUID:
    """Send one school's return; see `confirm_each`. Raises `NotFound`, `NotAllowed`, `WrongState`, `Problems`."""
    key = (area_id, request_id)
    outcome = (await confirm_each(by=by, keys=[key], answers=answers))[key]
    if isinstance(outcome, UUID):
        return outcome
    raise outcome


async def confirm_each(
    *, by: Actor, keys: Sequence[Key], answers: Answers | None = None
) -> dict[Key, UUID | Problem | Problems]:
    """Send the returns of many schools, each its draft or last year's answers with `answers` laid over them.

    Returns for each (area, request) the submission's id or what is wrong: a school that needs answers of its own keeps
    no other from being sent. A return that was sent already is left as it is, so that confirming twice has one effect;
    what was declined stays declined.
    The number of statements does not depend on how many schools there are.
    """
    forms = await held_forms(keys=keys)
    decided = {key: _confirmation(by, forms.get(key), answers or {}) for key in keys}
    await send(by=by, sendings=[one for one in decided.values() if isinstance(one, Sending)])
    return {key: one.submission_id if isinstance(one, Sending) else one for key, one in decided.items()}


def _confirmation(by: Actor, form: Form | None, answers: Answers) -> Sending | UUID | Problem | Problems:
    try:
        mine = _answered_by(by, form)
        if mine.request.state in (RequestState.SUBMITTED, RequestState.ACCEPTED):
            assert mine.sent is not None
            return mine.sent.id
        if mine.request.state == RequestState.DECLINED:  # by somebody, for a reason: not undone among many
            raise WrongState("This was declined. Answer it by itself to send a return after all.")
        asked = {question.key for question in mine.asked.questions}
        shared = {key: answer for key, answer in answers.items() if key in asked}
        return sending(mine, {**mine.before.answers, **shared}, confirm_prefilled=True)
    except (Problem, Problems) as wrong:
        return wrong


async def withdraw(*, by: Actor, area_id: int, request_id: UUID, version: int) -> UUID:
    """Take a return back to correct it, until the partnership has replied; return the request's id."""
    form = await _form(by, area_id, request_id, version)
    state = moved(form.request, "withdraw")
    sent = form.sent
    assert sent is not None
    await (
        Submission.update({Submission.withdrawn_at: now()})
        .where((Submission.area_id == area_id) & (Submission.id == sent.id))
        .run()
    )
    await set_state(form.request, state, submitted_at=None)
    await record(
        by=by,
        area_id=area_id,
        action="return.withdraw",
        subject=("duty_request", request_id),
        before={"receipt": sent.receipt},
        after={"state": state},
    )
    return request_id


async def decline(*, by: Actor, area_id: int, request_id: UUID, version: int, reason: str) -> UUID:
    """Say that the agency will not answer, and why; return the request's id. It may still answer later."""
    request = (await _form(by, area_id, request_id, version)).request
    state = moved(request, "decline")
    why = checks.reason(reason)
    await set_state(request, state, state_reason=why)
    await record(
        by=by,
        area_id=area_id,
        action="return.decline",
        subject=("duty_request", request_id),
        reason=why,
        before={"state": request.state},
        after={"state": state},
    )
    return request_id


async def _form(by: Actor, area_id: int, request_id: UUID, version: int) -> Form:
    forms = await held_forms(keys=[(area_id, request_id)])
    return _expected(by, forms.get((area_id, request_id)), version)


def _expected(by: Actor, found: Form | None, version: int) -> Form:
    form = _answered_by(by, found)
    checks.version(expected=version, found=form.request.version, what="return")
    return form


def _answered_by(by: Actor, form: Form | None) -> Form:
    if form is None:
        raise NotFound("request")
    request = form.request
    permissions.check_can_answer(by, area_id=request.area_id, organisation_id=request.organisation_id, what="request")
    return form
