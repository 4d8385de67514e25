"""What leaves as a file is an entry in the area's audit trail, before the file is made."""

from __future__ import annotations

from typing import Any

from litestar import Request

from backend.web.signed_in import actor_of
from tenants.audit.service import record
from tenants.tenancy.scope import tenant_scope


async def record_export(request: Request[Any, Any, Any], *, area_id: int, what: tuple[str, object]) -> None:
    """Writes that this person takes a file about `what`, a (type, id), out of the area."""
    actor = actor_of(request)
    async with tenant_scope(actor):
        await record(by=actor, area_id=area_id, action="file.export", subject=what)
