"""The straight way and the routed one are one way: the same request, its body in one piece or in two, has the same
answer, headers, log line and counts by both. A body in two pieces is what is never taken straight."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest
from litestar import Litestar

from backend.app import create_app
from backend.web.ratelimit import RateLimiter
from concordat_graphql.ids import encode
from tenants.tenancy.roles import Role
from tests.graphql.kept.world import READ, Warm
from tests.support.cluster import Cluster
from tests.support.product import COOKIE, product_settings, session_token
from tests.support.world import AreaMade, make_actor, make_area
from tests.web.settings import BASE_URL

Body = Mapping[str, Any] | bytes
HOST = BASE_URL.removeprefix("http://")


@dataclass(kw_only=True)
class Way:
    """What became of a request, and whether it was routed."""

    messages: list[Any] = field(default_factory=list)
    routed: bool = False

    @property
    def status(self) -> int:
        return int(self.messages[0]["status"])

    @property
    def said(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.messages[1]["body"])
        return found


@pytest.fixture(autouse=True)
def nothing_by_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.web.security.secrets.token_urlsafe", lambda _: "nonce")
    monkeypatch.setattr("backend.web.observe.secrets.token_hex", lambda _: "request-id")


@pytest.fixture
def ways(processes: tuple[Litestar, Litestar], monkeypatch: pytest.MonkeyPatch) -> list[Way]:
    """Every exchange so far; the last notes when it is routed."""
    found: list[Way] = []
    router = type(processes[0].asgi_router)
    route = router.__call__

    async def noted(self: Any, scope: Any, receive: Any, send: Any) -> None:
        found[-1].routed = True
        await route(self, scope, receive, send)

    monkeypatch.setattr(router, "__call__", noted)
    return found


async def exchange(
    app: Litestar, ways: list[Way], body: Body, *, token: str | None, whole: bool, more: Mapping[str, str | None]
) -> Way:
    """Send one request, its body whole or in two pieces; `more` are headers that are other than usual, or missing."""
    sent = body if isinstance(body, bytes) else json.dumps(body).encode()
    cookie = None if token is None else f"other=1; {COOKIE}={token}"
    usual = {"host": HOST, "content-type": "application/json", "accept": "application/json", "cookie": cookie,
             "origin": BASE_URL, "x-concordat-request": "1", "content-length": str(len(sent))}  # fmt: skip
    headers = {**usual, **more}
    cut = len(sent) if whole else len(sent) // 2
    pieces = [{"type": "http.request", "body": sent[:cut], "more_body": not whole}]
    pieces += [] if whole else [{"type": "http.request", "body": sent[cut:], "more_body": False}]
    way = Way()
    ways.append(way)

    async def receive() -> Any:
        return pieces.pop(0)

    async def send(message: Any) -> None:
        way.messages.append(message)

    await app(_scope(headers), receive, send)
    return way


def _scope(headers: Mapping[str, str | None]) -> Any:
    given = [(name.encode(), value.encode()) for name, value in headers.items() if value is not None]
    where = {"scheme": "http", "path": "/graphql", "raw_path": b"/graphql", "root_path": "", "query_string": b""}
    who = {"server": ("127.0.0.1", 8000), "client": ("127.0.0.1", 1), "state": {}}
    return {"type": "http", "http_version": "1.1", "method": "POST", "headers": given, **where, **who}


async def by_both(
    app: Litestar, ways: list[Way], body: Body, *, token: str | None, **more: str | None
) -> tuple[Way, Way]:
    """Send it straight and routed."""
    headers = {name.replace("_", "-"): value for name, value in more.items()}
    straight = await exchange(app, ways, body, token=token, whole=True, more=headers)
    if token is not None:  # a refusal may have made the sender be loaded anew: so for both
        await exchange(app, ways, {"operationName": "MyAccount"}, token=token, whole=False, more={})
    return straight, await exchange(app, ways, body, token=token, whole=False, more=headers)


def reading(area: AreaMade) -> dict[str, Any]:
    return {"operationName": READ, "variables": {"slug": area.slug}}


async def test_a_compiled_read_goes_straight_and_says_the_same(
    processes: tuple[Litestar, Litestar], world: Warm, ways: list[Way]
) -> None:
    straight, routed = await by_both(processes[0], ways, reading(world.area), token=world.token)
    assert (straight.routed, routed.routed) == (False, True)
    assert straight.said["data"]["area"]["name"]
    assert straight.messages == routed.messages


async def test_a_mutation_says_the_same_when_it_is_repeated(
    processes: tuple[Litestar, Litestar], world: Warm, ways: list[Way]
) -> None:
    given = {"idempotencyKey": str(uuid4()), "areaId": encode("Area", world.area.id), "name": "B", "kind": "other"}
    asked = {"operationName": "LinkBoard", "variables": {"input": given}}
    straight, routed = await by_both(processes[0], ways, asked, token=world.token)
    assert (straight.routed, routed.routed) == (False, True)
    assert "errors" not in straight.said
    assert straight.messages == routed.messages


@pytest.mark.parametrize(
    "body",
    [
        {"operationName": "AuditTrail", "variables": {"areaId": 7}},
        {"operationName": "AuditTrail", "variables": {}},
        {"operationName": "AuditTrail", "variables": {"areaId": encode("Area", 999_999_999)}},
        {"operationName": "NationalAreas", "variables": {"sort": "name", "descending": False}},
        {"operationName": "MyAccont"},
        {"query": "{ viewer { name } }"},
        {"operationName": "MyAccount", "variables": []},
        {"operationName": "MyAccount", "variables": {"x": "x" * 70_000}},
        {"operationName": "MyAccount", "variables": {"x": "x" * 300_000}},
        b"",
        b"not json",
        b"[]",
        b"\xff\xfe",
        b"[" * 60_000,
    ],
    ids=lambda body: str(body)[:60],
)
async def test_what_cannot_be_answered_straight_is_answered_as_ever(
    processes: tuple[Litestar, Litestar], world: Warm, ways: list[Way], body: Body
) -> None:
    straight, routed = await by_both(processes[0], ways, body, token=world.token)
    assert straight.routed
    assert straight.messages == routed.messages


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"origin": "https://elsewhere.example"}, 403),
        ({"origin": "null"}, 403),
        ({"sec_fetch_site": "cross-site"}, 403),
        ({"sec_fetch_site": "same-site"}, 403),
        ({"x_concordat_request": None}, 403),
        ({"content_type": "application/x-www-form-urlencoded"}, 403),
        ({"content_type": "text/plain"}, 415),
        ({"content_type": None}, 415),
        ({"authorization": "Basic x"}, 200),
        ({"cookie": f"{COOKIE}=no-such-token"}, 200),
        ({"cookie": f'{COOKIE}="quoted"'}, 200),
        ({"cookie": f"{COOKIE}=one; {COOKIE}=two"}, 200),
        ({"cookie": None}, 200),
        ({"content_length": None}, 200),
        ({"content_length": "many"}, 400),
    ],
    ids=str,
)
async def test_an_unusual_request_is_routed(
    processes: tuple[Litestar, Litestar], world: Warm, ways: list[Way], more: dict[str, str | None], status: int
) -> None:
    asked = {"operationName": "MyAccount"}
    straight, routed = await by_both(processes[0], ways, asked, token=world.token, **more)
    assert straight.status == status
    assert straight.messages == routed.messages


@pytest.mark.parametrize(
    "more", [{"sec_fetch_site": "same-origin"}, {"sec_fetch_site": "none"}, {"origin": None},
             {"content_type": "Application/JSON; charset=utf-8"}], ids=str,
)  # fmt: skip
async def test_what_pages_and_programs_send_goes_straight(
    processes: tuple[Litestar, Litestar], world: Warm, ways: list[Way], more: dict[str, str | None]
) -> None:
    straight, routed = await by_both(processes[0], ways, reading(world.area), token=world.token, **more)
    assert (straight.routed, straight.status) == (False, 200)
    assert straight.messages == routed.messages


async def test_a_client_that_hangs_up_is_no_failure(
    processes: tuple[Litestar, Litestar], world: Warm, ways: list[Way]
) -> None:
    await by_both(processes[0], ways, reading(world.area), token=world.token)
    way = Way()
    ways.append(way)

    async def gone() -> Any:
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        way.messages.append(message)

    headers = {"host": HOST, "content-type": "application/json", "cookie": f"{COOKIE}={world.token}",
               "x-concordat-request": "1", "content-length": "10"}  # fmt: skip
    await processes[0](_scope(headers), gone, send)
    assert way.status == 499


async def test_what_goes_wrong_inside_is_answered_as_ever(
    processes: tuple[Litestar, Litestar], world: Warm, ways: list[Way], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError("password=hunter2")

    before = await by_both(processes[0], ways, reading(world.area), token=world.token)
    monkeypatch.setattr("backend.web.graphql_api._compiled", broken)
    straight, routed = [
        await exchange(processes[0], ways, reading(world.area), token=world.token, whole=whole, more={})
        for whole in (True, False)
    ]
    assert before[0].status == 200
    assert (straight.routed, straight.status) == (False, 500)
    assert straight.messages == routed.messages
    assert b"hunter2" not in straight.messages[1]["body"]


async def test_both_ways_count_against_one_allowance(
    database: Cluster, ways: list[Way], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backend.app.RateLimiter", lambda: RateLimiter(clock=lambda: 0.0))  # no allowance comes back
    settings = product_settings(database).model_copy(update={"rate_limit_account_per_minute": 12})
    app, area = create_app(settings), await make_area()
    token = await session_token(await make_actor(Role.BUSINESS_MANAGER, area=area))
    found = [await exchange(app, ways, reading(area), token=token, whole=bool(n % 2), more={}) for n in range(8)]
    assert [way.status for way in found] == [200] * 6 + [429] * 2
    assert [way.routed for way in found[:6]] == [True, False, True, False, True, False]
    assert found[7].messages == found[6].messages


async def test_the_log_and_the_counts_are_the_same(
    database: Cluster, ways: list[Way], capsys: pytest.CaptureFixture[str]
) -> None:
    app, area = create_app(product_settings(database, log_level="info")), await make_area()
    token = await session_token(await make_actor(Role.BUSINESS_MANAGER, area=area))
    asked = {"operationName": "MyAccount"}
    lines = []
    for whole in (False, True, False):
        capsys.readouterr()
        await exchange(app, ways, asked, token=token, whole=whole, more={})
        [line] = [json.loads(each) for each in capsys.readouterr().err.splitlines() if '"event": "request"' in each]
        lines.append({name: value for name, value in line.items() if name not in ("ms", "timestamp")})
    assert lines[1] == lines[2]
    assert lines[1]["account"]
    counted = app.state.metrics.requests.labels("POST", "/graphql", "200")
    assert counted._value.get() == 3
