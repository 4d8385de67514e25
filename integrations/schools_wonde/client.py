"""Wonde in its own words: a page of a list, and why paging that is not plain is an error.

A page that says there is more and not where, points to another origin, or says nothing of paging, would end a listing
early; from a listing that ended early one would conclude that people left.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from integrations.agency import Agency, origin_of
from integrations.errors import AgencyRefused
from integrations.http import Answer
from integrations.reading import broken, object_of

VERSION = "v1.0"
_WORDS = {
    403: "Wonde says that the token may not read this. Ask the school to grant employees and their roles.",
    404: "Wonde does not know this school any more, or the address is not Wonde’s.",
    422: "Wonde does not understand the question.",
}


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A page of a list: its rows, and the address of the next page (None: this is the last)."""

    rows: list[Any] = field(repr=False)
    next: str | None


async def listing(agency: Agency, where: str, *, params: Mapping[str, str] | None = None) -> Listing:
    """Return a page of a list, by its path below the version or by the address that the last page gave.

    Raises `AgencyBroken` for a maintenance page or paging that is not plain, and what the agency's door raises.
    """
    answer = await agency.get(where if "://" in where else path_of(agency, where), params=params)
    if answer.status != 200:
        raise AgencyRefused(_WORDS.get(answer.status, f"Wonde refused ({answer.status})."), status=answer.status)
    if answer.headers.get("content-type", "").partition(";")[0].strip() == "text/html":
        raise broken(answer, "Wonde sent a web page instead of data: it is probably under maintenance.")
    body = object_of(answer)
    rows = body.get("data")
    if not isinstance(rows, list):
        raise broken(answer, "The answer has no list of data.")
    return Listing(rows=rows, next=_next(agency, answer, body))


def path_of(agency: Agency, path: str) -> str:
    """Return the path of a list, whether the connection's address names the version or not."""
    return path if agency.base_url.rstrip("/").endswith(f"/{VERSION}") else f"{VERSION}/{path}"


def _next(agency: Agency, answer: Answer, body: Mapping[str, Any]) -> str | None:
    meta = body.get("meta")
    pagination = meta.get("pagination") if isinstance(meta, Mapping) else None
    if not isinstance(pagination, Mapping) or not isinstance(pagination.get("more"), bool):
        raise broken(answer, "The answer does not say whether there are more pages.")
    following = pagination.get("next")
    if not pagination["more"]:
        return None
    if not isinstance(following, str) or not following:
        raise broken(answer, "The answer says that there are more pages, and not where.")
    if origin_of(following) != origin_of(agency.base_url):
        raise broken(answer, "The next page is at another origin, where our token must not go.")
    return following
