"""HEAD answers as GET does, with no body: what monitors and link checkers ask."""

import json

import httpx
import pytest

from backend.app import build_app
from tests.web.gallery.pages import ROUTES, TEMPLATES
from tests.web.page_client import PageClient
from tests.web.settings import page_settings

ITS_OWN = {"x-request-id", "content-security-policy", "set-cookie"}  #: differ from one request to the next


def said(answer: httpx.Response) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name not in ITS_OWN}


@pytest.mark.parametrize(
    "path", ["/gallery", "/health/live", "/health/ready", "/gallery/error/401", "/gallery/error/404", "/no/such/page"]
)
async def test_it_answers_as_get_without_a_body(gallery: PageClient, path: str) -> None:
    head, get = await gallery.http.head(path), await gallery.http.get(path)
    assert (head.status_code, said(head)) == (get.status_code, said(get))
    assert head.content == b""
    assert get.content or get.status_code == 303


async def test_it_gives_no_cookie(gallery: PageClient) -> None:
    head = await gallery.http.head("/gallery")
    assert "set-cookie" not in head.headers
    assert not gallery.http.cookies
    assert "set-cookie" in (await gallery.http.get("/gallery")).headers, "a page with forms gives one to who reads it"


async def test_where_only_forms_are_sent_it_is_refused_as_get_is(gallery: PageClient) -> None:
    """It never counts as a form that was sent, and asks for no token."""
    assert (await gallery.http.head("/graphql")).status_code == (await gallery.http.get("/graphql")).status_code


async def test_the_log_and_the_metrics_say_what_it_was(capsys: pytest.CaptureFixture[str]) -> None:
    app = build_app(page_settings(log_level="info"), routes=ROUTES, templates=TEMPLATES)
    async with PageClient(app) as client:
        await client.http.head("/gallery/error/409")
        metrics = await client.http.get("/metrics", headers={"authorization": "Bearer metrics-token-for-tests"})
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines() if line.startswith("{")]
    [line] = [one for one in lines if one["event"] == "request"]
    assert (line["method"], line["route"], line["status"]) == ("HEAD", "/gallery/error/{status}", 409)
    assert 'method="HEAD",route="/gallery/error/{status}",status="409"' in metrics.text
