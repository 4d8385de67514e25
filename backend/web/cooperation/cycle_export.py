"""A cycle's requests and returns as a file, as the list is narrowed."""

from __future__ import annotations

from datetime import date
from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from backend.web.cooperation.agencies import asked_of
from backend.web.exporting import record_export
from backend.web.formats import day
from backend.web.operation import found, query
from backend.web.signed_in import area_of
from concordat_graphql import ids
from infra.export import CSV_TYPE, XLSX_TYPE, Cell, to_csv, to_xlsx

HEADER = ("Agency", "Category", "Duty", "Cycle", "Due", "State", "Late", "Sent", "Follow-up step", "Reminders sent")


def narrowing(request: Request[Any, Any, Any], cycle_id: str) -> tuple[dict[str, str | None], dict[str, Any]]:
    """Return what the address narrows a cycle's list to, and the same as the stored query takes it."""
    asked = asked_of(request, "search", "category", "state", "step", "show", "after")
    step = asked["step"] or ""
    where = {
        "cycleId": cycle_id,
        "search": asked["search"],
        "category": asked["category"],
        "state": asked["state"],
        "step": int(step) if step.isdecimal() and len(step) < 3 else None,
        "late": asked["show"] == "late",
        "questionOpen": asked["show"] == "questions",
    }
    return asked, where


@get("/area/{slug:str}/cycles/{cycle_id:str}/export.csv", opt={"access": "area"})
async def as_csv(request: Request[Any, Any, Any], slug: FromPath[str], cycle_id: FromPath[str]) -> Response[bytes]:
    """Every request of the cycle as CSV."""
    rows = await _rows(request, slug, cycle_id)
    return _file(to_csv(header=HEADER, rows=rows), media_type=CSV_TYPE, name=f"{slug}-returns.csv")


@get("/area/{slug:str}/cycles/{cycle_id:str}/export.xlsx", opt={"access": "area"})
async def as_xlsx(request: Request[Any, Any, Any], slug: FromPath[str], cycle_id: FromPath[str]) -> Response[bytes]:
    """Every request of the cycle as an Excel workbook."""
    rows = await _rows(request, slug, cycle_id)
    book = to_xlsx(sheet="Returns", header=HEADER, rows=rows)
    return _file(book, media_type=XLSX_TYPE, name=f"{slug}-returns.xlsx")


async def _rows(request: Request[Any, Any, Any], slug: str, cycle_id: str) -> list[list[Cell]]:
    area, (_, where) = area_of(request, slug), narrowing(request, cycle_id)
    rows: list[list[Cell]] = []
    after: str | None = None
    await record_export(request, area_id=area.id, what=("duty_cycle", cycle_id))
    while True:
        data = await query(
            request, "CyclePage", id=cycle_id, areaId=ids.encode("Area", area.id), where=where, after=after
        )
        found(data.record)
        rows += map(_row, data.requests.nodes)
        after = data.requests.pageInfo.endCursor
        if not data.requests.pageInfo.hasNextPage:
            return rows


def _row(one: Any) -> list[Cell]:
    return [
        one.agencyName,
        one.categoryLabel,
        one.title,
        one.cycleLabel,
        date.fromisoformat(one.dueOn),
        one.stateLabel,
        "late" if one.late else "",
        day(one.submittedAt),
        one.stepTitle or "",
        one.reminders,
    ]


def _file(body: bytes, *, media_type: str, name: str) -> Response[bytes]:
    return Response(body, media_type=media_type, headers={"content-disposition": f'attachment; filename="{name}"'})


ROUTES = [as_csv, as_xlsx]
