"""What officials see and decide. Every page is an audited read; every move is made in the official's own name."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from backend.web.forms import Form
from backend.web.intervention.moves import MOVES, make_move, record_of, show_move
from backend.web.national.columns import ATTENTION, FACTS, STAGES, address, asked, headings
from backend.web.operation import found, query
from backend.web.render import render
from infra.export import CSV_TYPE, to_csv

CSV_HEADER = ("Area", "Local authorities", "Stage", "Membership", "Budget", "Cooperation", "Flags")


@get("/national", opt={"access": "national"})
async def areas(request: Request[Any, Any, Any]) -> Response[Any]:
    """All areas in one table; sorted, filtered and searched by its address."""
    wanted = asked(request)
    data = await query(request, "NationalAreas", **wanted)
    shown = {key: value for key, value in wanted.items() if isinstance(value, str)}
    return render(request, "national/areas.html", form=Form.filled(shown), title="All areas", wide=True,
                  wanted=wanted, lines=data.nationalAreas, columns=headings(wanted),
                  csv=address("/national/areas.csv", wanted),
                  narrowed=any(wanted[key] for key in ("search", "attention", "lifecycle")),
                  attention=ATTENTION, stages=STAGES)


@get("/national/areas.csv", opt={"access": "national"})
async def areas_csv(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The same table as a file."""
    data = await query(request, "NationalAreas", **asked(request))
    rows = (_row(line) for line in data.nationalAreas)
    headers = {"content-disposition": 'attachment; filename="areas.csv"'}
    return Response(to_csv(header=CSV_HEADER, rows=rows), media_type=CSV_TYPE, headers=headers)


def _row(line: Any) -> list[str]:
    covered = "; ".join(line.localAuthorityNames)
    return [line.area.name, covered, line.lifecycleLabel, *(line[fact].words for fact in FACTS)]


@get("/national/areas/{slug:str}", opt={"access": "national"})
async def area(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """One area: what it reports, what is missing and how we know, and its referred flags."""
    page = found((await query(request, "NationalArea", slug=slug)).nationalArea)
    facts = [("Membership", page.line.membership), ("Budget", page.line.budget),
             ("Cooperation", page.line.cooperation), ("Flags", page.line.flags)]
    return render(request, "national/area.html", title=page.line.area.name, caption="Area", line=page.line, facts=facts,
                  flags=page.flags, breadcrumbs=[{"text": "All areas", "href": "/national"}], wide=True)


@get("/national/flags", opt={"access": "national"})
async def flags(request: Request[Any, Any, Any]) -> Response[Any]:
    """Flags that areas have referred; those that are open unless all are asked for."""
    every = request.query_params.get("show") == "all"
    data = await query(request, "NationalFlags", openOnly=not every, after=request.query_params.get("after"))
    return render(request, "national/flags.html", title="Flags referred to the Department", every=every,
                  flags=data.nationalFlags, wide=True)


@get("/national/flags/{flag:str}", opt={"access": "national"})
async def flag_page(request: Request[Any, Any, Any], flag: FromPath[str]) -> Response[Any]:
    """One referred flag, with every move since it was referred."""
    record = await record_of(request, flag)
    return render(request, "intervention/flag.html", title=record.flag.title, caption=record.flag.kindLabel,
                  record=record, flag=record.flag, moves=MOVES, here=f"/national/flags/{flag}", back="/national/flags",
                  official=True)


@get("/national/flags/{flag:str}/{move:str}", opt={"access": "national"})
async def move_page(request: Request[Any, Any, Any], flag: FromPath[str], move: FromPath[str]) -> Response[Any]:
    """The page of a move that the official may make now."""
    record = await record_of(request, flag)
    return await show_move(request, move, record=record, back=f"/national/flags/{flag}", form=Form())


@post("/national/flags/{flag:str}/{move:str}", opt={"access": "national"})
async def move_now(request: Request[Any, Any, Any], flag: FromPath[str], move: FromPath[str]) -> Response[Any]:
    """Makes a move in the official's name."""
    record = await record_of(request, flag)
    return await make_move(request, move, record=record, back=f"/national/flags/{flag}")


ROUTES = [areas, areas_csv, area, flags, flag_page, move_page, move_now]
