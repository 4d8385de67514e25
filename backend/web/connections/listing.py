"""What is linked, when it last worked, what it changed."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from litestar import Response

from backend.web.connections import standing
from backend.web.connections.place import Asked, connection_at, in_both, place_of
from backend.web.forms import Form
from backend.web.operation import found, query
from backend.web.render import render


async def connections(request: Asked) -> Response[Any]:
    """What waits for a decision, what does not work, what is linked and when it last worked, what changed."""
    place = place_of(request)
    if place.area_key is None:
        data, waiting, facts = await query(request, "AgencyConnections"), [], []
    else:
        data = await query(request, "ConnectionsHome", areaId=place.area_key)
        waiting, facts = standing.waiting(data, base=place.base), data.connectionChanges.nodes
    listed = data.agencyConnections
    return render(request, "connections/list.html", title="Connections", caption=place.caption, place=place,
                  connections=listed, waiting=waiting, troubled=[one for one in listed if standing.is_troubled(one)],
                  effects=[(one, standing.brought(one)) for one in data.connectionEffects], facts=facts, wide=True)


async def connection(request: Asked) -> Response[Any]:
    """One connection: what it is, its credentials, its runs."""
    return await show_connection(request)


async def show_connection(request: Asked, *, form: Form | None = None) -> Response[Any]:
    """Return the page of a connection, with what is wrong with a form on it."""
    place = place_of(request)
    data = await connection_at(request, place)
    here = f"{place.connections}/{data.agencyConnection.id}"
    runs = data.connectionRuns
    older = f"{here}?{urlencode({'after': runs.pageInfo.endCursor})}" if runs.pageInfo.hasNextPage else None
    return render(request, "connections/one.html", form=form, title=data.agencyConnection.name, caption=place.caption,
                  place=place, one=data.agencyConnection, runs=runs.nodes, here=here, back=place.connections,
                  next=older, wide=True)


async def run(request: Asked) -> Response[Any]:
    """How far a run is, or what it came to; the page refreshes by its own link."""
    place = place_of(request)
    record = found((await query(request, "ConnectionRunPage", id=request.path_params["run_id"])).connectionRun)
    of_this = record.run.areaId == place.area_key and record.run.connectionId == request.path_params["connection"]
    found(record if of_this else None)
    here = f"{place.connections}/{record.run.connectionId}"
    return render(request, "connections/run.html", title="Test" if record.run.isTest else "Run",
                  caption=record.run.connectionName, place=place, run=record.run, rejections=record.rejections,
                  facts=record.changes, decisions=record.decisions, back=here,
                  here=f"{here}/runs/{record.run.id}", wide=True)


async def changes(request: Asked) -> Response[Any]:
    """The facts that connections applied, newest first; of one run where it is named."""
    place = place_of(request)
    after, run = request.query_params.get("after"), request.query_params.get("run")
    page = (await query(request, "ConnectionChanges", areaId=place.area_key, runId=run, after=after)).connectionChanges
    kept = {"run": run} if run else {}
    more = urlencode({**kept, "after": page.pageInfo.endCursor}) if page.pageInfo.hasNextPage else None
    title = "What one run changed" if run else "What connections changed"
    return render(request, "connections/changes.html", title=title, caption=place.caption, place=place, run=run,
                  changes=page.nodes, next=f"{place.connections}/changes?{more}" if more else None,
                  back=place.connections, wide=True)


ROUTES = [
    *in_both("", shows=connections),
    *in_both("/changes", shows=changes),
    *in_both("/{connection:str}", shows=connection),
    *in_both("/{connection:str}/runs/{run_id:str}", shows=run),
]
