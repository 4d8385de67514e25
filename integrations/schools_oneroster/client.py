"""A OneRoster 1.2 server in its own words: a page of a collection, and the three forms in which servers say no."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from infra.clock import now
from integrations.agency import Agency, origin_of
from integrations.errors import AgencyRefused
from integrations.http import Answer
from integrations.reading import broken, object_of

BASE = "ims/oneroster/rostering/v1p2"
_LINK = re.compile(r'<([^>]*)>\s*;[^,]*?rel="?next"?')
_WORDS = {
    401: "The server does not accept our access token.",
    403: "The server says that our credential may not read this. Ask the supplier for the scope roster-core.readonly.",
    404: "There is no OneRoster 1.2 service at this address.",
}


class QueryRefused(AgencyRefused):
    """The server does not understand a filter, a sort or a field. `code` is its codeMinor, in lower case."""

    def __init__(self, words: str, *, status: int, code: str) -> None:
        super().__init__(words, status=status)
        self.code = code


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A page of a collection: the rows as sent, how many there are in all (None: not said), when the server said it.

    `has_next` is None where the server never tells.
    """

    rows: list[Any] = field(repr=False)
    total: int | None
    has_next: bool | None
    at: datetime


async def listing(agency: Agency, collection: str, *, envelope: str, params: Mapping[str, str]) -> Listing:
    """Return a page of `orgs`, `schools`, `users` or `teachers`. `GET /{collection}`

    Raises `QueryRefused`, `AgencyBroken`, and what the agency's door raises.
    """
    answer = await agency.get(path_of(agency, collection), params=params)
    if answer.status != 200:
        raise refusal(answer)
    rows = object_of(answer).get(envelope)
    if not isinstance(rows, list):
        raise broken(answer, f"The answer has no list named {envelope}.")
    return Listing(
        rows=rows, total=_total(answer), has_next=_has_next(agency, answer), at=_date(answer.headers.get("date", ""))
    )


def path_of(agency: Agency, collection: str) -> str:
    """Return the path of a collection, whether the connection's address names the interface's base or not."""
    return collection if "/ims/oneroster/" in f"{urlsplit(agency.base_url).path}/" else f"{BASE}/{collection}"


def refusal(answer: Answer) -> AgencyRefused:
    """Return what a refusal says, in words of our own: the server's can repeat anything."""
    code = code_of(answer)
    if answer.status in (400, 422):
        return QueryRefused(f"The server does not understand the question ({code}).", status=answer.status, code=code)
    words = _WORDS.get(answer.status, f"The server refused ({answer.status}, {code}).")
    return AgencyRefused(words, status=answer.status)


def code_of(answer: Answer) -> str:
    """Return the codeMinor of an error, whether it is flat, wrapped in `imsx_StatusInfo` or plain text."""
    try:
        body = object_of(answer)
    except Exception:  # noqa: BLE001, RUF100 - an error page of a proxy is no reason to set anything aside
        return "no reason given"
    status = body.get("imsx_StatusInfo", body)
    minor = next((status[name] for name in ("imsx_CodeMinor", "imsx_codeMinor") if name in status), None)
    if isinstance(minor, Mapping):
        fields = minor.get("imsx_codeMinorField") or [{}]
        first = fields[0] if isinstance(fields, list) else fields
        minor = first.get("imsx_codeMinorFieldValue") if isinstance(first, Mapping) else None
    return re.sub(r"[^a-z_]", "", str(minor).lower())[:40] if isinstance(minor, str) else "no reason given"


def _total(answer: Answer) -> int | None:
    text = answer.headers.get("x-total-count", "").strip()
    return int(text) if text.isdecimal() else None


def _has_next(agency: Agency, answer: Answer) -> bool | None:
    """Whether a next page is announced; one at another origin is refused, whatever it would hold."""
    if (header := answer.headers.get("link")) is None:
        return None
    if (found := _LINK.search(header)) is None:
        return False
    if origin_of(urljoin(agency.base_url, found[1])) != origin_of(agency.base_url):
        raise broken(answer, "The server says that the next page is at another origin, where our token must not go.")
    return True


def _date(header: str) -> datetime:
    try:
        return parsedate_to_datetime(header)
    except ValueError:
        return now()
