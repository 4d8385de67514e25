"""The public API of DfE Sign-in as an agency of the sandbox."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from integrations.sandbox.agencies.agency import Agency, Route, Setup
from integrations.sandbox.agencies.dsi.gateway import refused
from integrations.sandbox.agencies.dsi.people import User, invented_users, touched, users_at
from integrations.sandbox.agencies.messages import Reply, Request, json_reply

LONGEST_WINDOW = timedelta(days=90)
_NOT_FOUND = Reply(status=404)
Behind = Callable[["SignIn", Request], Reply]


@dataclass
class SignIn:
    """The service that is registered there, and its users."""

    client_id: str
    secret: str
    count: int
    urns: tuple[int, ...] = ()
    sees_approvers: bool = True
    users: list[User] = field(default_factory=list)

    def forget(self) -> None:
        """As at the start."""
        self.users = users_at(self.urns) if self.urns else invented_users(self.count)


def make(setup: Setup) -> Agency:
    """The API (`dsi.client_id`, `dsi.secret`, `dsi.users`), or one user at each school that it is told to hold."""
    known = setup.options
    secret = known.get("secret", "sandbox-api-secret-of-some-length")
    client_id, urns = known.get("client_id", "CONCORDAT"), tuple(int(urn) for urn in setup.holds or ())
    here = SignIn(client_id=client_id, secret=secret, count=setup.number("users", 60), urns=urns)
    here.forget()
    behind: Mapping[str, Behind] = {
        "/users": _users,
        "/users/approvers": _approvers,
        "/services/{client}/roles": _roles,
        "/services/{service}/organisations/{organisation}/users/{user}": _access,
    }
    return Agency(
        name="dsi",
        label="DfE Sign-in: public API",
        routes=[Route(method="GET", path=path, handler=partial(_asked, here, each)) for path, each in behind.items()],
        actions={"leave": partial(_leave, here), "change": partial(_change, here), "move": partial(_move, here)},
        error=lambda status: json_reply({"id": "6d4f3c6e-0000-4000-8000-000000000000"}, status=status),
        reset=here.forget,
    )


def _asked(here: SignIn, behind: Behind, request: Request) -> Reply:
    return refused(request, client_id=here.client_id, secret=here.secret) or behind(here, request)


def _users(here: SignIn, request: Request) -> Reply:
    asked = {name.lower(): value for name, value in request.query.items()}
    window = _window(asked)
    if isinstance(window, Reply):
        return window
    if window is None:
        return _page(here.users, asked)
    begin, end = window
    chosen = [user for user in here.users if begin <= user.changed <= end]
    ends = {"dateRange": f"Users between {begin.isoformat()} and {end.isoformat()}"}
    return _page(chosen, asked, **(ends if "from" in asked else {**ends, "warning": "Only the last 90 days."}))


def _window(asked: Mapping[str, str]) -> tuple[datetime, datetime] | Reply | None:
    """The filtered form's window, None for the plain form, or the API's plain-text 400."""
    if not {"status", "from", "to"} & set(asked):
        return None
    try:
        begin, end = (_instant(asked.get(name)) for name in ("from", "to"))
    except ValueError:
        return _bad("from is not a valid value for from. Expected a date")
    now = datetime.now(UTC)
    if begin is not None and begin > now and (end is None or end > now):
        return _bad("Date range should not be in the future")
    if begin is not None and end is not None and end - begin > LONGEST_WINDOW:
        return _bad("Only 90 days are allowed between dates")
    if begin is not None:
        return begin, end or begin + LONGEST_WINDOW
    end = end or now
    return end - LONGEST_WINDOW, end


def _instant(text: str | None) -> datetime | None:
    if not text:
        return None
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _page(chosen: Sequence[User], asked: Mapping[str, str], **more: str) -> Reply:
    for name in ("page", "pagesize"):
        if not asked.get(name, "1").isdigit():
            return _bad(f"{asked[name]} is not a valid value for {name}. Expected a number")
    if not chosen:
        return json_reply({"users": [], "numberOfRecords": 0, "page": 0, "numberOfPages": 0, **more})
    size, page = int(asked.get("pagesize", 25)), int(asked.get("page", 1))
    rows = [user.row() for user in chosen[(page - 1) * size : page * size]]
    pages = -(-len(chosen) // size)
    return json_reply({"users": rows, "numberOfRecords": len(chosen), "page": page, "numberOfPages": pages, **more})


def _bad(words: str) -> Reply:
    return Reply(status=400, body=words.encode(), headers={"Content-Type": "text/plain; charset=utf-8"})


def _approvers(here: SignIn, request: Request) -> Reply:
    if not here.sees_approvers:
        return json_reply({"success": False, "message": "Forbidden"}, status=403)
    return _page([user for user in here.users if user.is_approver], request.query)


def _roles(here: SignIn, request: Request) -> Reply:
    if request.parts["client"] != here.client_id:
        return _NOT_FOUND
    roles = [("Safeguarding lead", "SG_LEAD", "Active"), ("Viewer", "VIEWER", "Active"), ("Old", "OLD", "Inactive")]
    return json_reply([{"name": name, "code": code, "status": status} for name, code, status in roles])


def _access(here: SignIn, request: Request) -> Reply:
    wanted = (request.parts["organisation"].upper(), request.parts["user"].upper())
    found = next((user for user in here.users if (user.organisation_id, user.user_id) == wanted), None)
    if found is None or not found.codes:
        return _NOT_FOUND
    roles = [{"id": code, "name": code.title(), "code": code, "status": {"id": 1}} for code in found.codes]
    gone = {"id": "OLD", "name": "Old", "code": "OLD", "numericId": "9", "status": {"id": 0}}
    return json_reply({"userId": found.user_id, "organisationId": found.organisation_id, "roles": [*roles, gone]})


def _leave(here: SignIn, told: Mapping[str, Any]) -> Mapping[str, Any]:
    """A user is deactivated: `number`."""
    return _touch(here, int(told["number"]), status=0)


def _change(here: SignIn, told: Mapping[str, Any]) -> Mapping[str, Any]:
    """A user has other roles now: `number`, `codes`."""
    return _touch(here, int(told["number"]), codes=tuple(told["codes"]))


def _move(here: SignIn, told: Mapping[str, Any]) -> Mapping[str, Any]:
    """A user is at another school: `number`, `urn`."""
    return _touch(here, int(told["number"]), urn=int(told["urn"]))


def _touch(here: SignIn, number: int, **changed: Any) -> Mapping[str, Any]:
    here.users = [touched(user, **changed) if user.number == number else user for user in here.users]
    return {"number": number}
