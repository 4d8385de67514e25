"""Reading sessions. Finding one by its token happens inside the sign-in scope."""

from __future__ import annotations

from dataclasses import dataclass, field
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
    #: what the account was made of as the session was found, for `security.session_live`
    standing: str | None = field(default=None, repr=False)


_COLUMNS = """
select id, person_id, issuer, subject, provider_session, id_token, hat, device, created_at, last_seen_at, expires_at,
    revoked_at"""
_SESSION = f"{_COLUMNS} from session"
# the account is read in the statements after this one: had it changed in between, the standing is the older
_LIVE = f"""{_COLUMNS}, security.standing(id, make_interval(mins => $2)) as standing
from session
where token_hash = $1 and revoked_at is null and expires_at > now() and last_seen_at > now() - make_interval(mins => $2)
"""


async def live_session(*, token_hash: bytes, idle_minutes: int) -> SessionRow | None:
    """Return the session of a token that is neither revoked, nor idle too long, nor past its absolute end."""
    row = await sql.fetch_one(_LIVE, token_hash, idle_minutes)
    return None if row is None else SessionRow(**row)


async def sessions_of(*, person_id: UUID) -> list[SessionRow]:
    """Return a person's sessions that can still be used, the most recently seen first."""
    rows = await sql.fetch(
        f"{_SESSION} where person_id = $1 and revoked_at is null and expires_at > now() order by last_seen_at desc",
        person_id,
    )
    return [SessionRow(**row) for row in rows]
