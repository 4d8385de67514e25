"""The scorecard of an area, its definitions, and its figures as files."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from backend.web.exporting import record_export
from backend.web.indicators import files, keeping
from backend.web.indicators.card import cards
from backend.web.operation import found, query
from backend.web.render import render
from backend.web.signed_in import actor_of, area_of
from concordat_graphql import ids
from infra.export import CSV_TYPE, XLSX_TYPE
from tenants.indicators import queries
from tenants.indicators.queries.rows import Point, Scorecard
from tenants.indicators.rules.values import LEGEND
from tenants.tenancy.scope import tenant_scope


@get("/area/{slug:str}/indicators", opt={"access": "area"})
async def scorecard(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """The figures of one place over two years, each with its chart and its table."""
    area = area_of(request, slug)
    place = request.query_params.get("place") or None
    data = await query(request, "Scorecard", areaId=ids.encode("Area", area.id), place=place)
    return render(
        request,
        "indicators/scorecard.html",
        title="Figures",
        caption=area.name,
        here=f"/area/{slug}/indicators",
        card=data.scorecard,
        cards=cards(data.scorecard),
        legend=LEGEND,
        wide=True,
    )


@get("/area/{slug:str}/indicators/definition", opt={"access": "area"})
async def definition(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """What an indicator counts, in each edition; its targets, breaks and corrections."""
    area = area_of(request, slug)
    code = request.query_params.get("code", "")[:100]
    data = await query(request, "OneIndicator", areaId=ids.encode("Area", area.id), code=code)
    record = found(data.indicator)
    return render(
        request,
        "indicators/definition.html",
        title=record.editions[0].title,
        caption=area.name,
        here=f"/area/{slug}/indicators",
        back=f"/area/{slug}/indicators",
        record=record,
        latest=record.editions[0],
        legend=LEGEND,
    )


@get("/area/{slug:str}/indicators/figures.csv", opt={"access": "area"})
async def export_csv(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[bytes]:
    """Every figure as CSV; what is withheld has a symbol."""
    card, points = await _figures(request, slug)
    body = queries.as_csv(points, measures=card.measures, places=card.places)
    return _file(body, media_type=CSV_TYPE, name=f"{slug}-figures.csv")


@get("/area/{slug:str}/indicators/figures.xlsx", opt={"access": "area"})
async def export_xlsx(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[bytes]:
    """Every figure as an Excel workbook."""
    card, points = await _figures(request, slug)
    body = queries.as_xlsx(points, measures=card.measures, places=card.places)
    return _file(body, media_type=XLSX_TYPE, name=f"{slug}-figures.xlsx")


async def _figures(request: Request[Any, Any, Any], slug: str) -> tuple[Scorecard, list[Point]]:
    area = area_of(request, slug)
    await record_export(request, area_id=area.id, what=("figures", slug))
    async with tenant_scope(actor_of(request), readonly=True):
        return await queries.scorecard(area_id=area.id), await queries.points(area_id=area.id)


def _file(body: bytes, *, media_type: str, name: str) -> Response[bytes]:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(body, media_type=media_type, headers=headers)


ROUTES = [scorecard, definition, export_csv, export_xlsx, *files.ROUTES, *keeping.ROUTES]
