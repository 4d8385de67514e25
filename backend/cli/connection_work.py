"""What the commands of `concordat connection` do."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tenants.connections.queries import links
from tenants.connections.signing_keys import queries
from tenants.connections.signing_keys.service import rotate_signing_key
from tenants.tenancy.actor import Actor


@dataclass(frozen=True, kw_only=True)
class Rotated:
    """The new key, the path where it is published, and from when it signs."""

    kid: str
    path: str
    signs_from: datetime


async def lines(_: Actor) -> list[tuple[str, ...]]:
    """Return the cells of each national connection."""
    rows = await links.connections(area_id=None)
    return [(str(row.id), row.name, row.system, row.state, await _keys(row.id)) for row in rows]


async def _keys(connection_id: UUID) -> str:
    known = await queries.keys(connection_id=connection_id)
    return f"{path_of(connection_id)} ({', '.join(key.kid for key in known)})" if known else "none"


async def rotate(by: Actor, connection_id: UUID, *, at_once: bool) -> Rotated:
    """Make the next key. Raises what `rotate_signing_key` raises."""
    kid = await rotate_signing_key(by=by, connection_id=connection_id, at_once=at_once)
    made = next(key for key in await queries.keys(connection_id=connection_id) if key.kid == kid)
    return Rotated(kid=kid, path=path_of(connection_id), signs_from=made.signs_from)


def path_of(connection_id: UUID) -> str:
    """Return where the web process serves the connection's key set, below its own address."""
    return f"/.well-known/jwks/{connection_id}"
