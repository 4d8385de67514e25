"""What leaves as a file is an entry in the area's audit trail, before the file is made."""

from __future__ import annotations

from typing import Any

from litestar import Request
from litestar.response import Stream

from backend.web.signed_in import actor_of
from infra.export import CSV_TYPE
from tenants.audit import queries
from tenants.audit.exporting import trail
from tenants.audit.service import record
from tenants.tenancy.scope import tenant_scope


async def record_export(request: Request[Any, Any, Any], *, area_id: int, what: tuple[str, object]) -> None:
    """Writes that this person takes a file about `what`, a (type, id), out of the area."""
    actor = actor_of(request)
    async with tenant_scope(actor):
        await record(by=actor, area_id=area_id, action="file.export", subject=what)


async def trail_file(
    request: Request[Any, Any, Any], *, area_id: int, subject: tuple[str, object], name: str
) -> Stream:
    """Returns a whole audit trail as CSV, oldest first, sent as it is read; that it was taken is its last entry."""
    actor = actor_of(request)
    async with tenant_scope(actor):
        await record(by=actor, area_id=area_id, action="audit.export", subject=subject)
        last = await queries.last_seq(area_id=area_id)
    parts = trail(area_id=area_id, last_seq=last, scope=lambda: tenant_scope(actor, readonly=True))
    return Stream(parts, media_type=CSV_TYPE, headers={"content-disposition": f'attachment; filename="{name}"'})
