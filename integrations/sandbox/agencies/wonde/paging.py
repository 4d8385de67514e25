"""Pages of a list: `page` and `per_page`, or `cursor=true`, with Wonde's `meta.pagination`."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from integrations.sandbox.agencies.faults import Faults
from integrations.sandbox.agencies.messages import Reply, Request, json_reply

LARGEST = 200


def paged(rows: Sequence[dict[str, Any]], request: Request, faults: Faults) -> tuple[list[dict[str, Any]], Reply]:
    """The rows of the asked page and the whole answer, untruthful where a fault says so."""
    query, where = request.query, f"{request.path}?{request.query_string}"
    size, start = _size(query), _start(query)
    shown = list(rows[start : start + size])
    more = start + size < len(rows)
    following = _address(request, start + size, size) if more else None
    pagination: dict[str, Any] = {"next": following, "previous": None, "more": more, "per_page": size}
    if "cursor" not in query:
        pagination["current_page"] = start // size + 1
    if faults.take("wonde", "more_without_next", path=where):
        pagination |= {"more": True, "next": None}
    if faults.take("wonde", "off_origin_next", path=where):
        pagination |= {"more": True, "next": "https://elsewhere.example/v1.0/schools?cursor=x"}
    meta = {} if faults.take("wonde", "no_pagination", path=where) else {"pagination": pagination}
    return shown, json_reply({"data": shown, "meta": meta})


def _size(query: dict[str, str]) -> int:
    text = query.get("per_page", "50")
    return min(int(text), LARGEST) if text.isdecimal() and int(text) else 50


def _start(query: dict[str, str]) -> int:
    if query.get("cursor", "true") != "true":
        try:
            return int(json.loads(urlsafe_b64decode(query["cursor"]))["start"])
        except (ValueError, KeyError, TypeError):
            return 0
    return (int(query["page"]) - 1) * _size(query) if query.get("page", "").isdecimal() else 0


def _address(request: Request, start: int, size: int) -> str:
    asked = {**request.query, "per_page": str(size)}
    if "cursor" in asked:
        asked["cursor"] = urlsafe_b64encode(json.dumps({"start": start}).encode()).decode()
    else:
        asked["page"] = str(start // size + 1)
    return f"{request.origin}/wonde{request.path}?{urlencode(asked)}"
