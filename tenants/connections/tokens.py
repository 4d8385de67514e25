"""Access tokens: kept sealed, and fetched by one worker at a time however many need one.

For the worker, each call in a short transaction of its own, none open while the agency is asked:

    held = await tokens.read(connection_id=…)          use it while `is_good()`
    if await tokens.claim(connection_id=…, version=held.version):        the lease is ours for `seconds`
        … ask the agency …
        await tokens.save(place=…, version=held.version, value=…, expires_at=…)
    else:
        … wait a moment and read again: another worker is asking, or has the answer …

A worker that dies between the agency's answer and `save` leaves a lease that runs out; then the next one asks.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from infra.clock import now
from infra.database import sql
from tenants.connections import sealing
from tenants.connections.sealing import Place

LEASE_SECONDS = 40
LEEWAY = timedelta(seconds=60)
KIND = "access_token"

_CLAIM = """
insert into connection_token as t (area_id, connection_id, refreshing_until)
select c.area_id, c.id, clock_timestamp() + make_interval(secs => $3) from agency_connection c where c.id = $1
on conflict (connection_id) do update set refreshing_until = excluded.refreshing_until
    where t.version = $2 and (t.refreshing_until is null or t.refreshing_until < clock_timestamp())
returning t.version
"""
_SAVE = """
update connection_token set sealed = $3, key_id = $4, expires_at = $5, refreshing_until = null, version = version + 1
where connection_id = $1 and version = $2 returning 1
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """The token that is kept, None when there is none; `version` rises each time that one is saved."""

    value: str | None = field(default=None, repr=False)
    expires_at: datetime | None = None
    version: int = 0

    def is_good(self, *, leeway: timedelta = LEEWAY) -> bool:
        """Return whether the token can be used for at least `leeway` from now."""
        return self.value is not None and self.expires_at is not None and self.expires_at - leeway > now()


async def read(*, connection_id: UUID) -> Held:
    """Return the token that is kept, good or not. One sealed under another key counts as none."""
    row = await sql.fetch_one(
        "select t.sealed, t.expires_at, t.version, c.area_id, c.system from connection_token t "
        "join agency_connection c on c.id = t.connection_id where t.connection_id = $1",
        connection_id,
    )
    if row is None or row["sealed"] is None:
        return Held(version=0 if row is None else row["version"])
    place = Place(area_id=row["area_id"], system=row["system"], connection_id=connection_id)
    try:
        value = sealing.unseal(row["sealed"], place=place.of(KIND))
    except sealing.CannotOpen:
        return Held(version=row["version"])
    return Held(value=value, expires_at=row["expires_at"], version=row["version"])


async def claim(*, connection_id: UUID, version: int, seconds: float = LEASE_SECONDS) -> bool:
    """Return whether this worker is the one to fetch the next token after that version.

    False: another one is fetching it, or has saved it already.
    """
    leased: int | None = await sql.fetch_value(_CLAIM, connection_id, version, float(seconds))
    return leased == version


async def save(*, place: Place, version: int, value: str, expires_at: datetime) -> bool:
    """Keep the token fetched after `version` and give the lease back; False when another worker's was kept."""
    sealed = sealing.seal(value, place=place.of(KIND))
    saved = await sql.fetch_value(_SAVE, place.connection_id, version, sealed, sealing.key_id(sealed), expires_at)
    return saved is not None


async def release(*, connection_id: UUID, version: int) -> None:
    """Give the lease back without a token: the agency did not give one."""
    await sql.execute(
        "update connection_token set refreshing_until = null where connection_id = $1 and version = $2",
        connection_id,
        version,
    )


async def lapse(*, connection_id: UUID) -> None:
    """Let the token that is kept count as used up: the next who needs one asks for it."""
    await sql.execute(
        "update connection_token set expires_at = least(expires_at, now()) where connection_id = $1", connection_id
    )
