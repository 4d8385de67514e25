"""The proposed feed as an agency of the sandbox: pages by cursor, ETags, problem documents, rate limits."""

from __future__ import annotations

import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from integrations.sandbox.agencies.agency import Agency, Route, Setup
from integrations.sandbox.agencies.entra.state import APPLICATION
from integrations.sandbox.agencies.entra.tokens import ROLE, TENANT, claims_of
from integrations.sandbox.agencies.messages import Reply, Request, json_reply
from integrations.sandbox.agencies.police.figures import Publication, definitions

PROBLEM = "application/problem+json"
LARGEST_PAGE = 500
OWN_FAULTS = {
    "unsuppressed": "sends counts of 1 to 5 as they are",
    "bad_rows": "sends rows that the profile does not allow",
    "gone_cursor": "says that the cursor is of an earlier publication (410)",
    "without_latest": "has no /publications/latest",
}
TITLES = {400: "Bad request", 401: "Unauthorised", 403: "Forbidden", 404: "Not found", 410: "Gone",
          429: "Too many requests"}  # fmt: skip
Answer = Callable[["Force", Request], Reply]


class Force:
    """Everything that changes."""

    def __init__(self, setup: Setup) -> None:
        self.setup = setup
        self.reset()

    def reset(self) -> None:
        """Back to the first publication."""
        self.publication = Publication(seed=self.setup.seed)

    def misbehaves(self, kind: str, request: Request) -> bool:
        """Whether a fault of this kind waits."""
        return self.setup.faults.take("police", kind, path=f"{request.path}?{request.query_string}") is not None


def make(setup: Setup) -> Agency:
    """The feed of one invented force."""
    force = Force(setup)

    def at(path: str, answer: Answer, *, is_open: bool = False) -> Route:
        return Route(method="GET", path=path, handler=partial(_answered, force, answer, is_open))

    return Agency(
        name="police",
        label="Force indicator feed (proposed profile; no force has it)",
        routes=[
            at("/v1/health", lambda *_: json_reply({"status": "ok"}), is_open=True),
            at("/v1/indicators", lambda *_: json_reply({"data": definitions()})),
            at("/v1/publications/latest", _latest),
            at("/v1/observations", _observations),
        ],
        own_faults=OWN_FAULTS,
        actions={"republish": partial(_republish, force)},
        error=problem,
        seen=lambda: {"publication": force.publication.told},
        reset=force.reset,
    )


def problem(status: int, detail: str = "", **more: Any) -> Reply:
    """A problem document (RFC 9457)."""
    title = TITLES.get(status, "The service could not answer")
    told = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    return _limited(json_reply(told, status=status, media=PROBLEM))


def _answered(force: Force, answer: Answer, is_open: bool, request: Request) -> Reply:
    refused = None if is_open else _refused(request)
    reply = refused if refused is not None else answer(force, request)
    said = request.headers.get("x-request-id")
    return _limited(reply.with_headers(X_Request_ID=said) if said else reply)


def _refused(request: Request) -> Reply | None:
    claims = claims_of(request.bearer) if request.bearer else None
    if claims is None or claims.get("aud") != APPLICATION or claims.get("tid") != TENANT:
        return problem(401, "The access token is missing, expired or not for this service.").with_headers(
            WWW_Authenticate='Bearer error="invalid_token"'
        )
    if ROLE not in claims.get("roles", []):
        return problem(403, f"The application role {ROLE} is not granted to this client.")
    return None


def _limited(reply: Reply) -> Reply:
    return reply.with_headers(RateLimit_Policy='"default";q=300;w=60', RateLimit='"default";r=299;t=60')


def _latest(force: Force, request: Request) -> Reply:
    if force.misbehaves("without_latest", request):
        return problem(404, "There is no such thing here.")
    return _tagged(request, force.publication.told)


def _observations(force: Force, request: Request) -> Reply:
    asked = request.query
    size = asked.get("pageSize", "200")
    if not asked.get("area") or not size.isdecimal() or not 1 <= int(size) <= LARGEST_PAGE:
        wrong = [{"pointer": "#/area" if not asked.get("area") else "#/pageSize", "detail": "missing or out of range"}]
        return problem(400, "The question cannot be answered as it was put.", errors=wrong)
    offset = _offset(force, asked.get("cursor"))
    if offset is None or force.misbehaves("gone_cursor", request):
        return problem(410, "The cursor belongs to an earlier publication. Begin again.")
    rows = force.publication.rows(asked["area"], since=asked.get("updatedSince"))
    page = rows[offset : offset + int(size)]
    following = offset + int(size) if offset + int(size) < len(rows) else None
    next_cursor = None if following is None else _cursor(force, following)
    told = {
        "data": _spoilt(force, request, page),
        "page": {"nextCursor": next_cursor, "pageSize": int(size)},
        "publication": force.publication.told,
    }
    return _tagged(request, told)


def _spoilt(force: Force, request: Request, page: list[Any]) -> list[Any]:
    if page and force.misbehaves("unsuppressed", request):
        page = [{**row, "value": 3, "suppression": "none"} if row["value"] is None else row for row in page]
    if page and force.misbehaves("bad_rows", request):
        first = page[0]
        page = [{**first, "value": "twelve"}, {**first, "period": {"type": "month"}}, "no row", *page[1:]]
    return page


def _tagged(request: Request, told: Mapping[str, Any]) -> Reply:
    tag = f'"{hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]}"'
    if request.headers.get("if-none-match") == tag:
        return Reply(status=304, headers={"ETag": tag})
    return json_reply(told, ETag=tag)


def _cursor(force: Force, offset: int) -> str:
    return urlsafe_b64encode(json.dumps({"o": offset, "p": force.publication.number}).encode()).decode()


def _offset(force: Force, cursor: str | None) -> int | None:
    if cursor is None:
        return 0
    try:
        told = json.loads(urlsafe_b64decode(cursor))
        return int(told["o"]) if told["p"] == force.publication.number else None
    except (ValueError, KeyError, TypeError):
        return None


def _republish(force: Force, told: Mapping[str, Any]) -> Mapping[str, Any]:
    """A figure comes out anew: `indicator`, `area`, `start`, and its fields."""
    fields = {name: value for name, value in told.items() if name not in ("indicator", "area", "start")}
    force.publication.republish(str(told["indicator"]), str(told["area"]), str(told["start"]), **fields)
    return force.publication.told
