"""Taking back what was recorded by mistake and has not happened yet: asked first, with a reason."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from backend.web.conflicts import is_conflict, with_saved
from backend.web.form_body import read_form
from backend.web.forms import Form
from backend.web.membership.sending import send
from backend.web.operation import found, query
from backend.web.render import redirect, render
from backend.web.signed_in import area_of
from concordat_graphql import ids

Asked = Request[Any, Any, Any]
_PATH = "/area/{slug:str}/membership/take-back"


async def _page(request: Asked, slug: str, id: str, form: Form | None = None) -> Response[Any]:
    area, here = area_of(request, slug), f"/area/{slug}/membership"
    known = (await query(request, "MembershipAhead", areaId=ids.encode("Area", area.id))).membershipAhead
    one = found(next((each for each in known.changes if each.id == id and each.takesBack), None))
    saved = Form.filled({"id": one.id, "version": one.version})
    if form is not None and is_conflict(form):
        with_saved(form, saved)
    return render(request, "membership/take_back.html", form=form or saved, title="Take this back?", caption=area.name,
                  one=one, here=here, back=here)  # fmt: skip


@get(_PATH, opt={"access": "area"})
async def taking_back(request: Asked, slug: FromPath[str]) -> Response[Any]:
    """Asks why; what is not ahead any more is not found."""
    return await _page(request, slug, request.query_params.get("id", ""))


@post(_PATH, opt={"access": "area"})
async def take_back(request: Asked, slug: FromPath[str]) -> Response[Any]:
    """Takes it back; the audit trail keeps what was recorded."""
    area, form = area_of(request, slug), await read_form(request)
    values = {
        "what": form.value("what"),
        "id": form.value("id"),
        "version": form.whole("version", label="the version"),
        "reason": form.text("reason", label="the reason", max_length=1000, lines=True),
    }
    if await send(request, form, "TakeBack", area=area, values=values):
        return redirect(request, f"/area/{slug}/membership", flash="It is taken back. The audit trail keeps it.")
    return await _page(request, slug, form.value("id"), form)


ROUTES = [taking_back, take_back]
