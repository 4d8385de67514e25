"""Importing the national register: an upload, its progress, its report and the rows left out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath

from backend.web.form_body import read_form
from backend.web.forms import Form
from backend.web.operation import found, mutate, query
from backend.web.render import redirect, render
from concordat_graphql import ids
from infra.export import CSV_TYPE, to_csv
from infra.ids import uuid7
from infra.settings import LARGEST_UPLOAD
from infra.uploads import TooLarge, drop_upload, keep_upload

KINDS = {
    "establishments": "Establishments (edubasealldata….csv)",
    "groups": "Groups: the trusts (allgroupsdata….csv)",
    "links": "Establishment links (links_edubasealldata….csv)",
    "group_links": "Group links (alllinksdata….csv)",
}
OPTIONS = [{"value": value, "text": text} for value, text in KINDS.items()]
CHUNK = 1024 * 1024
FORM_BYTES = 64 * 1024


@get("/platform/imports", opt={"access": "platform"})
async def imports(request: Request[Any, Any, Any]) -> Response[Any]:
    """The form to upload a file, and every import so far."""
    return await _imports(request, Form())


async def _imports(request: Request[Any, Any, Any], form: Form) -> Response[Any]:
    data = await query(request, "RegisterImports", after=request.query_params.get("after"))
    return render(request, "platform/imports.html", form=form, title="Imports of the register", kinds=KINDS,
                  options=OPTIONS, imports=data.registerImports, wide=True)


@post("/platform/imports", opt={"access": "platform"}, request_max_body_size=LARGEST_UPLOAD + FORM_BYTES)
async def start(request: Request[Any, Any, Any]) -> Response[Any]:
    """Keeps the upload and asks for its import; the worker carries it out."""
    form = await read_form(request)
    kind = form.choice("kind", label="which file this is", options=KINDS)
    upload = form.file("file", label="a file")
    if form.problems or upload is None or kind is None:
        return await _imports(request, form)
    settings, upload_id = request.app.state.settings, uuid7()
    try:
        await keep_upload(settings.data_dir, upload_id, _chunks(upload), most_bytes=settings.upload_max_bytes)
    except TooLarge as large:
        form.add_problem("file", str(large))
        return await _imports(request, form)
    outcome = await mutate(request, "StartRegisterImport", {
        "idempotencyKey": f"upload-{upload_id}",  # another file from the same page is another request
        "uploadId": ids.encode("Upload", upload_id), "kind": kind, "fileName": upload.filename[-255:],
        "allowMassClosure": form.ticked("allow_mass_closure"),
    })
    if outcome.ok:
        return redirect(request, f"/platform/imports/{outcome.done.id}", flash="The file is uploaded.")
    drop_upload(settings.data_dir, upload_id)
    form.add_problems(outcome.problems)
    return await _imports(request, form)


async def _chunks(upload: UploadFile) -> AsyncIterator[bytes]:
    while chunk := await upload.read(CHUNK):
        yield chunk


@get("/platform/imports/{run:str}", opt={"access": "platform"})
async def report(request: Request[Any, Any, Any], run: FromPath[str]) -> Response[Any]:
    """How far the import is, or what it came to."""
    data = await query(request, "RegisterImport", id=run, after=request.query_params.get("after"))
    return render(request, "platform/import.html", title="Import of the register", back="/platform/imports",
                  run=found(data.registerImport), rejected=data.rejectedLines, kinds=KINDS, wide=True)


@get("/platform/imports/{run:str}/rejected.csv", opt={"access": "platform"})
async def rejected(request: Request[Any, Any, Any], run: FromPath[str]) -> Response[bytes]:
    """The rows left out, as CSV."""
    rows: list[tuple[int, str, str]] = []
    after: str | None = None
    while True:
        page = (await query(request, "RejectedLines", id=run, after=after)).rejectedLines
        rows += [(line.line, line.reference, line.reason) for line in page.nodes]
        if not page.pageInfo.hasNextPage:
            break
        after = page.pageInfo.endCursor
    body = to_csv(header=("Line", "Reference", "Reason"), rows=rows)
    return Response(body, media_type=CSV_TYPE, headers={"content-disposition": 'attachment; filename="rejected.csv"'})


ROUTES = [imports, start, report, rejected]
