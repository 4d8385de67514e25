"""The writes behind every verb on a connection: find and check, change by version, append to the audit chain."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from tenants.audit.service import PLATFORM, record
from tenants.connections.permissions import check_can_keep
from tenants.connections.queries import links
from tenants.connections.queries.links import ConnectionRow
from tenants.connections.tables import AgencyConnection
from tenants.tenancy import checks
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Conflict, NotFound

WHAT = "connection"


async def find(*, by: Actor, connection_id: UUID, version: int | None = None) -> ConnectionRow:
    """Return the connection when the actor keeps it, as it was seen at `version`."""
    row = await links.connection(connection_id=connection_id)
    if row is None:
        raise NotFound(WHAT, field="connectionId")
    check_can_keep(by, area_id=row.area_id)
    if version is not None:
        checks.version(expected=version, found=row.version, what=WHAT)
    return row


async def change(
    *,
    by: Actor,
    row: ConnectionRow,
    values: Mapping[str, Any],
    verb: str,
    reason: str | None = None,
    said: Mapping[str, Any] | None = None,
) -> UUID:
    """Change the connection as it was read; raises `Conflict` when somebody was first. `said` is audited as well."""
    columns: dict[Any, Any] = {**values, "version": row.version + 1}
    unmoved = (AgencyConnection.id == row.id) & (AgencyConnection.version == row.version)
    if not await AgencyConnection.update(columns).where(unmoved).returning(AgencyConnection.id):
        raise Conflict(WHAT)
    before = {key: getattr(row, key) for key in values if hasattr(row, key)}
    after = {**values, **(said or {})}
    await audit(by=by, area_id=row.area_id, connection_id=row.id, verb=verb, reason=reason, before=before, after=after)
    return row.id


async def audit(
    *,
    by: Actor,
    area_id: int | None,
    connection_id: UUID,
    verb: str,
    reason: str | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Append to the chain of the area, or of the platform for a national connection."""
    await record(
        by=by,
        area_id=PLATFORM if area_id is None else area_id,
        action=f"connection.{verb}",
        subject=("agency_connection", connection_id),
        reason=reason,
        before=before,
        after=after,
    )
