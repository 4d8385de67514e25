"""Sending figures as a file: the template, the upload, what was read, then accept or discard."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from backend.web.form_body import read_form
from backend.web.forms import Form
from backend.web.operation import form_key, found, mutate, query
from backend.web.render import redirect, render
from backend.web.signed_in import actor_of, area_of
from concordat_graphql import ids
from infra.export import CSV_TYPE
from infra.ids import uuid7
from tenants.indicators import queries
from tenants.indicators.permissions import can_send
from tenants.indicators.rules.template import COLUMNS, MOST_BYTES
from tenants.tenancy.scope import tenant_scope

LARGEST_FORM = 16 * 1024 * 1024  #: a larger file than may be sent is told by its field, up to here
MEANINGS = {
    "indicator": "Its code, as in the template.",
    "definition_version": "The version by which it was counted. Empty: the latest.",
    "local_authority": "Its three digits. Empty: the whole area.",
    "period_type": "month or quarter.",
    "period_start": "The first day of the month or quarter, like 2026-09-01 or 01/09/2026.",
    "value": "The figure. Or c for a small number, : for not available, z for not applicable.",
    "suppression": "Empty, or why there is no value: small_number, not_available or not_applicable.",
    "quality": "provisional, final or revised. Empty: provisional.",
    "recording_change": "yes where it is counted in a new way from this period on. Else no, or empty.",
}
SUPPLIED = {
    "supplied_name": ("suppliedName", "who supplied the figures"),
    "supplied_post": ("suppliedPost", "their post"),
    "supplied_body": ("suppliedBody", "their organisation"),
}


@get("/area/{slug:str}/indicators/import", opt={"access": "area"})
async def files(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """The form to send a file, and every file so far."""
    return await _files(request, slug, Form())


async def _files(request: Request[Any, Any, Any], slug: str, form: Form) -> Response[Any]:
    area = area_of(request, slug)
    after = request.query_params.get("after")
    data = await query(request, "IndicatorFiles", areaId=ids.encode("Area", area.id), after=after)
    return render(
        request, "indicators/files.html", form=form, title="Send figures", caption=area.name,
        here=f"/area/{slug}/indicators", back=f"/area/{slug}/indicators", files=data.indicatorFiles,
        columns=[(name, MEANINGS[name]) for name in COLUMNS],
        may_send=can_send(actor_of(request), area_id=area.id), once=form.value("once") or str(uuid7()),
        most=f"{MOST_BYTES // 1024} KB", wide=True,
    )  # fmt: skip


@post("/area/{slug:str}/indicators/import", opt={"access": "area"}, request_max_body_size=LARGEST_FORM)
async def send(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Checks the file and shows what it came to; its bytes are kept nowhere."""
    area, form = area_of(request, slug), await read_form(request)
    upload = form.file("file", label="a file")
    said = {theirs: form.text(name, label=label) for name, (theirs, label) in SUPPLIED.items()}
    if form.problems or upload is None:
        return await _files(request, slug, form)
    content = await upload.read(MOST_BYTES + 1)
    key = hashlib.sha256((await form_key(request)).encode() + content).hexdigest()
    outcome = await mutate(request, "UploadIndicatorFile", {
        "idempotencyKey": key, "areaId": ids.encode("Area", area.id), "fileName": upload.filename[-255:],
        "content": base64.b64encode(content).decode(), **said,
    })  # fmt: skip
    if outcome.ok:
        return redirect(request, f"/area/{slug}/indicators/file?id={outcome.done.id}")
    for problem in outcome.problems:
        if problem.field in ("content", "fileName"):
            form.add_problem("file", problem.message, code=problem.code)
        else:
            form.add_problems([problem])
    return await _files(request, slug, form)


@get("/area/{slug:str}/indicators/template.csv", opt={"access": "area"})
async def template(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[bytes]:
    """The template with the area's indicators; it holds no figure."""
    area = area_of(request, slug)
    async with tenant_scope(actor_of(request), readonly=True):
        known = queries.known(await queries.editions(area_id=area.id))
    headers = {"content-disposition": f'attachment; filename="{slug}-figures-template.csv"'}
    return Response(queries.template(sorted(known)), media_type=CSV_TYPE, headers=headers)


@get("/area/{slug:str}/indicators/file", opt={"access": "area"})
async def file(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """What a file came to, line by line where something is wrong."""
    return await _file(request, slug, request.query_params.get("id", ""), Form())


async def _file(request: Request[Any, Any, Any], slug: str, opaque: str, form: Form) -> Response[Any]:
    area = area_of(request, slug)
    data = await query(request, "OneIndicatorFile", areaId=ids.encode("Area", area.id), id=opaque)
    here = f"/area/{slug}/indicators"
    return render(
        request, "indicators/file.html", form=form, title="A file of figures", caption=area.name, here=here,
        back=f"{here}/import", file=found(data.indicatorFile), may_send=can_send(actor_of(request), area_id=area.id),
        wide=True,
    )  # fmt: skip


@post("/area/{slug:str}/indicators/file/accept", opt={"access": "area"})
async def accept(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Takes the figures of the file."""
    return await _decide(request, slug, "AcceptIndicatorFile", said="The figures are on the scorecard.")


@post("/area/{slug:str}/indicators/file/discard", opt={"access": "area"})
async def discard(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Leaves the file aside."""
    return await _decide(request, slug, "DiscardIndicatorFile", said="The file is discarded.")


async def _decide(request: Request[Any, Any, Any], slug: str, name: str, *, said: str) -> Response[Any]:
    area, form = area_of(request, slug), await read_form(request)
    opaque, version = form.value("id"), form.whole("version", label="the version")
    if form.problems:
        return await _file(request, slug, opaque, form)
    values = {"areaId": ids.encode("Area", area.id), "fileId": opaque, "version": version}
    outcome = await mutate(request, name, values)
    if outcome.ok:
        return redirect(request, f"/area/{slug}/indicators/file?id={opaque}", flash=said)
    form.add_problems(outcome.problems)
    return await _file(request, slug, opaque, form)


ROUTES = [files, send, template, file, accept, discard]
