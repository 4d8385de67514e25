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
from infra.ids import uuid7
from tenants.audit.service import Entry, record_each
from tenants.cooperation import errors
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

_SEND = """
with given as (
    select * from json_to_recordset($1::text::json) as g (area_id integer, request_id uuid, id uuid, duty_id uuid,
        organisation_id uuid, state text, receipt text, answers jsonb, reused text[])
), sent as (
    insert into submission (area_id, id, request_id, duty_id, organisation_id, receipt, answers, reused, sent_by,
        sent_at)
    select area_id, id, request_id, duty_id, organisation_id, receipt, answers, reused, $2, $3 from given
), emptied as (
    delete from request_draft d using given g where d.area_id = g.area_id and d.request_id = g.request_id
)
update duty_request r set state = g.state, state_reason = null, submitted_at = $3, version = r.version + 1
from given g where r.area_id = g.area_id and r.id = g.request_id
"""


def _receipt() -> str:
    letters = "".join(secrets.choice(_CROCKFORD) for _ in range(12))
    return "-".join((letters[:4], letters[4:8], letters[8:]))


@dataclass(frozen=True, kw_only=True, slots=True)
class Sending:
    """A return that every rule lets through."""

    form: Form
    state: RequestState
    answers: dict[str, Answer]
    reused: list[str]
    submission_id: UUID = field(default_factory=uuid7)
    receipt: str = field(default_factory=_receipt)


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
    """Write the submissions and states in one statement and an audit entry for each in another.

    Two, because the first counts for the Department after its last row, and whoever counts does so before writing
    into the area's audit chain: in the other order two people of one area could wait for each other.
    """
    if not sendings:
        return
    await sql.execute(_SEND, json.dumps([_row(one) for one in sendings]), by.name, now())
    await record_each(by=by, entries=[_entry(one) for one in sendings])


def _row(one: Sending) -> dict[str, Any]:
    request = one.form.request
    return {
        "area_id": request.area_id,
        "request_id": str(request.id),
        "id": str(one.submission_id),
        "duty_id": str(request.duty_id),
        "organisation_id": str(request.organisation_id),
        "state": one.state.value,
        "receipt": one.receipt,
        "answers": rules.to_json(one.answers),
        "reused": one.reused,
    }


def _entry(one: Sending) -> Entry:
    request, asked = one.form.request, one.form.asked
    return Entry(
        area_id=request.area_id,
        action="return.submit",
        subject=("duty_request", request.id),
        legal_basis="; ".join(LEGAL_BASES[code] for code in asked.legal_basis),
        before={"state": request.state},
        after={"state": one.state, "receipt": one.receipt, "duty_version": asked.number},
    )
