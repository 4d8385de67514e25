"""Starting, touching, rotating and ending sessions. ASVS 5.0 V7; RFC 9700 for what comes before.

Only `start` makes a token, and only from the server's own randomness: a token sent by a browser is never adopted.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from infra.clock import now
from infra.database import sql
from infra.secrets import random_token, token_hash
from tenants.audit.service import PLATFORM, record
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import NotFound
from tenants.tenancy.roles import Hat
from tenants.tenancy.sessions.id_tokens import sealed_id_token
from tenants.tenancy.sessions.queries import SessionRow
from tenants.tenancy.tables import Session

TOUCH_SECONDS = 60

#: the tokens of sessions that ran out without being ended
_FORGET = "update session set id_token = null where person_id = $1 and id_token is not null and expires_at <= now()"


async def start(
    *,
    by: Actor,
    person_id: UUID,
    issuer: str,
    subject: str,
    hat: Hat,
    absolute_hours: int,
    provider_session: str | None = None,
    id_token: str | None = None,
    device: str | None = None,
) -> str:
    """Start a session and return its token, which is stored nowhere. Inside the sign-in scope."""
    token = random_token()
    row = Session(
        token_hash=token_hash(token),
        person_id=person_id,
        issuer=issuer,
        subject=subject,
        provider_session=provider_session,
        id_token=sealed_id_token(id_token, person_id=person_id),
        hat=hat.value,
        device=(device or "")[:200] or None,
        expires_at=now() + timedelta(hours=absolute_hours),
    )
    await sql.execute(_FORGET, person_id)
    await Session.insert(row).run()
    await record(by=by, area_id=PLATFORM, action="session.start", subject=("person", person_id), after={"hat": hat})
    return token


async def rotate(*, by: Actor, session: SessionRow, hat: Hat) -> str:
    """End a session and start another under a hat, with the same absolute end; return the new token."""
    await revoke(by=by, session_id=session.id, person_id=session.person_id, reason="changed role")
    token = random_token()
    row = Session(
        token_hash=token_hash(token),
        person_id=session.person_id,
        issuer=session.issuer,
        subject=session.subject,
        provider_session=session.provider_session,
        id_token=session.id_token,
        hat=hat.value,
        device=session.device,
        expires_at=session.expires_at,
    )
    await Session.insert(row).run()
    await record(
        by=by, area_id=PLATFORM, action="session.switch", subject=("person", session.person_id), after={"hat": hat}
    )
    return token


async def touch(*, session: SessionRow) -> None:
    """Note that the session was used, at most once a minute."""
    if (now() - session.last_seen_at).total_seconds() > TOUCH_SECONDS:
        await sql.execute("update session set last_seen_at = now() where id = $1", session.id)


async def revoke(*, by: Actor, session_id: UUID, person_id: UUID, reason: str) -> UUID:
    """End one session of a person. Raises `NotFound` when it is not theirs or has ended."""
    ended = await sql.fetch_value(
        "update session set revoked_at = now(), id_token = null, revoked_reason = $3 "
        "where id = $1 and person_id = $2 and revoked_at is null returning id",
        session_id,
        person_id,
        reason,
    )
    if ended is None:
        raise NotFound("session")
    await record(by=by, area_id=PLATFORM, action="session.end", subject=("person", person_id), reason=reason)
    return session_id


async def revoke_all(*, by: Actor, person_id: UUID, reason: str, but: UUID | None = None) -> int:
    """End every session of a person, but the one named; return how many ended."""
    rows = await sql.fetch(
        "update session set revoked_at = now(), id_token = null, revoked_reason = $2 "
        "where person_id = $1 and revoked_at is null and ($3::uuid is null or id <> $3) returning id",
        person_id,
        reason,
        but,
    )
    if rows:
        await record(by=by, area_id=PLATFORM, action="session.end_all", subject=("person", person_id), reason=reason)
    return len(rows)


async def revoke_provider_session(
    *, by: Actor, issuer: str, provider_session: str | None = None, subject: str | None = None
) -> int:
    """End the sessions that a provider says are over (back-channel logout); return how many. Sign-in scope.

    A provider's session names some of a person's sessions; without it all that they began there end.
    Raises `ValueError` when neither is given.
    """
    if provider_session is None and subject is None:
        raise ValueError("whose sessions?")
    rows = await sql.fetch(
        "update session set revoked_at = now(), id_token = null, revoked_reason = 'signed out at the provider' "
        "where issuer = $1 and ($2::text is null or provider_session = $2) and ($3::text is null or subject = $3) "
        "and revoked_at is null returning person_id",
        issuer,
        provider_session,
        subject,
    )
    for row in rows:
        await record(
            by=by,
            area_id=PLATFORM,
            action="session.end",
            subject=("person", row["person_id"]),
            reason="signed out at the provider",
        )
    return len(rows)
