"""Headers of every answer, and what https adds."""

import pytest

from backend.app import build_app
from backend.web.render import is_local
from tests.web.gallery.pages import ROUTES, TEMPLATES
from tests.web.page_client import PageClient
from tests.web.settings import page_settings

POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{}'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


async def test_the_policy_is_exactly_this(gallery: PageClient) -> None:
    page = await gallery.get("/gallery")
    nonce = page.soup.find("script", nonce=True)["nonce"]
    assert page.response.headers["content-security-policy"] == POLICY.format(nonce)


async def test_each_answer_has_its_own_nonce(gallery: PageClient) -> None:
    first, second = await gallery.get("/gallery"), await gallery.get("/gallery")
    assert first.response.headers["content-security-policy"] != second.response.headers["content-security-policy"]


async def test_plain_http_does_not_promise_https(gallery: PageClient) -> None:
    page = await gallery.get("/gallery")
    assert "strict-transport-security" not in page.response.headers


async def test_over_https_cookies_are_host_only_and_secure() -> None:
    address = "https://concordat.example"
    app = build_app(page_settings(base_url=address), routes=ROUTES, templates=TEMPLATES)
    async with PageClient(app, base_url=address) as client:
        page = await client.get("/gallery")
        answer = await client.submit(page, "Save contribution", {})
    assert page.response.headers["strict-transport-security"].startswith("max-age=63072000")
    for response, name in ((page.response, "csrf"), (answer.response, "flash")):
        cookie = response.headers["set-cookie"]
        assert cookie.startswith(f"__Host-concordat-{name}=")
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))
        assert "Domain" not in cookie


@pytest.mark.parametrize("path", ["/", "/areas/lowmoor?sort=name", "/a#b"])
def test_a_path_of_ours(path: str) -> None:
    assert is_local(path)


@pytest.mark.parametrize(
    "path",
    ["", "areas", "//evil.example", "/\\evil.example", "https://evil.example", "/a\r\nSet-Cookie: x", "/" + "a" * 3000],
)
def test_a_redirect_never_leaves_the_site(path: str) -> None:
    assert not is_local(path)
