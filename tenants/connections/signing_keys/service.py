"""Making the next signing key of a connection, so that no agency ever meets a signature it cannot check."""

from __future__ import annotations

import asyncio
import json
from datetime import datetime
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from joserfc.jwk import RSAKey

from infra.clock import now
from infra.database import sql
from tenants.audit.service import PLATFORM, record
from tenants.connections import sealing
from tenants.connections.permissions import check_can_keep
from tenants.connections.signing_keys import queries, rules
from tenants.connections.signing_keys.queries import KIND
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Conflict, NotFound, WrongState

BITS = 4096
ALGORITHM = "RS512"
SIGNS = "signed_jwt"


async def rotate_signing_key(
    *,
    by: Actor,
    connection_id: UUID,
    at_once: bool = False,
    bits: int = BITS,
    at: datetime | None = None,
    key: rsa.RSAPrivateKey | None = None,
) -> str:
    """Make a key and publish it; it signs after the overlap, or at once when it is the first. Return its `kid`.

    `at_once` is for a key that leaked: the old ones leave the set now, and an agency that keeps our old set refuses us
    until it fetches the new one.

    `key` is one of `new_key`, from who may not keep others waiting while it is made.
    Raises `NotAllowed`, `NotFound`, or `WrongState` while another rotation is under way.
    """
    moment = at or now()
    query = "select area_id, options, auth_mode, state from agency_connection where id = $1"
    row = await sql.fetch_one(query, connection_id)
    if row is None:
        raise NotFound("connection")
    check_can_keep(by, area_id=row["area_id"])
    if row["auth_mode"] != SIGNS or row["state"] == "retired":
        raise WrongState("This connection signs nothing: the agency knows us in another way, or it was retired.")
    known = await queries.keys(connection_id=connection_id)
    pending = rules.waiting(known, at=moment)
    if pending is not None and not at_once:
        raise WrongState(f"Key {pending.kid} is published already and signs from {pending.signs_from:%d %B %Y %H:%M}.")
    environment = str(json.loads(row["options"]).get("environment") or "key")
    kid = rules.next_kid(environment, [key.kid for key in known])
    times = rules.rotation(known, at=moment, at_once=at_once)
    await _keep(by, connection_id, kid, key or await new_key(bits), made_at=moment, times=times)
    await record(
        by=by,
        area_id=PLATFORM if row["area_id"] is None else row["area_id"],
        action="connection.rotate_key",
        subject=("agency_connection", connection_id),
        reason="Put in place at once: the key before may be known to others." if at_once else None,
        after={"kid": kid, "signs_from": times.signs_from, "others_leave": times.others_leave},
    )
    return kid


async def _keep(
    by: Actor, connection_id: UUID, kid: str, key: rsa.RSAPrivateKey, *, made_at: datetime, times: rules.Rotation
) -> None:
    await sql.execute(
        "update connection_signing_key set withdrawn_at = $2 "
        "where connection_id = $1 and (withdrawn_at is null or withdrawn_at > $2)",
        connection_id,
        times.others_leave,
    )
    place = await sealing.place_of(connection_id=connection_id)
    sealed = sealing.seal(_pem(key), place=place.of(f"{KIND}/{kid}"))
    made = await sql.execute(
        "insert into connection_signing_key (area_id, connection_id, kid, public_key, sealed, key_id, made_at, "
        "made_by_name, signs_from) select area_id, id, $2, $3::text::jsonb, $4, $5, $6, $7, $8 "
        "from agency_connection where id = $1 on conflict do nothing",
        connection_id,
        kid,
        json.dumps(_public(key, kid)),
        sealed,
        sealing.key_id(sealed),
        made_at,
        by.name[:200],
        times.signs_from,
    )
    if made.endswith(" 0"):
        raise Conflict("signing key")


async def new_key(bits: int = BITS) -> rsa.RSAPrivateKey:
    """Return a key made by chance; of 4096 bits that takes from a fifth of a second to two."""
    return await asyncio.to_thread(rsa.generate_private_key, public_exponent=65537, key_size=bits)


def _pem(key: rsa.RSAPrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def _public(key: rsa.RSAPrivateKey, kid: str) -> dict[str, object]:
    """The public half as a JWK, with what an agency needs to pick it: RFC 7517 §4."""
    jwk = RSAKey.import_key(key.public_key()).as_dict(private=False)
    return {**jwk, "kid": kid, "use": "sig", "alg": ALGORITHM}
