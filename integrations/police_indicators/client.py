"""The proposed feed in its own words: publications, definitions, pages of figures; problem documents (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from integrations.agency import Agency
from integrations.errors import AgencyRefused
from integrations.http import Answer
from integrations.reading import broken, object_of

PAGE_SIZE = 200
_WORDS = {
    400: "The force’s service does not understand the question. Its version may not be the one we propose.",
    403: "The force has not granted our application the role Safeguarding.Indicators.Read.",
    404: "There is no indicator feed at this address.",
}


class CursorGone(AgencyRefused):
    """The force published anew while its pages were being read: the reading begins again."""


@dataclass(frozen=True, kw_only=True)
class Latest:
    """The force's last publication: its tag, and when it came out. `same` when it is the one we have."""

    same: bool
    etag: str | None
    published_at: str | None


@dataclass(frozen=True, kw_only=True)
class Figures:
    """A page of figures as sent, where the next begins, and when they were published."""

    rows: list[Any]
    cursor: str | None
    published_at: str


async def latest(agency: Agency, *, etag: str | None) -> Latest:
    """Return the last publication. A service without this answer is asked for everything. `GET /v1/publications/latest`

    Raises `AgencyRefused`, `AgencyBroken`, and what the agency's door raises.
    """
    answer = await agency.get("v1/publications/latest", headers={"If-None-Match": etag} if etag else None)
    if answer.status == 304:
        return Latest(same=True, etag=etag, published_at=None)
    if answer.status == 404:
        return Latest(same=False, etag=None, published_at=None)
    body = _read(answer)
    return Latest(same=False, etag=answer.headers.get("etag"), published_at=_text(body, "publishedAt"))


async def definitions(agency: Agency) -> list[Any]:
    """Return the definitions as sent. `GET /v1/indicators`"""
    answer = await agency.get("v1/indicators")
    return _list(answer, _read(answer), "data")


async def observations(agency: Agency, *, area: str, since: str | None, cursor: str | None) -> Figures:
    """Return a page of an area's figures, all or those changed since an instant. `GET /v1/observations`

    Raises `CursorGone` when the force published anew since the page before.
    """
    asked = {"area": area, "pageSize": str(PAGE_SIZE), "updatedSince": since, "cursor": cursor}
    answer = await agency.get("v1/observations", params={name: value for name, value in asked.items() if value})
    if answer.status == 410:
        raise CursorGone("The force published anew while its figures were being read.", status=410)
    body = _read(answer)
    page, publication = body.get("page"), body.get("publication")
    if not isinstance(page, Mapping) or not isinstance(publication, Mapping):
        raise broken(answer, "The answer does not say which page and publication it is.")
    published_at = _text(publication, "publishedAt")
    if published_at is None:
        raise broken(answer, "The answer does not say when it was published.")
    return Figures(rows=_list(answer, body, "data"), cursor=_text(page, "nextCursor"), published_at=published_at)


def _read(answer: Answer) -> dict[str, Any]:
    if answer.status != 200:
        words = _WORDS.get(answer.status, f"The force’s service refused ({answer.status}).")
        raise AgencyRefused(words + _title(answer), status=answer.status)
    return object_of(answer)


def _title(answer: Answer) -> str:
    """The title of a problem document, one of RFC 9457's own: its detail can hold anything and is left out."""
    try:
        title = json.loads(answer.body).get("title")
    except (ValueError, AttributeError, RecursionError):
        return ""
    return f" ({title[:60]})" if isinstance(title, str) and title.isascii() and title.isprintable() else ""


def _list(answer: Answer, body: Mapping[str, Any], name: str) -> list[Any]:
    rows = body.get(name)
    if not isinstance(rows, list):
        raise broken(answer, f"The answer has no list named {name}.")
    return rows


def _text(body: Mapping[str, Any], name: str) -> str | None:
    value = body.get(name)
    return value if isinstance(value, str) and value else None
