"""Sealing credentials and tokens anew after the installation's secret key was changed: area by area, by the worker."""

from __future__ import annotations

from dataclasses import dataclass

from asyncpg import Record

from infra.database import sql
from infra.sealing import CannotOpen
from infra.secrets import SHORTEST
from tenants.audit.service import PLATFORM, record
from tenants.connections import sealing
from tenants.connections.sealing import Place
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Invalid, NotAllowed, WrongState

_CREDENTIALS = """
select k.connection_id, k.kind, k.sealed, k.key_id, c.area_id, c.system, c.name
from connection_credential k join agency_connection c on c.id = k.connection_id
where c.home = coalesce($1, 0) order by c.id, k.kind for update of k
"""
_SIGNING_KEYS = """
select k.connection_id, 'signing_key/' || k.kid as kind, k.sealed, k.key_id, c.area_id, c.system, c.name
from connection_signing_key k join agency_connection c on c.id = k.connection_id
where c.home = coalesce($1, 0) order by c.id, k.kid for update of k
"""
_HOOK_SECRETS = """
select k.connection_id, 'hook/' || k.id as kind, k.sealed, k.key_id, c.area_id, c.system, c.name
from connection_hook_secret k join agency_connection c on c.id = k.connection_id
where c.home = coalesce($1, 0) and k.sealed is not null order by c.id, k.id for update of k
"""
_WEBHOOK_SECRETS = """
select e.id as connection_id, 'webhook/' || k.id as kind, k.sealed, k.key_id, e.area_id, 'webhook_endpoint' as system,
    e.description as name
from webhook_secret k join webhook_endpoint e on e.area_id = k.area_id and e.id = k.endpoint_id
where k.area_id = $1 and k.sealed is not null order by e.id, k.id for update of k
"""
_QUERIES = (_CREDENTIALS, _SIGNING_KEYS, _HOOK_SECRETS, _WEBHOOK_SECRETS)
_SEAL = "update connection_credential set sealed = $3, key_id = $4 where connection_id = $1 and kind = $2"
_SEAL_KEY = """
update connection_signing_key set sealed = $3, key_id = $4 where connection_id = $1 and 'signing_key/' || kid = $2
"""
_SEAL_HOOK = """
update connection_hook_secret set sealed = $3, key_id = $4 where connection_id = $1 and 'hook/' || id = $2
"""
_SEAL_WEBHOOK = """
update webhook_secret set sealed = $3, key_id = $4 where endpoint_id = $1 and 'webhook/' || id = $2
"""
_SEALS = {"signing_key": _SEAL_KEY, "hook": _SEAL_HOOK, "webhook": _SEAL_WEBHOOK}
#: a token is asked for anew: nothing is lost with the old one
_TOKENS = """
update connection_token t set sealed = null, key_id = null, expires_at = null, version = t.version + 1
from agency_connection c where c.id = t.connection_id and c.home = coalesce($1, 0) and t.key_id <> $2
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rotated:
    """How many credentials were sealed anew, and how many were sealed with the key of today already."""

    anew: int
    already: int


async def rotate(*, by: Actor, area_id: int | None, old_secret: bytes) -> Rotated:
    """Open the area's credentials (no area: the national ones) with the old key, seal them with today's; all or none.

    In the scope of a worker with the power `agencies` for that area. Raises `Invalid` when the old key cannot be one,
    and `WrongState` naming the connections whose credentials open with neither key.
    """
    if "agencies" not in by.powers:
        raise NotAllowed("Only the service itself can open credentials.")
    if len(old_secret) < SHORTEST:
        raise Invalid(f"The old secret key must have at least {SHORTEST} characters.", field="oldSecretKey")
    rows = [row for query in _QUERIES for row in await sql.fetch(query, area_id)]
    waiting = [row for row in rows if row["key_id"] != sealing.current_key_id()]
    opened = [(row, _opened(row, old_secret)) for row in waiting]
    if lost := sorted({row["name"] for row, secret in opened if secret is None}):
        raise WrongState(f"A credential of {', '.join(lost)} opens neither with the old key nor with the new one.")
    for row, secret in opened:
        sealed = sealing.seal(secret or "", place=_place(row))
        statement = _SEALS.get(row["kind"].partition("/")[0], _SEAL)
        await sql.execute(statement, row["connection_id"], row["kind"], sealed, sealing.key_id(sealed))
    await sql.execute(_TOKENS, area_id, sealing.current_key_id())
    if opened:
        chain, subject = PLATFORM if area_id is None else area_id, ("connection_credential", "all")
        done = {"anew": len(opened)}
        await record(by=by, area_id=chain, action="connection.rotate_keys", subject=subject, after=done)
    return Rotated(anew=len(opened), already=len(rows) - len(opened))


def _place(row: Record) -> str:
    place = Place(area_id=row["area_id"], system=row["system"], connection_id=row["connection_id"])
    return place.of(row["kind"])


def _opened(row: Record, old_secret: bytes) -> str | None:
    try:
        return sealing.unseal(row["sealed"], place=_place(row), under=old_secret)
    except CannotOpen:
        return None
