"""What leaves as a file is an entry in the area's audit trail, before the file is made."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response

from backend.web.signed_in import actor_of
from infra.export import CSV_TYPE, to_csv
from tenants.audit import queries
from tenants.audit.service import record
from tenants.tenancy.scope import tenant_scope


async def record_export(request: Request[Any, Any, Any], *, area_id: int, what: tuple[str, object]) -> None:
    """Writes that this person takes a file about `what`, a (type, id), out of the area."""
    actor = actor_of(request)
    async with tenant_scope(actor):
        await record(by=actor, area_id=area_id, action="file.export", subject=what)


async def trail_file(
    request: Request[Any, Any, Any], *, area_id: int, subject: tuple[str, object], name: str
) -> Response[bytes]:
    """Returns a whole audit trail as CSV, oldest first; that it was taken is its last entry."""
    actor = actor_of(request)
    rows: list[queries.Entry] = []
    async with tenant_scope(actor):
        await record(by=actor, area_id=area_id, action="audit.export", subject=subject)
        before: int | None = None
        while chunk := await queries.entries(area_id=area_id, before_seq=before, limit=1000):
            rows += chunk
            before = chunk[-1].seq
    body = to_csv(header=queries.COLUMNS, rows=(queries.as_cells(row) for row in reversed(rows)))
    return Response(body, media_type=CSV_TYPE, headers={"content-disposition": f'attachment; filename="{name}"'})
