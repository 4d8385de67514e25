"""A message for the next page only, such as "Budget saved": a signed cookie, read once, then removed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from litestar import Request

from backend.web.signing import derive_key, sign, unsign

MAX_TEXT = 500


@dataclass(frozen=True)
class Flash:
    """A success message in a notification banner."""

    text: str


def pack_flash(text: str, *, secret: str) -> str:
    """Returns the cookie's value; text over 500 characters is cut."""
    return sign(key=derive_key(secret=secret, purpose="flash"), payload=json.dumps(text[:MAX_TEXT]).encode())


def unpack_flash(value: str, *, secret: str) -> Flash | None:
    """Returns the message, or None for a cookie that we did not make."""
    payload = unsign(key=derive_key(secret=secret, purpose="flash"), signed=value)
    return None if payload is None else Flash(text=str(json.loads(payload)))


def flash_of(request: Request[Any, Any, Any], *, cookie: str, secret: str) -> Flash | None:
    """Returns the message this request carries, if any."""
    value = request.cookies.get(cookie)
    return unpack_flash(value, secret=secret) if value else None
