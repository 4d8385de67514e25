"""Sending returns: decided for each request by itself, written for all of them at once."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from infra.clock import now, today
from infra.database import sql
from infra.database.holding import Step
from infra.ids import uuid7
from tenants.audit.service import Entry, appending
from tenants.cooperation import errors
from tenants.cooperation.queries.duties import VersionRow
from tenants.cooperation.queries.forms import Form
from tenants.cooperation.queries.requests import RequestRow
from tenants.cooperation.rules import answers as rules
from tenants.cooperation.rules.answers import Answer, Answers
from tenants.cooperation.rules.duties import LEGAL_BASES
from tenants.cooperation.rules.requests import RequestState
from tenants.cooperation.service.request_row import moved
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import WrongState

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_receipt() -> str:
    """Return twelve letters and digits by chance, in three groups."""
    chance = secrets.randbits(60)
    letters = "".join(_CROCKFORD[chance >> place & 31] for place in range(0, 60, 5))
    return "-".join((letters[:4], letters[4:8], letters[8:]))


@dataclass(frozen=True, kw_only=True, slots=True)
class Sending:
    """A return that every rule lets through."""

    form: Form
    state: RequestState
    answers: dict[str, Answer]
    reused: list[str]
    submission_id: UUID = field(default_factory=uuid7)
    receipt: str = field(default_factory=new_receipt)


def sending(form: Form, answers: Answers, *, confirm_prefilled: bool) -> Sending:
    """Return the return to send; raises `WrongState`, `Problems`, and `Invalid` for what nobody has checked."""
    state = moved(form.request, "submit")
    _check_open(form.request)
    given = checked(form, answers, complete=True)
    carried = unconfirmed(form, given)
    if carried and not confirm_prefilled:
        raise errors.not_confirmed(len(carried))
    return Sending(form=form, state=state, answers=given, reused=carried)


def checked(form: Form, answers: Answers, *, complete: bool) -> dict[str, Answer]:
    """Return the answers tidied; raises `Problems`, one for each question that is answered badly."""
    given = rules.tidy(answers)
    if found := rules.faults(form.asked.questions, given, complete=complete):
        raise errors.answer_faults(found)
    return given


def unconfirmed(form: Form, given: Answers) -> list[str]:
    """Return the questions that still hold last year's answer."""
    return rules.still_unconfirmed(prefilled_keys=form.before.prefilled, before=form.before.answers, now=given)


def _check_open(request: RequestRow) -> None:
    if request.opens_on > today():
        opens = request.opens_on
        raise WrongState(f"This opens on {opens.day} {opens:%B %Y}. You can save a draft before then.")


async def send(*, by: Actor, sendings: Sequence[Sending]) -> None:
    """Write the submissions and states in one statement and an audit entry for each in another."""
    for step in written(by=by, sendings=sendings) if sendings else ():
        await sql.call(step)


def written(*, by: Actor, sendings: Sequence[Sending]) -> list[Step]:
    """Return the steps that write what was decided, in their order; the first raises in the database where a request
    is no longer at the version that was decided about."""
    given = json.dumps([_row(one) for one in sendings])
    sent = Step(sql="send_returns({0}, {1}, {2})", args=(given, by.name, now()))
    return [sent, appending([(by, _entry(one)) for one in sendings])]


def _row(one: Sending) -> dict[str, Any]:
    request = one.form.request
    return {
        "area_id": request.area_id,
        "request_id": str(request.id),
        "version": request.version,
        "id": str(one.submission_id),
        "duty_id": str(request.duty_id),
        "organisation_id": str(request.organisation_id),
        "state": one.state.value,
        "receipt": one.receipt,
        "answers": rules.to_json(one.answers),
        "reused": one.reused,
    }


def _entry(one: Sending) -> Entry:
    request = one.form.request
    return entry_of(one.form.asked, request_id=request.id, before=request.state, state=one.state, receipt=one.receipt)


def entry_of(asked: VersionRow, *, request_id: UUID, before: str, state: RequestState, receipt: str) -> Entry:
    """Return the audit entry of a return that is sent."""
    return Entry(
        area_id=asked.area_id,
        action="return.submit",
        subject=("duty_request", request_id),
        legal_basis="; ".join(LEGAL_BASES[code] for code in asked.legal_basis),
        before={"state": before},
        after={"state": state, "receipt": receipt, "duty_version": asked.number},
    )
