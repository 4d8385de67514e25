"""Sending mails that were written. The call to the outside happens between two transactions, never inside one.

A lease keeps two deliveries of a message from sending at the same time. A worker that dies after the provider took
the mail and before that was recorded sends again, telling the transport so: it asks the provider where it can.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from uuid import UUID

from infra.database import sql
from infra.mail import MailRefused, MailUnavailable, Message
from infra.queue import GiveUp, JobError, enqueue, job, sweep
from tenants.tenancy.actor import Actor
from tenants.tenancy.mail.post_office import asks_for_receipts, post_office
from tenants.tenancy.mail.receipts import ask_provider
from tenants.tenancy.mail.rendering import render
from tenants.tenancy.scope import tenant_scope

LIMIT_SECONDS = 60

_TAKE = """
update mail set attempts = attempts + 1, leased_until = now() + make_interval(secs => $2)
where id = $1 and state <> 'sent' and (leased_until is null or leased_until < now())
returning address, template, details::text as details, attempts
"""
_STATE = "select state from mail where id = $1"
_SENT = """
update mail set state = 'sent', sent_at = now(), provider = $2, provider_reference = $3, error = null,
    leased_until = null
where id = $1
"""
_NOT_SENT = "update mail set state = $2, error = $3, leased_until = null where id = $1"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Mail:
    address: str
    template: str
    details: str
    attempts: int


@job("mail.send", owns_scope=True, powers=["mail"], limit_seconds=LIMIT_SECONDS)
async def send(*, by: Actor, mail_id: UUID, is_last_start: bool) -> None:
    """Send one mail; a mail that was sent is left alone. Raises `JobError` when it must be tried again."""
    mail = await _take(by, mail_id)
    if mail is None:
        return
    try:
        reference = await _hand_over(mail, mail_id=mail_id)
    except MailRefused as error:
        await _record(by, _NOT_SENT, mail_id, "failed", str(error))
        raise GiveUp(str(error)) from error
    except MailUnavailable as error:
        await _record(by, _NOT_SENT, mail_id, "failed" if is_last_start else "queued", str(error))
        raise
    await _record(by, _SENT, mail_id, post_office().transport.name, reference)


@sweep("mail.ask_receipts", every=600, powers=["queue"])
async def ask_receipts() -> None:
    """Ask for one round of questions, where the way of sending answers any."""
    if asks_for_receipts():
        await enqueue("mail.receipts", area_id=None)


@job("mail.receipts", queue="bulk", owns_scope=True, powers=["receipts"])
async def receipts(*, by: Actor) -> None:
    """Ask the provider what became of mails that it has not told us about."""
    await ask_provider(by=by)


async def _take(by: Actor, mail_id: UUID) -> _Mail | None:
    async with tenant_scope(by):
        row = await sql.fetch_one(_TAKE, mail_id, LIMIT_SECONDS + 10)
        if row is not None:
            return _Mail(**row)
        state = await sql.fetch_value(_STATE, mail_id)
    if state == "sent":
        return None
    raise JobError("The mail is not there." if state is None else "Another worker is sending this mail.")


async def _hand_over(mail: _Mail, *, mail_id: UUID) -> str:
    office = post_office()
    values = json.loads(mail.details)
    link = office.link(template=mail.template, values=values)
    subject, body = render(template=mail.template, values=values, link=link)
    message = Message(reference=mail_id, to=mail.address, subject=subject, body=body)
    return await office.transport.send(message, again=mail.attempts > 1)


async def _record(by: Actor, statement: str, *values: object) -> None:
    async with tenant_scope(by):
        await sql.execute(statement, *values)
