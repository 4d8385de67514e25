"""The gallery's routes: every macro once, a form that answers 422 and 303, and each error."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import HTTPException
from litestar.params import FromPath

from backend.web.charts import BarChart, Series
from backend.web.form_body import read_form
from backend.web.formats import money
from backend.web.forms import Form
from backend.web.render import redirect, render
from backend.web.strict import wrap
from backend.web.viewer import ActingAs, NavItem, Viewer, set_viewer

TEMPLATES = {"gallery": Path(__file__).parent / "templates"}
KINDS = [
    {"value": "cash", "text": "Cash"},
    {"value": "in_kind", "text": "In kind", "hint": {"text": "Staff time, rooms or training places"}},
]
CATEGORIES = [{"value": name.lower(), "text": name} for name in ("Schools", "Colleges", "Health", "Police")]
CHART = BarChart(
    id="budget",
    title="Contributions against budget",
    message="Contributions rose to £412,000 in 2026-27 and are £38,000 short of the budget.",
    labels=("2023-24", "2024-25", "2025-26", "2026-27"),
    bars=(
        Series("Agreed", (35_000_000, 36_200_000, 38_800_000, 41_200_000)),
        Series("Received", (35_000_000, 36_200_000, 37_100_000, 9_300_000)),
    ),
    line=Series("Budget", (36_000_000, 38_000_000, 40_000_000, 45_000_000)),
    label_heading="Financial year",
    format=money,
)
LINES = wrap(
    [
        {"name": "Lowmoor Borough Council", "pledged": 12_500_000, "agreed": "2026-04-01", "state": "Agreed"},
        {"name": "NHS Fellside & Vale ICB", "pledged": 9_850_050, "agreed": None, "state": "Pledged"},
        {"name": "Northmere Constabulary", "pledged": None, "agreed": None, "state": "Withdrawn"},
    ]
)
VIEWER = Viewer(
    name="Priya Nair",
    acting_as="Business manager, Fellside and Vale",
    choices=(ActingAs(id="1", label="Business manager", current=True), ActingAs(id="2", label="Viewer")),
    navigation=(
        NavItem(text="Home", href="/gallery"),
        NavItem(text="Membership", href="/gallery/membership"),
        NavItem(text="Resourcing", href="/gallery/resourcing"),
        NavItem(text="Agencies", href="/gallery/agencies"),
        NavItem(text="Flags", href="/gallery/flags"),
    ),
    home="/gallery",
)
STORED = {"name": "Lowmoor", "starts_on": date(2026, 9, 3), "amount": "1,250.50", "kind": "cash"}


@get("/gallery", opt={"access": "public"}, sync_to_thread=False)
def show(request: Request[Any, Any, Any]) -> Response[str]:
    """Every component, signed in."""
    set_viewer(request, VIEWER)
    return _page(request, Form.filled(STORED))


@get("/gallery/anonymous", opt={"access": "public"}, sync_to_thread=False)
def show_anonymous(request: Request[Any, Any, Any]) -> Response[str]:
    """Every component, signed out."""
    return _page(request, Form())


@post("/gallery", opt={"access": "public"})
async def save(request: Request[Any, Any, Any]) -> Response[Any]:
    """Reads the form as any page does: 422 with what was typed, or 303 with a message."""
    set_viewer(request, VIEWER)
    form = await read_form(request)
    form.text("name", label="the partner's name")
    form.date("starts_on", label="the start date")
    form.pence("amount", label="the amount")
    form.choice("kind", label="cash or in kind", options=("cash", "in_kind"))
    return _page(request, form) if form.problems else redirect(request, "/gallery", flash="Contribution saved")


@get("/gallery/confirm", opt={"access": "public"}, sync_to_thread=False)
def confirm(request: Request[Any, Any, Any]) -> Response[str]:
    """The page before something that cannot be undone."""
    return render(
        request,
        "confirm.html",
        title="End Dana Okafor's term as scrutineer?",
        lines=["The post will be shown as vacant from tomorrow.", "The history is kept."],
        warning="You cannot undo this.",
        action="/gallery/confirm",
        button="End the term",
        back="/gallery",
    )


@get("/gallery/error/{status:int}", opt={"access": "public"}, sync_to_thread=False)
def fail(status: FromPath[int]) -> None:
    """Raises an error of the given status; 500 is an exception that nobody expected."""
    if status == 500:
        raise RuntimeError("secret detail that must not be shown")
    raise HTTPException(status_code=status, detail="secret detail that must not be shown")


@post("/gallery/upload", opt={"access": "public"}, request_max_body_size=2_000_000)
async def upload(request: Request[Any, Any, Any]) -> Response[Any]:
    """Answers the size of the uploaded file."""
    form = await read_form(request)
    sent = form.file("evidence", label="a file")
    body = await sent.read() if sent else b""
    return Response(f"{len(body)} bytes, note {form.value('note')!r}, problems {len(form.problems)}")


@post("/gallery/api", opt={"access": "public"})
async def api() -> Response[str]:
    """Stands for any endpoint that takes JSON."""
    return Response("done", status_code=200)


@post("/gallery/members", opt={"access": "signed-in"})
async def members(request: Request[Any, Any, Any]) -> Response[str]:
    """Stands for any form of signed-in people."""
    return Response(str(len((await read_form(request)).raw)))


def _page(request: Request[Any, Any, Any], form: Form) -> Response[str]:
    return render(
        request,
        "gallery/gallery.html",
        form=form,
        title="Component gallery",
        chart=CHART,
        lines=LINES,
        kinds=KINDS,
        categories=CATEGORIES,
        breadcrumbs=[{"text": "Home", "href": "/gallery"}],
    )


ROUTES = [show, show_anonymous, save, confirm, fail, upload, api, members]
