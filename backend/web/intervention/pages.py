"""An area's flags: the list, one flag with its whole record, raising, changing, and each move."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from backend.web.conflicts import is_conflict, with_saved
from backend.web.form_body import read_form
from backend.web.forms import Form
from backend.web.intervention.drafts import LINK_ROWS, TOLD_ROWS, filled, read_draft, rows_of, tick_partners
from backend.web.intervention.moves import MOVES, make_move, record_of, show_move
from backend.web.operation import mutate, query
from backend.web.render import redirect, render
from backend.web.signed_in import actor_of, area_of
from concordat_graphql import ids
from tenants.intervention.permissions import can_raise


@get("/area/{slug:str}/flags", opt={"access": "area"})
async def flags(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """The area's flags; those that are open unless all are asked for."""
    area = area_of(request, slug)
    every = request.query_params.get("show") == "all"
    data = await query(request, "AreaFlags", areaId=ids.encode("Area", area.id), openOnly=not every,
                       after=request.query_params.get("after"))
    return render(request, "intervention/flags.html", title="Flags", caption=area.name, slug=slug, every=every,
                  flags=data.interventionFlags, raises=can_raise(actor_of(request), area_id=area.id), wide=True)


@get("/area/{slug:str}/flags/new", opt={"access": "area"})
async def new(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """An empty flag, for those who may raise one."""
    area = area_of(request, slug)
    if not can_raise(actor_of(request), area_id=area.id):
        raise NotFoundException
    return await _draft(request, slug, Form(), action=f"/area/{slug}/flags/new", title="Raise a flag")


@post("/area/{slug:str}/flags/new", opt={"access": "area"})
async def raise_flag(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Raises a flag; it is not referred by that."""
    area, form = area_of(request, slug), await read_form(request)
    draft = read_draft(form)
    if not form.problems:
        outcome = await mutate(request, "RaiseFlag", {"areaId": ids.encode("Area", area.id), "draft": draft})
        if outcome.ok:
            said = "The flag is raised. It is not referred to the Department unless you refer it."
            return redirect(request, f"/area/{slug}/flags/{outcome.done.id}", flash=said)
        form.add_problems(outcome.problems)
    return await _draft(request, slug, form, action=f"/area/{slug}/flags/new", title="Raise a flag")


@get("/area/{slug:str}/flags/{flag:str}", opt={"access": "area"})
async def flag_page(request: Request[Any, Any, Any], slug: FromPath[str], flag: FromPath[str]) -> Response[Any]:
    """One flag: where it stands, what it says, every move, and what the reader may do."""
    area_of(request, slug)
    record = await record_of(request, flag, slug=slug)
    here = f"/area/{slug}/flags/{flag}"
    return render(request, "intervention/flag.html", title=record.flag.title, caption=record.flag.kindLabel,
                  record=record, flag=record.flag, moves=MOVES, here=here, back=f"/area/{slug}/flags", official=False)


@get("/area/{slug:str}/flags/{flag:str}/amend", opt={"access": "area"})
async def amend(request: Request[Any, Any, Any], slug: FromPath[str], flag: FromPath[str]) -> Response[Any]:
    """A flag as it stands, to be changed; only until it is referred."""
    area_of(request, slug)
    record = await record_of(request, flag, slug=slug)
    if "amend" not in record.movesOpen:
        raise NotFoundException
    return await _amend(request, slug, flag, filled(record))


@post("/area/{slug:str}/flags/{flag:str}/amend", opt={"access": "area"})
async def amend_now(request: Request[Any, Any, Any], slug: FromPath[str], flag: FromPath[str]) -> Response[Any]:
    """Changes what a flag says, with a reason."""
    area_of(request, slug)
    await record_of(request, flag, slug=slug)
    form = await read_form(request)
    draft = read_draft(form)
    reason = form.text("reason", label="a reason", max_length=4000, lines=True)
    version = form.whole("version", label="the version")
    if not form.problems:
        said = {"flagId": flag, "version": version, "draft": draft, "reason": reason}
        outcome = await mutate(request, "AmendFlag", said)
        if outcome.ok:
            return redirect(request, f"/area/{slug}/flags/{flag}", flash="The flag is changed.")
        form.add_problems(outcome.problems)
        if is_conflict(form):
            with_saved(form, filled(await record_of(request, flag, slug=slug)))
    return await _amend(request, slug, flag, form)


async def _amend(request: Request[Any, Any, Any], slug: str, flag: str, form: Form) -> Response[Any]:
    here = f"/area/{slug}/flags/{flag}"
    return await _draft(request, slug, form, action=f"{here}/amend", title="Change this flag", back=here)


async def _draft(
    request: Request[Any, Any, Any], slug: str, form: Form, *, action: str, title: str, back: str | None = None
) -> Response[Any]:
    area = area_of(request, slug)
    data = await query(request, "FlagForm", areaId=ids.encode("Area", area.id))
    for one in filter(None, (form, form.saved)):
        tick_partners(one, known=data.interventionPartnerNames)
    return render(request, "intervention/draft.html", form=form, title=title, caption=area.name,
                  bodies=[{"value": name, "text": name} for name in data.interventionPartnerNames],
                  action=action, back=back or f"/area/{slug}/flags", amends=back is not None,
                  kinds=[{"value": kind.code, "text": kind.label} for kind in data.interventionChoices.kinds],
                  links=rows_of(form, "link_title_", least=LINK_ROWS),
                  told=rows_of(form, "told_name_", least=TOLD_ROWS),
                  no_single_power=data.interventionChoices.noSinglePower)


@get("/area/{slug:str}/flags/{flag:str}/{move:str}", opt={"access": "area"})
async def move_page(
    request: Request[Any, Any, Any], slug: FromPath[str], flag: FromPath[str], move: FromPath[str]
) -> Response[Any]:
    """The page of a move that the reader may make now."""
    area_of(request, slug)
    record = await record_of(request, flag, slug=slug)
    form = Form.filled({"submission": record.working.tried if record.working else ""})
    return await show_move(request, move, record=record, back=f"/area/{slug}/flags/{flag}", form=form)


@post("/area/{slug:str}/flags/{flag:str}/{move:str}", opt={"access": "area"})
async def move_now(
    request: Request[Any, Any, Any], slug: FromPath[str], flag: FromPath[str], move: FromPath[str]
) -> Response[Any]:
    """Makes a move."""
    area_of(request, slug)
    record = await record_of(request, flag, slug=slug)
    return await make_move(request, move, record=record, back=f"/area/{slug}/flags/{flag}")


ROUTES = [flags, new, raise_flag, flag_page, amend, amend_now, move_page, move_now]
