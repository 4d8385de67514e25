"""The OneRoster servers as an agency of the sandbox."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from integrations.sandbox.agencies.agency import Agency, Route, Setup
from integrations.sandbox.agencies.messages import Reply, Request
from integrations.sandbox.agencies.oneroster import actions
from integrations.sandbox.agencies.oneroster.answers import nested, one, orgs_page, users_page
from integrations.sandbox.agencies.oneroster.dialect import CODES, Dialect, Refused, error
from integrations.sandbox.agencies.oneroster.people import Server
from integrations.sandbox.agencies.oneroster.state import State, servers_of
from integrations.sandbox.agencies.oneroster.token import token

OWN_FAULTS = {
    "missing_total": "leaves out X-Total-Count",
    "missing_link": "leaves out Link",
    "off_origin_next": "says that the next page is at another origin",
    "short_listing": "says that the listing ends here, though it does not",
    "unsorted": "sends a page in no order",
    "bad_rows": "sends rows without an id, a status or a school",
    "stray_pupil": "puts a pupil among the teachers",
    "expired": "treats the access token as expired",
}
Answer = Callable[[State, Server, Request], Reply]


def make(setup: Setup) -> Agency:
    """The servers, with nothing changed yet."""
    state = State(setup=setup, servers=servers_of(setup))
    base = "/{server}/ims/oneroster/rostering/v1p2"

    def at(path: str, answer: Answer, *, method: str = "GET") -> Route:
        return Route(method=method, path=f"/{{server}}{path}", handler=partial(_answered, state, answer))

    rostering = base.removeprefix("/{server}")
    routes = (
        at("/token", token, method="POST"),
        at(f"{rostering}/orgs", partial(orgs_page, only_schools=False)),
        at(f"{rostering}/schools", partial(orgs_page, only_schools=True)),
        at(f"{rostering}/users", partial(users_page, role=None)),
        at(f"{rostering}/teachers", partial(users_page, role="teacher")),
        at(f"{rostering}/students", partial(users_page, role="student")),
        at(f"{rostering}/{{collection}}/{{id}}", one),
        at(f"{rostering}/demographics", partial(nested, scope_of="demographics")),
        at(f"{rostering}/{{rest:path}}", partial(nested, scope_of="roster")),
    )
    return Agency(
        name="oneroster",
        label="School information systems (OneRoster 1.2)",
        routes=routes,
        own_faults=OWN_FAULTS,
        actions=actions.of(state),
        error=_failure,
        seen=state.seen,
        reset=state.reset,
    )


def _answered(state: State, answer: Answer, request: Request) -> Reply:
    if (server := state.servers.get(request.parts["server"])) is None:
        return error(Dialect(), Refused(404, "unknownobject", "There is no such server."))
    try:
        return answer(state, server, request)
    except Refused as refused:
        return error(state.dialect(server), refused)


def _failure(status: int) -> Reply:
    code = CODES.get(status, "internal_server_error")
    return error(Dialect(), Refused(status, code, "The server could not answer."))
