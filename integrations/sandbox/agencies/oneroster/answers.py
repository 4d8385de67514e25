"""The answers of a server to whoever holds an access token: pages, single objects, and what the scope does not open."""

from __future__ import annotations

import time
from urllib.parse import urlencode

from integrations.sandbox.agencies.messages import Reply, Request, json_reply
from integrations.sandbox.agencies.oneroster.collections import (
    ORG_FIELDS,
    USER_FIELDS,
    Collection,
    orgs,
    page,
    users,
)
from integrations.sandbox.agencies.oneroster.dialect import Dialect, Refused
from integrations.sandbox.agencies.oneroster.people import Row, Server, user
from integrations.sandbox.agencies.oneroster.query import Query, parse
from integrations.sandbox.agencies.oneroster.state import CORE, DEMOGRAPHICS, FULL, State

_ROLE_NAMES = frozenset({"role", "roles", "roles.role"})
_EVERYTHING = Query(limit=1, offset=0, sort="sourcedId", descending=False, clauses=(), any_of=False)


def orgs_page(state: State, server: Server, request: Request, *, only_schools: bool) -> Reply:
    """A page of `/orgs` or `/schools`."""
    _admit(state, server, request, CORE, FULL)
    dialect = state.dialect(server)
    query = parse(request.query, fields=ORG_FIELDS, largest_page=dialect.largest_page)
    return _page(state, server, request, orgs(server, dialect, only_schools=only_schools), query)


def users_page(state: State, server: Server, request: Request, *, role: str | None) -> Reply:
    """A page of `/users`, `/teachers` or `/students`."""
    _admit(state, server, request, CORE, FULL)
    dialect = state.dialect(server)
    fields = (USER_FIELDS - _ROLE_NAMES) | set(dialect.role_fields)
    query = parse(request.query, fields=fields, largest_page=dialect.largest_page)
    if role is None and not query.any_of:
        wanted = [each for each in query.clauses if each.field in _ROLE_NAMES and each.operator == "="]
        if wanted:
            role = wanted[0].value
            rest = tuple(each for each in query.clauses if each is not wanted[0])
            query = Query(**{**vars(query), "clauses": rest})
    return _page(state, server, request, users(server, role=role), query)


def one(state: State, server: Server, request: Request) -> Reply:
    """A single org or user."""
    _admit(state, server, request, CORE, FULL)
    name, wanted = request.parts["collection"], request.parts["id"]
    if name in ("orgs", "schools"):
        collection, envelope = orgs(server, state.dialect(server), only_schools=False), "org"
    elif name in ("users", "teachers", "students"):
        collection, envelope = users(server, role=None), "user"
    else:
        return nested(state, server, request, scope_of="roster")
    whole = Query(**{**vars(_EVERYTHING), "limit": 1_000_000})
    for row in page(state, server, collection, whole)[0]:
        if row["sourcedId"] == wanted:
            _count(state, [row], envelope)
            return json_reply({envelope: row})
    raise Refused(404, "unknownobject", "There is no object with this sourcedId.")


def nested(state: State, server: Server, request: Request, *, scope_of: str) -> Reply:
    """What a larger scope would open: an empty collection for who has it."""
    _admit(state, server, request, DEMOGRAPHICS if scope_of == "demographics" else FULL)
    return json_reply({request.path.rsplit("/", 1)[-1]: []})


def _admit(state: State, server: Server, request: Request, *scopes: str) -> None:
    grant = state.tokens.get(request.bearer or "")
    expired = state.setup.faults.take("oneroster", "expired", path=request.path) is not None
    if grant is None or expired or grant[0] != server.name or grant[2] <= time.monotonic():
        raise Refused(401, "unauthorisedrequest", "The access token is missing, unknown or expired.")
    if not grant[1] & set(scopes):
        raise Refused(403, "forbidden", "The scope of the access token does not cover this request.")


def _page(state: State, server: Server, request: Request, collection: Collection, query: Query) -> Reply:
    dialect, faults = state.dialect(server), state.setup.faults
    where = f"{request.path}?{request.query_string}"
    rows, total = page(state, server, collection, query)
    if faults.take("oneroster", "short_listing", path=where):
        rows, total = [], query.offset
    rows = _spoilt(state, server, where, rows)
    envelope = "orgs" if collection.kind == "org" else "users"
    _count(state, rows, collection.kind)
    reply = json_reply({envelope: rows})
    if dialect.total and not faults.take("oneroster", "missing_total", path=where):
        reply = reply.with_headers(X_Total_Count=str(total))
    if dialect.link and not faults.take("oneroster", "missing_link", path=where):
        reply = _linked(reply, request, query, total, dialect)
    if faults.take("oneroster", "off_origin_next", path=where):
        reply = reply.with_headers(Link='<https://elsewhere.example/ims/users?offset=2>; rel="next"')
    return reply


def _spoilt(state: State, server: Server, where: str, rows: list[Row]) -> list[Row]:
    faults = state.setup.faults
    if faults.take("oneroster", "unsorted", path=where):
        rows = [*rows[1:], *rows[:1]]
    if faults.take("oneroster", "stray_pupil", path=where):
        rows = [*rows, user(server, "stu", 0)]
    if faults.take("oneroster", "bad_rows", path=where):
        lacking = [{name: value for name, value in row.items() if name != "sourcedId"} for row in rows[:1]]
        rows = [*rows, *lacking, {"sourcedId": "x-odd", "status": "perhaps", "roles": "none"}]
    return rows


def _linked(reply: Reply, request: Request, query: Query, total: int, dialect: Dialect) -> Reply:
    after = query.offset + query.limit
    asked = {**request.query, "limit": str(min(query.limit, dialect.largest_page))}
    here = f"{request.origin}/oneroster{request.path}"
    links = [f'<{here}?{urlencode({**asked, "offset": "0"})}>; rel="first"']
    if after < total:
        links.append(f'<{here}?{urlencode({**asked, "offset": str(after)})}>; rel="next"')
    return reply.with_headers(Link=", ".join(links))


def _count(state: State, rows: list[Row], kind: str) -> None:
    """Count what leaves the server, pupils apart: the connector has to have had none."""
    for row in rows:
        roles = row.get("roles")
        pupil = isinstance(roles, list) and any(role.get("role") == "student" for role in roles)
        state.handed_out["pupil" if pupil else kind] += 1
