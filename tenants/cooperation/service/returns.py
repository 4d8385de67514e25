"""The agency's side: save a draft, send it, take it back, decline; one school, or many of a trust one by one."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from infra.clock import now, today
from infra.database import sql
from infra.ids import uuid7
from tenants.audit.service import record
from tenants.cooperation import errors, permissions
from tenants.cooperation.queries import duties, returns
from tenants.cooperation.queries.requests import RequestRow
from tenants.cooperation.rules import answers as rules
from tenants.cooperation.rules.answers import Answer, Answers
from tenants.cooperation.rules.duties import LEGAL_BASES
from tenants.cooperation.rules.requests import RequestState
from tenants.cooperation.service.request_row import locked_request, moved, set_state
from tenants.cooperation.tables import Submission
from tenants.tenancy import checks
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import WrongState

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Form:
    request: RequestRow
    asked: duties.VersionRow
    before: returns.Draft


async def save_draft(*, by: Actor, area_id: int, request_id: UUID, version: int, answers: Answers) -> UUID:
    """Keep an unfinished answer, for the agency's eyes only; return the request's id.

    Raises `NotFound`, `NotAllowed`, `WrongState`, `Conflict`, and `Problems` for text that cannot be kept.
    """
    form = await _form(by, area_id, request_id, version)
    state = moved(form.request, "save")
    given = _checked(form, answers, complete=False)
    await sql.execute(
        """insert into request_draft (area_id, request_id, organisation_id, answers, prefilled, saved_by)
        values ($1, $2, $3, $4::text::jsonb, $5, $6)
        on conflict (area_id, request_id) do update set answers = excluded.answers, prefilled = excluded.prefilled,
            saved_by = excluded.saved_by, saved_at = now()""",
        area_id,
        request_id,
        form.request.organisation_id,
        json.dumps(rules.to_json(given)),
        _unconfirmed(form, given),
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
    state = moved(form.request, "submit")
    _check_open(form.request)
    given = _checked(form, form.before.answers if answers is None else answers, complete=True)
    carried = _unconfirmed(form, given)
    if carried and not confirm_prefilled:
        raise errors.not_confirmed(len(carried))
    sent = await _send(by, form, given, reused=carried)
    await sql.execute("delete from request_draft where area_id = $1 and request_id = $2", area_id, request_id)
    await set_state(form.request, state, submitted_at=sent.sent_at)
    await record(
        by=by,
        area_id=area_id,
        action="return.submit",
        subject=("duty_request", request_id),
        legal_basis="; ".join(LEGAL_BASES[code] for code in form.asked.legal_basis),
        before={"state": form.request.state},
        after={"state": state, "receipt": sent.receipt, "duty_version": form.asked.number},
    )
    submission_id: UUID = sent.id
    return submission_id


async def confirm(*, by: Actor, area_id: int, request_id: UUID, answers: Answers | None = None) -> UUID:
    """Send one school's return as part of many: its draft or last year's answers, with `answers` laid over them.

    Returns the submission's id. A return that was sent already is left as it is, so that confirming twice has one
    effect. Raises `Problems` when the school needs answers of its own.
    """
    request = await locked_request(area_id=area_id, request_id=request_id)
    permissions.check_can_answer(by, area_id=area_id, organisation_id=request.organisation_id, what="request")
    if request.state in (RequestState.SUBMITTED, RequestState.ACCEPTED):
        sent = await returns.latest_submission(area_id=area_id, request_id=request_id)
        assert sent is not None
        return sent.id
    form = await _form(by, area_id, request_id, request.version)
    own = {question.key: question for question in form.asked.questions}
    shared = {key: answer for key, answer in (answers or {}).items() if key in own}
    return await submit(
        by=by,
        area_id=area_id,
        request_id=request_id,
        version=request.version,
        answers={**form.before.answers, **shared},
        confirm_prefilled=True,
    )


async def withdraw(*, by: Actor, area_id: int, request_id: UUID, version: int) -> UUID:
    """Take a return back to correct it, until the partnership has replied; return the request's id."""
    form = await _form(by, area_id, request_id, version)
    state = moved(form.request, "withdraw")
    sent = await returns.latest_submission(area_id=area_id, request_id=request_id)
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
    request = await _mine(by, area_id, request_id, version)
    state = moved(request, "decline")
    why = checks.reason(reason)
    errors.check_no_child_data(why, field="reason")
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


async def _mine(by: Actor, area_id: int, request_id: UUID, version: int) -> RequestRow:
    request = await locked_request(area_id=area_id, request_id=request_id)
    permissions.check_can_answer(by, area_id=area_id, organisation_id=request.organisation_id, what="request")
    checks.version(expected=version, found=request.version, what="return")
    return request


async def _form(by: Actor, area_id: int, request_id: UUID, version: int) -> _Form:
    request = await _mine(by, area_id, request_id, version)
    asked = await duties.version(area_id=area_id, version_id=request.duty_version_id)
    assert asked is not None
    before = await returns.draft(
        area_id=area_id,
        request_id=request_id,
        organisation_id=request.organisation_id,
        duty_id=request.duty_id,
        questions=asked.questions,
    )
    return _Form(request=request, asked=asked, before=before)


def _checked(form: _Form, answers: Answers, *, complete: bool) -> dict[str, Answer]:
    given = rules.tidy(answers)
    if found := rules.faults(form.asked.questions, given, complete=complete):
        raise errors.answer_faults(found)
    return given


def _unconfirmed(form: _Form, given: Answers) -> list[str]:
    return rules.still_unconfirmed(prefilled_keys=form.before.prefilled, before=form.before.answers, now=given)


def _check_open(request: RequestRow) -> None:
    if request.opens_on > today():
        opens = request.opens_on
        raise WrongState(f"This opens on {opens.day} {opens:%B %Y}. You can save a draft before then.")


async def _send(by: Actor, form: _Form, given: Answers, *, reused: list[str]) -> Any:
    sent = Submission(
        area_id=form.request.area_id,
        id=uuid7(),
        request_id=form.request.id,
        duty_id=form.request.duty_id,
        organisation_id=form.request.organisation_id,
        receipt=_receipt(),
        answers=json.dumps(rules.to_json(given)),
        reused=reused,
        sent_by=by.name,
        sent_at=now(),
    )
    await Submission.insert(sent).run()
    return sent


def _receipt() -> str:
    letters = "".join(secrets.choice(_CROCKFORD) for _ in range(12))
    return "-".join((letters[:4], letters[4:8], letters[8:]))
