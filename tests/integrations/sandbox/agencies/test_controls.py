"""The switches of the sandbox, and the record of what its agencies were asked."""

from __future__ import annotations

from base64 import b64encode

import httpx
import pytest

from integrations.sandbox.agencies.__main__ import build
from integrations.sandbox.agencies.registry import MAKERS
from tests.support.agencies import RunningAgencies
from tests.support.plain_http import TRUSTED


async def test_a_route_has_its_parts_query_and_form(caller: httpx.AsyncClient) -> None:
    basic = b64encode(b"us:pass:word").decode()
    assert (await caller.get("/echo/things/7?a=1&a=2&b=")).json()["query"] == {"a": "2", "b": ""}
    assert (await caller.get("/echo/deep/er/still")).json()["parts"] == {"rest": "er/still"}
    token = await caller.post("/echo/token", data={"grant_type": "x"}, headers={"Authorization": f"Basic {basic}"})
    assert token.json() == {"parts": {}, "query": {}, "form": {"grant_type": "x"}, "basic": ["us", "pass:word"]}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/echo/nothing", 404), ("DELETE", "/echo/token", 405), ("GET", "/nobody/x", 404), ("GET", "/", 200)],
)
async def test_what_is_not_there(caller: httpx.AsyncClient, method: str, path: str, status: int) -> None:
    assert (await caller.request(method, path)).status_code == status


async def test_what_was_asked_is_kept_and_no_credential(caller: httpx.AsyncClient) -> None:
    await caller.get("/echo/things/7?a=1", headers={"Authorization": "Bearer secret-token", "X-Request-ID": "r-1"})
    await caller.post("/echo/token", data={"client_secret": "very-secret"})
    shown = await caller.get("/controls/echo")
    first, second = shown.json()["asked"]["last"]
    assert (first["method"], first["path"], first["query"], first["status"]) == ("GET", "/things/7", {"a": "1"}, 200)
    assert (first["headers"]["x-request-id"], first["bearer"], second["bearer"]) == ("r-1", True, False)
    assert "secret" not in shown.text


async def test_the_page_lists_each_agency_and_its_switches(caller: httpx.AsyncClient) -> None:
    text = (await caller.get("/controls")).text
    assert "Echo &amp; Sons" in text
    assert "It behaves." in text
    assert "mumble: says less than it was asked" in text


async def test_a_switch_of_the_page_comes_back_to_it(caller: httpx.AsyncClient) -> None:
    form = {"kind": "status", "times": "", "status": "503", "retry_after": ""}
    answer = await caller.post("/controls/echo/faults", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/controls")
    assert "It misbehaves: status (until cleared)" in (await caller.get("/controls")).text
    assert (await caller.get("/echo/things/7")).status_code == 503
    await caller.post("/controls/echo/clear", data={})
    assert "It behaves." in (await caller.get("/controls")).text


async def test_something_happens_at_an_agency(caller: httpx.AsyncClient) -> None:
    assert (await caller.post("/controls/echo/do/add", json={"a": 1, "b": 2})).json() == {"sum": 3}
    assert (await caller.post("/controls/echo/do/add", json={"a": 1})).status_code == 422
    assert (await caller.post("/controls/echo/do/fly", json={})).status_code == 404


async def test_a_reset_forgets(caller: httpx.AsyncClient) -> None:
    await caller.post("/controls/echo/faults", json={"kind": "html"})
    await caller.get("/echo/nothing")
    assert (await caller.post("/controls/reset")).status_code == 204
    shown = (await caller.get("/controls/echo")).json()
    assert (shown["faults"], shown["asked"]) == ([], {"last": [], "paths": {}})


def test_every_agency_is_served_under_its_own_name() -> None:
    sandbox = build(base_url="http://127.0.0.1:1")
    assert {name: agency.name for name, agency in sandbox.agencies.items()} == {name: name for name in MAKERS}


def test_the_process_says_where_it_listens(agencies: RunningAgencies) -> None:
    with httpx.Client(trust_env=False, verify=TRUSTED) as client:
        assert client.get(f"{agencies.base_url}/controls/health").json() == {"status": "ok"}
