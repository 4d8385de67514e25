"""An area's settings: its name, and the other boards it works with."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from backend.web.conflicts import with_saved
from backend.web.form_body import read_form
from backend.web.forms import Form
from backend.web.operation import mutate, query
from backend.web.render import redirect, render
from backend.web.signed_in import actor_of, area_of
from concordat_graphql import ids
from tenants.tenancy.permissions import can_manage
from tenants.tenancy.service import BOARD_KINDS

KINDS = [{"value": value, "text": text} for value, text in BOARD_KINDS.items()]


@get("/area/{slug:str}/settings", opt={"access": "area"})
async def settings(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """The area's name, what it covers and its linked boards."""
    return await _settings(request, slug)


async def _settings(request: Request[Any, Any, Any], slug: str, *, form: Form | None = None) -> Response[Any]:
    area = area_of(request, slug)
    data = await query(request, "AreaSettings", slug=slug)
    recorded = Form.filled({"area_name": data.area.name, "version": data.area.version})
    shown = with_saved(form, recorded) if form else recorded
    return render(request, "tenancy/settings.html", form=shown, title="Settings", caption=area.name, area=data.area,
                  manages=can_manage(actor_of(request), area_id=area.id), kinds=KINDS)


@post("/area/{slug:str}/settings/name", opt={"access": "area"})
async def rename(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Changes the name of the partnership."""
    area, form = area_of(request, slug), await read_form(request)
    name = form.text("area_name", label="the name of the partnership", max_length=120)
    version = form.whole("version", label="the version")
    if not form.problems:
        values = {"areaId": ids.encode("Area", area.id), "name": name, "version": version}
        outcome = await mutate(request, "RenameArea", values)
        if outcome.ok:
            return redirect(request, f"/area/{slug}/settings", flash="The name is changed.")
        for problem in outcome.problems:  # the page has another field called name
            form.add_problem("area_name" if problem.field == "name" else None, problem.message, code=problem.code)
    return await _settings(request, slug, form=form)


@post("/area/{slug:str}/settings/boards", opt={"access": "area"})
async def link_board(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Adds a board that the partnership works with."""
    area, form = area_of(request, slug), await read_form(request)
    name = form.text("name", label="the name of the board")
    kind = form.choice("kind", label="what kind of board it is", options=BOARD_KINDS)
    url = form.text("url", label="the link", required=False, max_length=500)
    note = form.text("note", label="the note", required=False, max_length=2000, lines=True)
    if not form.problems:
        values = {"areaId": ids.encode("Area", area.id), "name": name, "kind": kind, "url": url, "note": note}
        outcome = await mutate(request, "LinkBoard", values)
        if outcome.ok:
            return redirect(request, f"/area/{slug}/settings", flash=f"{name} is added.")
        form.add_problems(outcome.problems)
    return await _settings(request, slug, form=form)


@get("/area/{slug:str}/settings/boards/end", opt={"access": "area"})
async def end_board(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Asks when and why the link with a board ends."""
    asked = {name: [request.query_params.get(name, "")] for name in ("board", "version", "who")}
    return _end_board(request, slug, Form(raw=asked))


def _end_board(request: Request[Any, Any, Any], slug: str, form: Form) -> Response[Any]:
    area = area_of(request, slug)
    return render(request, "tenancy/end_board.html", form=form, title="End the link with a board", caption=area.name,
                  slug=slug, back=f"/area/{slug}/settings")


@post("/area/{slug:str}/settings/boards/end", opt={"access": "area"})
async def end_board_now(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Ends the link with a board on a day; the record stays."""
    area, form = area_of(request, slug), await read_form(request)
    ended_on = form.date("ended_on", label="the last day")
    reason = form.text("reason", label="why it ends", max_length=1000, lines=True)
    version = form.whole("version", label="the version")
    if not form.problems:
        outcome = await mutate(request, "EndBoard", {
            "areaId": ids.encode("Area", area.id), "boardId": form.value("board"), "version": version,
            "endedOn": None if ended_on is None else ended_on.isoformat(), "reason": reason,
        })
        if outcome.ok:
            return redirect(request, f"/area/{slug}/settings", flash="The link with the board has ended.")
        form.add_problems(outcome.problems)
    return _end_board(request, slug, form)


ROUTES = [settings, rename, link_board, end_board, end_board_now]
