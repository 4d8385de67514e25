"""One attempt to deliver: who has the message in hand, with which secrets, and what came of it. For the worker.

Claim and outcome are two transactions with the call between them. A worker that dies in the call leaves a claim that
lapses, and the next attempt has the same id: the system that gets it twice knows it by that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from asyncpg import Record

from infra import standard_webhooks as form
from infra.clock import now
from infra.database import sql
from tenants.audit.service import record
from tenants.connections import sealing
from tenants.connections.endpoints import rules, telling
from tenants.connections.endpoints.secrets import kind_of, place_of
from tenants.connections.sealing import CannotOpen
from tenants.tenancy.actor import Actor

_HOLD = timedelta(seconds=90)
_CLAIM = """
update webhook_delivery d set attempts = d.attempts + 1, claimed_until = now() + $2::interval
from webhook_endpoint e, area a
where d.id = $1 and e.area_id = d.area_id and e.id = d.endpoint_id and a.id = d.area_id and e.state = 'active'
    and d.state = 'waiting' and d.next_at <= now() and (d.claimed_until is null or d.claimed_until < now())
returning d.area_id, d.id, d.attempts, d.endpoint_id, d.event_type, d.subject_kind, d.subject_id, d.happened_at,
    e.url, a.slug
"""
_BEGUN = "insert into webhook_attempt (area_id, delivery_id, number) values ($1, $2, $3)"
_SECRETS = """
select id, sealed from webhook_secret where area_id = $1 and endpoint_id = $2 and sealed is not null
    and (ends_at is null or ends_at > now()) order by made_at desc, id desc
"""
_ENDED = "update webhook_attempt set status = $3, said = $4, ms = $5 where delivery_id = $1 and number = $2"
_BOOK = """
update webhook_delivery set state = $3, next_at = coalesce($4, next_at), claimed_until = null,
    ended_at = case when $3 = 'waiting' then null else now() end
where id = $1 and attempts = $2 and state = 'waiting' returning 1
"""
_WORKED = "update webhook_endpoint set failing_since = null where id = $1 and failing_since is not null"
_FAILING = """
update webhook_endpoint set failing_since = coalesce(failing_since, now()) where id = $1 returning failing_since
"""
_DISABLE = """
update webhook_endpoint set state = 'disabled', state_reason = $2, version = version + 1
where id = $1 and state = 'active' returning description
"""
_STOP = """
update webhook_delivery set state = 'stopped', ended_at = now(), claimed_until = null
where endpoint_id = $1 and state = 'waiting'
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Claimed:
    """A message in this worker's hands."""

    area_id: int
    delivery_id: UUID
    endpoint_id: UUID
    attempt: int
    url: str
    body: bytes
    keys: Sequence[bytes] = field(repr=False)

    def headers(self, *, at: datetime) -> dict[str, str]:
        """Return the signed headers of this attempt."""
        message_id = rules.message_id(self.delivery_id)
        return form.sign(keys=self.keys, message_id=message_id, at=at, body=self.body)


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What came of an attempt. `status` is None when nothing was answered; `again_in` what was asked, in seconds."""

    status: int | None
    said: str
    ms: int
    again_in: float | None = None

    @property
    def is_delivered(self) -> bool:
        """Whether the system took it: 2xx and nothing else."""
        return self.status is not None and 200 <= self.status < 300


async def claim(*, delivery_id: UUID) -> Claimed | None:
    """Take a message in hand; None when it is not waiting, its time has not come, or another worker has it."""
    row = await sql.fetch_one(_CLAIM, delivery_id, _HOLD)
    if row is None:
        return None
    await sql.execute(_BEGUN, row["area_id"], row["id"], row["attempts"])
    keys = [_key(row, one) for one in await sql.fetch(_SECRETS, row["area_id"], row["endpoint_id"])]
    return Claimed(
        area_id=row["area_id"],
        delivery_id=row["id"],
        endpoint_id=row["endpoint_id"],
        attempt=row["attempts"],
        url=row["url"],
        body=rules.body_of(
            event_type=row["event_type"], at=row["happened_at"], area_id=row["area_id"], area=row["slug"],
            kind=row["subject_kind"], subject_id=row["subject_id"],
        ),
        keys=[key for key in keys if key is not None],
    )  # fmt: skip


def _key(row: Record, secret: Record) -> bytes | None:
    place = place_of(area_id=row["area_id"], endpoint_id=row["endpoint_id"])
    try:
        return form.key_of(sealing.unseal(secret["sealed"], place=place.of(kind_of(secret["id"]))))
    except CannotOpen:
        return None


async def book(*, by: Actor, claimed: Claimed, outcome: Outcome) -> None:
    """Book what came of the attempt: delivered, again later, or given up; an endpoint that is gone is disabled."""
    await sql.execute(_ENDED, claimed.delivery_id, claimed.attempt, outcome.status, outcome.said[:300], outcome.ms)
    wait = rules.wait_after(claimed.attempt, asked=outcome.again_in)
    state = "delivered" if outcome.is_delivered else "failed" if wait is None else "waiting"
    later = None if wait is None or state != "waiting" else now() + wait
    if await sql.fetch_value(_BOOK, claimed.delivery_id, claimed.attempt, state, later) is None:
        return  # another worker has it: the claim had lapsed
    if outcome.is_delivered:
        await sql.execute(_WORKED, claimed.endpoint_id)
        return
    failing_since = await sql.fetch_value(_FAILING, claimed.endpoint_id)
    if outcome.status == rules.GONE:
        await _disable(by, claimed, "It answered 410 Gone: it wants no more messages.")
    elif wait is None and rules.is_hopeless(failing_since=failing_since, at=now()):
        await _disable(by, claimed, f"Nothing got through since {failing_since:%d %B %Y}. Last: {outcome.said}"[:1000])


async def _disable(by: Actor, claimed: Claimed, reason: str) -> None:
    description = await sql.fetch_value(_DISABLE, claimed.endpoint_id, reason)
    if description is None:
        return
    await sql.execute(_STOP, claimed.endpoint_id)
    subject = ("webhook_endpoint", claimed.endpoint_id)
    await record(by=by, area_id=claimed.area_id, action="webhook.disable", subject=subject, reason=reason)
    await telling.tell_disabled(by=by, area_id=claimed.area_id, description=description, reason=reason)
