"""The area's agencies as a file: how each stands, and its last answer."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from backend.web.exporting import record_export
from backend.web.formats import day
from backend.web.operation import query
from backend.web.signed_in import area_of
from concordat_graphql import ids
from infra.export import CSV_TYPE, to_csv

HEADER = ("Agency", "Category", "State", "Told", "Acknowledged", "Last asked", "Due", "Last answer", "Sent")


@get("/area/{slug:str}/agencies.csv", opt={"access": "area"})
async def export(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[bytes]:
    """Every agency that the area considered, by name."""
    area = area_of(request, slug)
    rows: list[Any] = []
    after: str | None = None
    await record_export(request, area_id=area.id, what=("relevant_agencies", slug))
    while True:
        data = await query(request, "AgencyConfirmations", areaId=ids.encode("Area", area.id), after=after)
        rows += data.agencies.nodes
        after = data.agencies.pageInfo.endCursor
        if not data.agencies.pageInfo.hasNextPage:
            break
    headers = {"content-disposition": f'attachment; filename="{slug}-agencies.csv"'}
    return Response(to_csv(header=HEADER, rows=map(_row, rows)), media_type=CSV_TYPE, headers=headers)


def _row(one: Any) -> list[str]:
    asked = one.latestReturn
    answer = [asked.title, asked.dueOn, asked.stateLabel, str(day(asked.submittedAt) or "")] if asked else [""] * 4
    return [
        one.name,
        one.categoryLabel,
        one.stateLabel,
        one.notifiedOn or "",
        one.acknowledgedOn or "",
        *answer,
    ]


ROUTES = [export]
