"""What comes in and what goes out: the little of HTTP that an agency's handler needs."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qsl

JSON = "application/json"
HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, kw_only=True)
class Request:
    """A request to an agency. `path` begins after the agency's name; `origin` is how the caller reached us."""

    method: str
    path: str
    query_string: str
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    origin: str
    parts: Mapping[str, str] = field(default_factory=dict)

    @property
    def query(self) -> dict[str, str]:
        """Parameters of the address; the last of equal names."""
        return dict(parse_qsl(self.query_string, keep_blank_values=True))

    @property
    def form(self) -> dict[str, str]:
        """Fields of a web form; empty for any other body."""
        if not self.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
            return {}
        return dict(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))

    @property
    def document(self) -> dict[str, Any]:
        """The JSON object sent; empty for anything else."""
        try:
            value = json.loads(self.body)
        except ValueError:
            return {}
        return value if isinstance(value, dict) else {}

    @property
    def bearer(self) -> str | None:
        """The bearer token, if one was sent."""
        scheme, _, token = self.headers.get("authorization", "").partition(" ")
        return token if scheme.lower() == "bearer" and token else None

    @property
    def basic(self) -> tuple[str, str] | None:
        """Name and password of HTTP Basic, as they were sent (still form-encoded, where the sender did so)."""
        scheme, _, value = self.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "basic":
            return None
        try:
            name, colon, password = b64decode(value, validate=True).decode().partition(":")
        except ValueError:
            return None
        return (name, password) if colon else None


@dataclass(frozen=True, kw_only=True)
class Reply:
    """An answer. Header names are sent as written."""

    status: int = 200
    body: bytes = field(default=b"", repr=False)
    headers: Mapping[str, str] = field(default_factory=dict)

    def with_headers(self, **more: str) -> Reply:
        """The same with more headers; `Retry_After` is sent as `Retry-After`."""
        return replace(self, headers={**self.headers, **{name.replace("_", "-"): v for name, v in more.items()}})


def json_reply(value: object, *, status: int = 200, media: str = JSON, **headers: str) -> Reply:
    """A reply with this value as JSON; `X_Total_Count="3"` becomes the header `X-Total-Count`."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return Reply(status=status, body=body, headers={"Content-Type": media}).with_headers(**headers)


def html_reply(text: str, *, status: int = 200) -> Reply:
    """A reply with a page."""
    return Reply(status=status, body=text.encode(), headers={"Content-Type": HTML})
