"""The public API in its own words: users of our service by page, and what each may do for an organisation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from integrations.agency import Agency
from integrations.errors import AgencyRefused
from integrations.http import Answer, OutboundError
from integrations.reading import broken, json_of, object_of

PAGE_SIZE = 25
_NOT_FOUND = 404


@dataclass(frozen=True, kw_only=True)
class Users:
    """A page of the users of our service. `rows` are as the API gives them."""

    rows: list[dict[str, Any]]
    page: int
    pages: int
    total: int


async def users(agency: Agency, *, page: int, since: str | None, approvers: bool = False) -> Users:
    """Return a page of users, with `since` only those changed from then on. `GET /users`, `GET /users/approvers`

    Raises `AgencyRefused` in the API's words, and what the agency's door raises.
    """
    asked = {"page": str(page), "pageSize": str(PAGE_SIZE)}
    if since is not None:
        asked["from"] = since
    answer = await agency.get("/users/approvers" if approvers else "/users", params=asked)
    body = object_of(_accepted(answer))
    rows = body.get("users")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise broken(answer, "The list of users is not one.")
    return Users(
        rows=rows, page=_whole(body, "page"), pages=_whole(body, "numberOfPages"), total=_whole(body, "numberOfRecords")
    )


async def role_codes(agency: Agency, *, service_id: str, organisation_id: str, user_id: str) -> tuple[str, ...]:
    """Return the codes of a user's active roles at an organisation, none when the API knows of no access.

    `GET /services/{service}/organisations/{organisation}/users/{user}`
    """
    path = f"/services/{quote(service_id, safe='')}/organisations/{quote(organisation_id, safe='')}"
    answer = await agency.get(f"{path}/users/{quote(user_id, safe='')}")
    if answer.status == _NOT_FOUND:
        return ()
    roles = object_of(_accepted(answer)).get("roles") or []
    if not isinstance(roles, list):
        raise broken(answer, "The list of roles is not one.")
    return tuple(
        str(role["code"]) for role in roles if isinstance(role, dict) and _is_active(role) and role.get("code")
    )


async def service_roles(agency: Agency, *, client_id: str) -> tuple[str, ...]:
    """Return the codes of our service's active roles. `GET /services/{clientId}/roles`"""
    answer = _accepted(await agency.get(f"/services/{quote(client_id, safe='')}/roles"))
    roles = json_of(answer)
    if not isinstance(roles, list):
        raise broken(answer, "The list of roles is not one.")
    active = [role for role in roles if isinstance(role, dict) and str(role.get("status", "")).lower() == "active"]
    return tuple(str(role["code"]) for role in active if role.get("code"))


def _is_active(role: Mapping[str, Any]) -> bool:
    status = role.get("status")
    return not isinstance(status, dict) or status.get("id") == 1


def _accepted(answer: Answer) -> Answer:
    if answer.status != 200:
        raise AgencyRefused(f"DfE Sign-in refused us: {_words(answer)}", status=answer.status)
    return answer


def _words(answer: Answer) -> str:
    """The API's own sentence: JSON with a `message`, or plain text; cut to a printable line."""
    try:
        said = str(answer.json_object().get("message") or f"status {answer.status}")
    except OutboundError:
        said = answer.body[:200].decode("utf-8", "replace") or f"status {answer.status}"
    return re.sub(r"[^\x20-\x7e]+", " ", said)[:200]


def _whole(body: Mapping[str, Any], name: str) -> int:
    value = body.get(name)
    return value if isinstance(value, int) and value >= 0 else 0
