"""Explore Education Statistics in its own words: metadata and pages of a pinned version of a data set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from integrations.agency import Agency
from integrations.errors import AgencyRefused
from integrations.http import Answer
from integrations.reading import broken, object_of

PAGE_SIZE = 1000
#: refusals of a question, not of the data set: its file may still be had (504: the query took too long)
QUESTION_REFUSED = frozenset({400, 403, 405, 413, 422, 501, 504})
_WORDS = {
    400: "Explore Education Statistics does not understand the question: the indicator is not in this version.",
    403: "This data set is not open.",
    404: "There is no such version of this data set. Look up the new one, and the indicator’s new id.",
}


@dataclass(frozen=True, kw_only=True)
class Results:
    """A page of a query: the rows as sent, whether there is another page, and the number of its first row."""

    rows: list[Any]
    more: bool
    total: int | None
    first: int = 1


async def meta(agency: Agency, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the metadata of the version: what its ids stand for. `GET /data-sets/{id}/meta`"""
    answer = await agency.get(_path(options, "meta"), params={"dataSetVersion": str(options["data_set_version"])})
    return _read(answer)


async def query(agency: Agency, options: Mapping[str, Any], *, page: int) -> Results:
    """Return a page of the indicator's figures, of the country and of authorities. `POST /data-sets/{id}/query`"""
    document = {
        "criteria": _criteria(options),
        "indicators": [str(options["indicator_id"])],
        "sorts": [{"field": "timePeriod", "direction": "Desc"}],
        "page": page,
        "pageSize": PAGE_SIZE,
    }
    version = {"dataSetVersion": str(options["data_set_version"])}
    answer = await agency.post(_path(options, "query"), document=document, params=version)
    body = _read(answer)
    rows, paging = body.get("results"), body.get("paging")
    if not isinstance(rows, list) or not isinstance(paging, Mapping) or not isinstance(paging.get("totalPages"), int):
        raise broken(answer, "The answer is no page of results.")
    total = paging.get("totalResults")
    first = (page - 1) * PAGE_SIZE + 1
    known = total if isinstance(total, int) else None
    return Results(rows=rows, more=page < paging["totalPages"], total=known, first=first)


def _criteria(options: Mapping[str, Any]) -> dict[str, Any]:
    levels = {"geographicLevels": {"in": ["NAT", "LA"]}}
    if not options.get("filter_ids"):
        return levels
    return {"and": [levels, *({"filters": {"eq": one}} for one in options["filter_ids"])]}


def _path(options: Mapping[str, Any], what: str) -> str:
    return f"data-sets/{options['data_set_id']}/{what}"


def _read(answer: Answer) -> dict[str, Any]:
    if answer.status != 200:
        words = _WORDS.get(answer.status, f"Explore Education Statistics refused ({answer.status}).")
        raise AgencyRefused(words, status=answer.status)
    return object_of(answer)
