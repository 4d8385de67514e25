"""Setting credentials, trying a connection and running it, on a person's word."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from infra.clock import now, today
from infra.database import sql
from tenants.connections import errors, runs, sealing
from tenants.connections.rules import pem
from tenants.connections.rules.systems import CREDENTIALS
from tenants.connections.sealing import Place
from tenants.connections.service import writing
from tenants.tenancy import checks
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Invalid

MOST_SECRET = 10_000  #: characters; the longest are chains of certificates
# not "on conflict do update": what is excluded would have to be readable
_CHANGE = """
update connection_credential set sealed = $4, key_id = $5, expires_on = $6, set_at = $7, set_by_name = $8
where home = coalesce($1, 0) and connection_id = $2 and kind = $3
"""
_SET = """
insert into connection_credential (area_id, connection_id, kind, sealed, key_id, expires_on, set_at, set_by_name)
values ($1, $2, $3, $4, $5, $6, $7, $8)
"""


async def set_credential(
    *, by: Actor, connection_id: UUID, version: int, kind: str, secret: str, expires_on: date | None = None
) -> UUID:
    """Seal a credential; whatever was there is gone. A connection that waited for new ones is active again.

    Only the worker can open it: it is never shown again. Return the connection's id.
    """
    row = await writing.find(by=by, connection_id=connection_id, version=version)
    if row.state == "retired":
        raise errors.not_running(row.state)
    if kind not in CREDENTIALS.get(row.auth_mode, ()):
        raise errors.no_such_credential()
    _check(secret, expires_on)
    _check_form(kind, secret.strip())
    if kind == "certificate":
        expires_on = min(expires_on or date.max, pem.last_day(secret.strip()))
    place = Place(area_id=row.area_id, system=row.system, connection_id=row.id)
    sealed = sealing.seal(secret.strip(), place=place.of(kind))
    key = sealing.key_id(sealed)
    kept = (row.area_id, row.id, kind, sealed, key, expires_on, now(), by.name[:200])
    if await sql.execute(_CHANGE, *kept) == "UPDATE 0":
        await sql.execute(_SET, *kept)
    await sql.execute("delete from connection_token where connection_id = $1", row.id)  # the old one's
    values = {"state": "active", "state_reason": None} if row.state == "reauthorise" else {"state": row.state}
    said = {"kind": kind, "expires_on": expires_on}
    return await writing.change(by=by, row=row, values=values, verb="credential", said=said)


def _check(secret: str, expires_on: date | None) -> None:
    if not secret.strip():
        raise Invalid("Enter the credential.", field="secret")
    if len(secret) > MOST_SECRET:
        raise Invalid(f"The credential must be {MOST_SECRET:,} characters or fewer.", field="secret")
    if any(character != "\n" and not character.isprintable() for character in secret.strip().replace("\r\n", "\n")):
        raise Invalid("The credential has characters that no credential has. Copy it again.", field="secret")
    if expires_on is not None and checks.day(expires_on, name="the last day", field="expiresOn") < today():
        raise Invalid("This credential has expired. Ask the agency for a new one.", field="expiresOn")


def _check_form(kind: str, secret: str) -> None:
    wrong = None
    if kind == "private_key":
        wrong = pem.key_problem(secret)
    elif kind == "certificate":
        wrong = pem.certificate_problem(secret, today=today())
    if wrong is not None:
        raise Invalid(wrong, field="secret")


async def test_connection(*, by: Actor, connection_id: UUID) -> UUID:
    """Ask the worker to call the agency once and say what answered; return the run's id."""
    return await _ask(by=by, connection_id=connection_id, cause="test")


async def run_now(*, by: Actor, connection_id: UUID) -> UUID:
    """Ask for a run outside the schedule; return its id."""
    return await _ask(by=by, connection_id=connection_id, cause="by_hand")


async def _ask(*, by: Actor, connection_id: UUID, cause: runs.Cause) -> UUID:
    row = await writing.find(by=by, connection_id=connection_id)
    run_id = await runs.ask(by=by, connection_id=connection_id, cause=cause)
    after = {"cause": cause, "run_id": run_id}
    await writing.audit(by=by, area_id=row.area_id, connection_id=row.id, verb="run", after=after)
    return run_id
