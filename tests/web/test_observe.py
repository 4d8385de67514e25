"""Every answer has a request id and one log line, which holds nothing of what was sent."""

import json
from typing import Any

import pytest

from backend.app import build_app
from tests.web.gallery.pages import ROUTES, TEMPLATES
from tests.web.page_client import PageClient
from tests.web.settings import page_settings

Captured = pytest.CaptureFixture[str]


def client(**settings: object) -> PageClient:
    app = build_app(page_settings(log_level="info", **settings), routes=ROUTES, templates=TEMPLATES)
    return PageClient(app)


def lines(captured: Captured) -> list[dict[str, object]]:
    return [json.loads(line) for line in captured.readouterr().err.splitlines() if line.startswith("{")]


async def test_one_line_for_each_answer(capsys: Captured) -> None:
    async with client() as browser:
        page = await browser.get("/gallery/error/409", status=409)
    (line,) = [line for line in lines(capsys) if line["event"] == "request"]
    assert line["request_id"] == page.response.headers["x-request-id"]
    assert (line["method"], line["route"], line["status"]) == ("GET", "/gallery/error/{status}", 409)
    assert isinstance(line["ms"], float)


async def test_nothing_that_was_sent_is_in_the_log(capsys: Captured) -> None:
    secret = "hunter2"
    async with client() as browser:
        browser.http.cookies.set("concordat-session", secret)
        headers = {"authorization": f"Basic {secret}", "user-agent": secret, "referer": f"http://x/{secret}"}
        await browser.post(f"/gallery?q={secret}", {"name": secret}, headers=headers, status=403)
        await browser.get(f"/{secret}?email={secret}", status=404)
        await browser.get("/gallery/error/500", status=500)
    text = json.dumps(lines(capsys))
    assert '"status": 403' in text
    assert secret not in text
    assert "secret detail" not in text


async def test_health_is_not_noise(capsys: Captured) -> None:
    async with client() as browser:
        await browser.http.get("/health/live")
    assert lines(capsys) == []


@pytest.mark.parametrize(("proxies", "kept"), [(0, False), (1, True)])
async def test_a_request_id_from_outside_counts_only_behind_a_trusted_proxy(proxies: int, kept: bool) -> None:
    async with client(trusted_proxies=proxies) as browser:
        answer = await browser.http.get("/health/live", headers={"x-request-id": "from-the-proxy-1"})
    assert (answer.headers["x-request-id"] == "from-the-proxy-1") is kept


async def test_a_request_id_that_could_forge_a_log_line_is_replaced() -> None:
    async with client(trusted_proxies=1) as browser:
        answer = await browser.http.get("/health/live", headers={"x-request-id": 'x" level="info'})
    assert len(answer.headers["x-request-id"]) == 24


async def test_a_client_that_hangs_up_before_it_is_read_is_no_failure(capsys: Captured) -> None:
    async def gone() -> Any:
        return {"type": "http.disconnect"}

    async def nowhere(message: Any) -> None:
        assert message["type"] in ("http.response.start", "http.response.body")

    app = build_app(page_settings(log_level="info"), routes=ROUTES, templates=TEMPLATES)
    headers = [(b"host", b"localhost"), (b"content-type", b"application/x-www-form-urlencoded")]
    where = {"path": "/gallery/upload", "raw_path": b"/gallery/upload", "root_path": "", "query_string": b""}
    posted = {"type": "http", "method": "POST", "scheme": "http", "client": ("127.0.0.1", 1), "state": {}}
    await app({**posted, **where, "headers": headers}, gone, nowhere)  # type: ignore[arg-type]
    (line,) = lines(capsys)
    assert (line["event"], line["status"]) == ("request", 499)
