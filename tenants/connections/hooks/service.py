"""What people do with a hook: make its secret or enter the system's, change it with an overlap, end one."""

from __future__ import annotations

from uuid import UUID

from infra import standard_webhooks as form
from infra.clock import now
from tenants.connections import errors
from tenants.connections.hooks import secrets
from tenants.connections.hooks.rules import OVERLAP
from tenants.connections.queries.links import ConnectionRow
from tenants.connections.rules.systems import SYSTEMS
from tenants.connections.sealing import Place
from tenants.connections.service import writing
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Invalid, NotFound, WrongState

MOST_GOOD = 3  #: secrets at once


async def make_secret(*, by: Actor, connection_id: UUID, secret: str | None = None) -> str:
    """Seal a new secret for the hook, ours or (`secret`) the one that the system gave, and return it.

    This is the only time that it is shown. Those before it are good for another 24 hours. Raises `NotFound`,
    `NotAllowed`, `WrongState` for a system that sends no hooks or when too many are good, `Invalid` for no secret.
    """
    row = await _kept(by, connection_id)
    chosen = form.make_secret() if secret is None else secret.strip()
    if form.key_of(chosen) is None:
        raise Invalid("The secret must be whsec_ and base64 of 24 to 64 bytes. Copy it again.", field="secret")
    at = now()
    good = await secrets.hold(area_id=row.area_id or 0, connection_id=row.id, at=at)
    if good >= MOST_GOOD:
        raise WrongState(f"{good} secrets are good at once. End one of them first.")
    place = Place(area_id=row.area_id, system=row.system, connection_id=row.id)
    await secrets.add(
        place=place, secret=chosen, made_here=secret is None, name=by.name, at=at, others_end=at + OVERLAP
    )
    said = {"made_here": secret is None, "others_end": at + OVERLAP if good else None}
    await writing.audit(by=by, area_id=row.area_id, connection_id=row.id, verb="hook_secret", after=said)
    return chosen


async def end_secret(*, by: Actor, connection_id: UUID, secret_id: UUID) -> UUID:
    """End a secret now and erase it: messages signed with it are refused. After the last one nothing is taken."""
    row = await writing.find(by=by, connection_id=connection_id)
    if not await secrets.end(connection_id=row.id, secret_id=secret_id, at=now()):
        raise NotFound("secret", field="secretId")
    said = {"secret_id": secret_id}
    await writing.audit(by=by, area_id=row.area_id, connection_id=row.id, verb="end_hook_secret", after=said)
    return row.id


async def _kept(by: Actor, connection_id: UUID) -> ConnectionRow:
    row = await writing.find(by=by, connection_id=connection_id)
    if row.state == "retired":
        raise errors.not_running(row.state)
    if row.area_id is None or not SYSTEMS[row.system].hooks:
        raise WrongState("This system does not tell us of changes: it is read by its schedule.")
    return row
