"""The mails an area sent to its people: to whom, which, when, whether it left. Never what it said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from infra.database import sql
from tenants.tenancy.mail.outcomes import PROBLEM, WHY


@dataclass(frozen=True, kw_only=True, slots=True)
class MailRow:
    """One mail; `state` is queued, sent or failed, `error` a sentence when it failed or waits.

    `delivery` is what became of it in the end, where the provider tells.
    """

    id: UUID
    area_id: int | None
    person_id: UUID | None
    address: str
    template: str
    state: str
    delivery: str | None
    error: str | None
    created_at: datetime
    sent_at: datetime | None


_SELECT = """
select id, area_id, person_id, address, template, state, delivery, error, created_at, sent_at from mail
where ($1::integer is null or area_id = $1) and ($2::uuid is null or person_id = $2)
    and ($3::text is null or state = $3) and ($4::uuid is null or id < $4)
order by id desc limit $5
"""


async def mails(
    *,
    area_id: int | None = None,
    person_id: UUID | None = None,
    state: str | None = None,
    before: UUID | None = None,
    limit: int = 50,
) -> list[MailRow]:
    """Return mails newest first, each given part narrowing; `before` continues after the last of the page before."""
    rows = await sql.fetch(_SELECT, area_id, person_id, state, before, limit)
    return [MailRow(**row) for row in rows]


@dataclass(frozen=True, kw_only=True, slots=True)
class MailState:
    """That a mail went or did not, for whoever runs the service: neither to whom nor what it said."""

    id: UUID
    area_id: int | None
    template: str
    state: str
    delivery: str | None
    error: str | None
    attempts: int
    created_at: datetime
    sent_at: datetime | None


async def mail_states(*, state: str | None = None, before: UUID | None = None, limit: int = 50) -> list[MailState]:
    """Return the mails of every area, newest first; nothing without the power `platform`.

    `state` is one of a mail's, or `undelivered` for those that did not leave and those that left and did not arrive.
    """
    rows = await sql.fetch("select * from security.mail_states($1, $2, $3)", state, before, limit)
    return [MailState(**row) for row in rows]


@dataclass(frozen=True, kw_only=True, slots=True)
class Undelivered:
    """An address that the last mail about something did not reach, and why, in words."""

    address: str
    why: str
    written_at: datetime


_UNDELIVERED = f"""
select * from (
    select distinct on (m.about, m.address) m.about, m.address, {PROBLEM} as problem, m.created_at from mail m
    where m.area_id = $1 and m.about = any ($2) order by m.about, m.address, m.id desc) last
where problem is not null order by created_at desc, address
"""


async def undelivered(*, area_id: int, about: Sequence[UUID]) -> dict[UUID, list[Undelivered]]:
    """Return the addresses that the last mail about each of these did not reach, the newest first."""
    found: dict[UUID, list[Undelivered]] = {}
    for row in await sql.fetch(_UNDELIVERED, area_id, list(about)):
        mail = Undelivered(address=row["address"], why=WHY[row["problem"]], written_at=row["created_at"])
        found.setdefault(row["about"], []).append(mail)
    return found
