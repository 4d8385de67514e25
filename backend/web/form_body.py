"""Reading a form from a request: URL-encoded or multipart, bounded, and never trusting the encoding."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from litestar import Request
from litestar.datastructures import UploadFile
from litestar.exceptions import ClientException

from backend.web.forms import Form

URL_ENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
MAX_FIELDS = 1000


async def read_form(request: Request[Any, Any, Any]) -> Form:
    """Returns the form that was posted; read once per request, so that every caller sees the same one.

    Raises ClientException (400) for a body that is not a form, and the 413 of the route's body limit.
    """
    state = request.scope["state"]
    if "form" not in state:
        state["form"] = await _parse(request)
    form = state["form"]
    assert isinstance(form, Form)
    return form


async def _parse(request: Request[Any, Any, Any]) -> Form:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == URL_ENCODED:
        return _url_encoded(await request.body())
    if kind == MULTIPART:
        return await _multipart(request)
    raise ClientException("The form was not sent in a way we can read.")


def _url_encoded(body: bytes) -> Form:
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MAX_FIELDS)
    except ValueError as error:
        raise ClientException("The form contains text we cannot read.") from error
    raw: dict[str, list[str]] = {}
    for name, value in pairs:
        raw.setdefault(name, []).append(value)
    return Form(raw=raw)


async def _multipart(request: Request[Any, Any, Any]) -> Form:
    try:
        items = (await request.form()).multi_items()
    except (ValueError, LookupError) as error:  # bytes or a character set that do not decode
        raise ClientException("The form contains text we cannot read.") from error
    raw: dict[str, list[str]] = {}
    files: dict[str, UploadFile] = {}
    for name, value in items:
        if isinstance(value, UploadFile):
            if value.filename:
                files[name] = value
        elif isinstance(value, str):
            raw.setdefault(name, []).append(value)
    return Form(raw=raw, files=files)
