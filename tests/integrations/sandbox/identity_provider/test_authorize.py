"""The authorization endpoint and its page of people."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from bs4 import BeautifulSoup

from tests.support.identity_provider import REDIRECT_URI, RunningProvider
from tests.support.plain_http import TRUSTED

GOOD = {
    "response_type": "code",
    "client_id": "concordat",
    "redirect_uri": REDIRECT_URI,
    "scope": "openid email",
    "state": "s t&ate",
    "nonce": "n",
    "code_challenge": "x" * 43,
    "code_challenge_method": "S256",
}


async def asked(browser: httpx.AsyncClient, **changed: Any) -> httpx.Response:
    query = {name: value for name, value in (GOOD | changed).items() if value is not None}
    return await browser.get("/authorize", params=query)


async def page(browser: httpx.AsyncClient, q: str | None = None) -> tuple[httpx.URL, BeautifulSoup]:
    address = browser.base_url.join((await asked(browser)).headers["location"])
    shown = await browser.get(address, params={"q": q} if q is not None else None)
    assert shown.status_code == 200
    return address, BeautifulSoup(shown.text, "html5lib")


def names(soup: BeautifulSoup) -> list[str]:
    return [button.strong.get_text() for button in soup.select("button[name=sub]") if button.strong]


async def test_everybody_is_listed_by_group(browser: httpx.AsyncClient) -> None:
    _, soup = await page(browser)
    assert [heading.get_text() for heading in soup.find_all("h2")] == ["Testbridge schools", "Testshire Council"]
    assert names(soup) == ["Ada Okafor", "Cara Lunt", "Ben Hale"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("council ben", ["Ben Hale"]),
        ("HEADTEACHER", ["Ada Okafor"]),
        ("nobody", []),
        ("", ["Ada Okafor", "Cara Lunt", "Ben Hale"]),
    ],
)
async def test_the_search_narrows_by_every_word(browser: httpx.AsyncClient, words: str, found: list[str]) -> None:
    _, soup = await page(browser, words)
    assert names(soup) == found


async def test_what_was_searched_for_is_text_and_never_markup(browser: httpx.AsyncClient) -> None:
    _, soup = await page(browser, "<script>alert(1)</script>")
    assert not soup.find_all("script")
    assert soup.select("#q")[0]["value"] == "<script>alert(1)</script>"


async def test_the_page_can_be_read_without_seeing_it(browser: httpx.AsyncClient) -> None:
    _, soup = await page(browser)
    assert soup.select("html")[0]["lang"] == "en-GB"
    assert soup.select("title")[0].get_text().startswith("Choose who to sign in as")
    assert len(soup.find_all("h1")) == 1
    assert soup.select_one("label[for=q]")
    assert soup.select("a.skip")[0]["href"] == "#main"
    assert not soup.find_all(["script", "style"])


async def test_the_page_may_be_framed_by_nobody_and_runs_nothing(browser: httpx.AsyncClient) -> None:
    address, _ = await page(browser)
    headers = (await browser.get(address)).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert f"form-action 'self' {REDIRECT_URI.rsplit('/', 3)[0]};" in policy
    assert headers["cache-control"] == "no-store"


async def test_picking_a_person_returns_code_state_and_issuer(
    browser: httpx.AsyncClient, identity_provider: RunningProvider
) -> None:
    address, _ = await page(browser)
    answer = await browser.post(address, data={"sub": "ben"})
    query = parse_qs(urlsplit(answer.headers["location"]).query)
    assert answer.status_code == 303
    assert query["state"] == ["s t&ate"]
    assert query["iss"] == [identity_provider.issuer()]
    assert len(query["code"][0]) >= 43


async def test_a_page_can_be_used_once(browser: httpx.AsyncClient) -> None:
    address, _ = await page(browser)
    await browser.post(address, data={"sub": "ben"})
    assert (await browser.post(address, data={"sub": "ben"})).status_code == 400


async def test_cancelling_and_an_unknown_person_are_a_denial(browser: httpx.AsyncClient) -> None:
    for form in ({"cancel": "yes"}, {"sub": "nobody"}):
        address, _ = await page(browser)
        answer = await browser.post(address, data=form)
        assert "error=access_denied" in answer.headers["location"]


@pytest.mark.parametrize(
    "changed",
    [
        {"client_id": "nobody"},
        {"client_id": None},
        {"redirect_uri": None},
        {"redirect_uri": REDIRECT_URI + "/"},
        {"redirect_uri": REDIRECT_URI + "?x=1"},
        {"redirect_uri": REDIRECT_URI.upper()},
        {"redirect_uri": "https://evil.example/"},
    ],
    ids=str,
)
async def test_nobody_is_sent_to_an_address_that_is_not_registered(
    browser: httpx.AsyncClient, changed: dict[str, Any]
) -> None:
    answer = await asked(browser, **changed)
    assert answer.status_code == 400
    assert "There is a problem" in answer.text
    assert "location" not in answer.headers


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"state": ["a", "b"]}, "invalid_request"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": "code id_token"}, "unsupported_response_type"),
        ({"scope": "email"}, "invalid_scope"),
    ],
    ids=str,
)
async def test_any_other_fault_goes_back_to_the_service(
    browser: httpx.AsyncClient, changed: dict[str, Any], error: str
) -> None:
    location = (await asked(browser, **changed)).headers["location"]
    assert location.startswith(REDIRECT_URI + "?")
    assert parse_qs(urlsplit(location).query)["error"] == [error]


async def test_a_request_belongs_to_its_issuer(browser: httpx.AsyncClient) -> None:
    address, _ = await page(browser)
    elsewhere = str(address).replace("/a/", "/b/")
    assert (await browser.get(elsewhere)).status_code == 400


async def test_an_issuer_that_is_not_there_is_not_found(identity_provider: RunningProvider) -> None:
    async with httpx.AsyncClient(trust_env=False, verify=TRUSTED) as client:
        for path in (".well-known/openid-configuration", "jwks", "authorize", "userinfo"):
            assert (await client.get(f"{identity_provider.base_url}/z/{path}")).status_code == 404
