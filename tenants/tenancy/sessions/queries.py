"""Reading sessions. Finding one by its token happens inside the sign-in scope."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from infra.database import sql


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionRow:
    """A signed-in browser."""

    id: UUID
    person_id: UUID
    issuer: str
    subject: str
    provider_session: str | None
    id_token: str | None
    hat: str
    device: str | None
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    revoked_at: datetime | None


_SESSION = """
select id, person_id, issuer, subject, provider_session, id_token, hat, device, created_at, last_seen_at, expires_at,
    revoked_at
from session
"""


async def live_session(*, token_hash: bytes, idle_minutes: int) -> SessionRow | None:
    """Return the session of a token that is neither revoked, nor idle too long, nor past its absolute end."""
    row = await sql.fetch_one(
        f"{_SESSION} where token_hash = $1 and revoked_at is null and expires_at > now() "
        "and last_seen_at > now() - make_interval(mins => $2)",
        token_hash,
        idle_minutes,
    )
    return None if row is None else SessionRow(**row)


async def sessions_of(*, person_id: UUID) -> list[SessionRow]:
    """Return a person's sessions that can still be used, the most recently seen first."""
    rows = await sql.fetch(
        f"{_SESSION} where person_id = $1 and revoked_at is null and expires_at > now() order by last_seen_at desc",
        person_id,
    )
    return [SessionRow(**row) for row in rows]
