"""Wonde as an agency of the sandbox."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any

from integrations.sandbox.agencies.agency import Agency, Route, Setup
from integrations.sandbox.agencies.messages import Reply, Request, json_reply
from integrations.sandbox.agencies.wonde import actions
from integrations.sandbox.agencies.wonde.paging import paged
from integrations.sandbox.agencies.wonde.people import Row, domain, school, school_id
from integrations.sandbox.agencies.wonde.state import State, nation_of

OWN_FAULTS = {
    "more_without_next": "says that there is more, and not where",
    "off_origin_next": "says that the next page is at another origin",
    "no_pagination": "leaves out the pagination block",
}
INCLUDES = ("employment_details", "contact_details", "roles")
Answer = Callable[[State, Request], Reply]


def make(setup: Setup) -> Agency:
    """Wonde, with nothing changed yet."""
    state = State(setup=setup, nation=nation_of(setup))

    def at(path: str, answer: Answer) -> Route:
        return Route(method="GET", path=f"/{{domain}}/v1.0{path}", handler=partial(_admitted, state, answer))

    routes = (
        at("/schools", _schools),
        at("/schools/{id}", _school),
        at("/schools/{id}/employees", _employees),
        at("/schools/{id}/deletions", _deletions),
        at("/schools/{id}/students", _forbidden),
        at("/schools/{id}/{rest:path}", _forbidden),
    )
    return Agency(
        name="wonde",
        label="Wonde (school information systems)",
        routes=routes,
        own_faults=OWN_FAULTS,
        actions=actions.of(state),
        error=_failure,
        seen=state.seen,
        reset=state.reset,
    )


def _admitted(state: State, answer: Answer, request: Request) -> Reply:
    token = request.bearer or (request.basic[0] if request.basic and not request.basic[1] else None)
    if token != state.token:
        return _failure(401)
    return answer(state, request)


def _schools(state: State, request: Request) -> Reply:
    here = [place for place in range(state.nation.schools) if domain(place) == request.parts["domain"]]
    shown, reply = paged(_Rows(state, here), request, state.setup.faults)
    state.handed_out["school"] += len(shown)
    return reply


class _Rows(list[Row]):
    """Schools made when a page is cut, however many there are."""

    def __init__(self, state: State, places: list[int]) -> None:
        super().__init__()
        self._state, self._places = state, places

    def __len__(self) -> int:
        return len(self._places)

    def __getitem__(self, key: Any) -> Any:
        return [school(self._state.nation, place) for place in self._places[key]]


def _school(state: State, request: Request) -> Reply:
    place = _place(state, request)
    return _failure(404) if place is None else json_reply({"data": school(state.nation, place), "meta": {}})


def _employees(state: State, request: Request) -> Reply:
    if (place := _place(state, request)) is None:
        return _failure(404)
    since, included = request.query.get("updated_after"), request.query.get("include", "").split(",")
    if since is not None and not _is_date(since):
        return json_reply({"errors": {"updated_after": ["The updated after is not a valid date."]}}, status=422)
    rows = [] if domain(place) != request.parts["domain"] else state.employees(place)
    rows = [row for row in rows if since is None or row["updated_at"]["date"] >= since]
    left_out = {name for name in INCLUDES if name not in included}
    told = [{name: value for name, value in row.items() if name not in left_out} for row in rows]
    shown, reply = paged(told, request, state.setup.faults)
    state.handed_out["employee"] += len(shown)
    return reply


def _deletions(state: State, request: Request) -> Reply:
    if (place := _place(state, request)) is None:
        return _failure(404)
    since = request.query.get("updated_after", "")
    rows = [row for row in state.deleted.get(place, []) if row["deleted_at"]["date"] >= since]
    return paged(rows, request, state.setup.faults)[1]


def _forbidden(state: State, request: Request) -> Reply:
    if request.path.endswith("/students"):
        state.handed_out["pupils_asked_for"] += 1
    return _failure(403)


def _place(state: State, request: Request) -> int | None:
    wanted = request.parts["id"]
    number = int(wanted[1:]) - int(school_id(0)[1:]) if wanted[1:].isdecimal() else -1
    return number if 0 <= number < state.nation.schools else None


def _is_date(text: str) -> bool:
    try:
        return datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC) is not None
    except ValueError:
        return False


def _failure(status: int) -> Reply:
    words: Mapping[int, tuple[str, str]] = {
        401: ("unauthorized", "The access token is invalid."),
        403: ("forbidden", "You do not have permission to access this resource."),
        404: ("not_found", "The resource could not be found."),
        429: ("too_many_requests", "Too many attempts."),
    }
    error, message = words.get(status, ("server_error", "Something went wrong."))
    return json_reply({"error": error, "message": message}, status=status)
