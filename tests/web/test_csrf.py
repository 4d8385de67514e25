"""A request that changes something must come from our own page, in this browser, in this session."""

import httpx
import pytest
from litestar import Litestar

from backend.app import build_app
from tests.web.gallery.pages import ROUTES, TEMPLATES
from tests.web.page_client import PageClient
from tests.web.settings import BASE_URL, page_settings

GOOD = {
    "name": "Lowmoor",
    "starts_on-day": "3",
    "starts_on-month": "9",
    "starts_on-year": "2026",
    "amount": "1",
    "kind": "cash",
}


async def token(client: PageClient) -> str:
    page = await client.get("/gallery")
    return str(page.form("Save contribution").find("input", attrs={"name": "_csrf"})["value"])


async def test_a_form_of_our_own_page_is_accepted(gallery: PageClient) -> None:
    await gallery.post("/gallery", {**GOOD, "_csrf": await token(gallery)}, status=303)


@pytest.mark.parametrize("given", ["", "nonsense", "a.b", "é.ü"])
async def test_a_form_without_its_token_is_refused(gallery: PageClient, given: str) -> None:
    await token(gallery)
    page = await gallery.post("/gallery", {**GOOD, "_csrf": given}, status=403)
    assert "open for too long" in page.text


async def test_the_token_of_another_browser_is_refused(gallery: PageClient, gallery_app: Litestar) -> None:
    async with PageClient(gallery_app) as other:
        foreign = await token(other)
    await token(gallery)
    await gallery.post("/gallery", {**GOOD, "_csrf": foreign}, status=403)


async def test_a_planted_pair_of_cookie_and_token_fails_in_another_session(
    gallery: PageClient, gallery_app: Litestar
) -> None:
    async with PageClient(gallery_app) as attacker:
        foreign = await token(attacker)
        nonce = attacker.http.cookies["concordat-csrf"]
    gallery.http.cookies.set("concordat-csrf", nonce)
    gallery.http.cookies.set("concordat-session", "the session of the person attacked")
    await gallery.post("/gallery", {**GOOD, "_csrf": foreign}, status=403)


async def test_a_token_from_before_sign_in_is_refused_after_it(gallery: PageClient) -> None:
    before = await token(gallery)
    gallery.http.cookies.set("concordat-session", "a new session")
    await gallery.post("/gallery", {**GOOD, "_csrf": before}, status=403)
    await gallery.post("/gallery", {**GOOD, "_csrf": await token(gallery)}, status=303)


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": BASE_URL, "sec-fetch-site": "cross-site"},
        {"origin": BASE_URL, "sec-fetch-site": "same-site"},
    ],
)
async def test_another_origin_is_refused_even_with_a_token(gallery: PageClient, headers: dict[str, str]) -> None:
    await gallery.post("/gallery", {**GOOD, "_csrf": await token(gallery)}, headers=headers, status=403)


async def test_after_a_new_secret_the_next_page_works_without_clearing_cookies(gallery: PageClient) -> None:
    stale = await token(gallery)
    rotated = build_app(
        page_settings(secret_key="another secret for tests, 01234567"), routes=ROUTES, templates=TEMPLATES
    )
    async with PageClient(rotated) as client:
        client.http.cookies.update(gallery.http.cookies)
        await client.post("/gallery", {**GOOD, "_csrf": stale}, status=403)
        await client.post("/gallery", {**GOOD, "_csrf": await token(client)}, status=303)


async def test_without_a_session_a_form_for_the_signed_in_is_not_even_read(gallery: PageClient) -> None:
    page = await gallery.post("/gallery/members", {"note": "x" * 400_000}, status=303)
    assert page.location == "/sign-in"


class TestJson:
    """An endpoint that takes JSON: the cookie alone is not enough."""

    async def send(self, client: PageClient, headers: dict[str, str]) -> httpx.Response:
        return await client.http.post("/gallery/api", json={}, headers={"accept": "application/json", **headers})

    async def test_needs_our_header(self, gallery: PageClient) -> None:
        refused = await self.send(gallery, {})
        assert refused.status_code == 403
        assert refused.headers["content-type"] == "application/problem+json"
        assert (await self.send(gallery, {"x-concordat-request": "1"})).status_code == 200

    async def test_our_header_from_elsewhere_is_refused(self, gallery: PageClient) -> None:
        headers = {"x-concordat-request": "1", "origin": "https://evil.example"}
        assert (await self.send(gallery, headers)).status_code == 403

    async def test_a_bearer_token_needs_neither(self, gallery: PageClient) -> None:
        assert (await self.send(gallery, {"authorization": "Bearer x"})).status_code == 200

    async def test_a_bearer_header_does_not_excuse_a_session_cookie(self, gallery: PageClient) -> None:
        gallery.http.cookies.set("concordat-session", "a session")
        assert (await self.send(gallery, {"authorization": "Bearer x"})).status_code == 403

    @pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
    async def test_a_body_disguised_as_something_else_is_refused(self, gallery: PageClient, kind: str) -> None:
        answer = await gallery.http.post("/gallery/api", content=b'{"a":1}', headers={"content-type": kind})
        assert answer.status_code == 403
