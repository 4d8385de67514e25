"""A form sent after its session ended, or from a page of an earlier one: what was typed is never lost silently."""

from __future__ import annotations

from litestar import Litestar

from tenants.tenancy.actor import Actor
from tenants.tenancy.scope import system_scope
from tenants.tenancy.sessions import service as sessions
from tests.support.cooperation import asked_school, request_of
from tests.support.product import COOKIE, session_token, signed_in
from tests.support.world import make_area
from tests.web.agency.test_answering import contact_of, open_form
from tests.web.page_client import Page, PageClient, token_of
from tests.web.settings import BASE_URL

NOTE = "A quarter of an hour\r\nof careful words"
TYPED = {"q_follows": "yes", "q_note": NOTE}
ENDED = "You were signed out before this was saved"


async def end_sessions(person: Actor) -> None:
    assert person.id is not None
    async with system_scope("test", powers=["signin"]):
        await sessions.revoke_all(by=person, person_id=person.id, reason="signed out elsewhere")


async def sign_in_anew(browser: PageClient, person: Actor) -> None:
    browser.http.cookies.set(COOKIE, await session_token(person), domain="127.0.0.1")


def carried(page: Page) -> dict[str, str]:
    hidden = page.form("Send again").find_all("input", type="hidden")
    return {str(field["name"]): str(field["value"]) for field in hidden if field["name"] != "_csrf"}


async def test_after_signing_in_again_what_was_typed_is_sent_and_kept(app: Litestar) -> None:
    asked = await asked_school(await make_area())
    person = await contact_of(asked)
    async with await signed_in(app, person) as browser:
        form = await open_form(browser)
        where = str(form.response.url).removeprefix(BASE_URL)
        await end_sessions(person)
        came = {"referer": str(form.response.url)}
        ended = await browser.submit(form, "Save for later", TYPED, status=401, headers=came)
        assert ended.h1 == ENDED
        assert carried(ended)["q_note"] == NOTE
        assert "careful words" in ended.text
        assert ended.links()["Sign in again (opens in a new tab)"] == f"/sign-in?next={where}"
        await sign_in_anew(browser, person)
        again = await browser.submit(ended, "Send again", {}, status=403)
        assert f"You are signed in as {person.name}" in again.text
        page = await browser.follow(await browser.submit(again, "Send again", {}))
        assert "draft is saved" in page.banner
        form = await open_form(browser, link="Continue your answer")
        assert form.soup.find(id="q_note").get_text().split("\n")[-1] == "of careful words"


async def test_nothing_is_saved_until_it_is_sent_again(app: Litestar) -> None:
    asked = await asked_school(await make_area())
    person = await contact_of(asked)
    async with await signed_in(app, person) as browser:
        form = await open_form(browser)
        await sign_in_anew(browser, person)
        stale = await browser.submit(form, "Save for later", TYPED, status=403)
        assert "Nothing has been saved yet" in stale.text
        assert (await request_of(asked.area, asked.school)).state == "not_started"
        await browser.submit(stale, "Send again", {})
    assert (await request_of(asked.area, asked.school)).state == "draft"


async def test_another_sites_form_and_a_made_up_token_are_carried_nowhere(app: Litestar) -> None:
    person = await contact_of(await asked_school(await make_area()))
    async with await signed_in(app, person) as browser:
        form = await open_form(browser)
        action, token = str(form.form("Save for later")["action"]), token_of(form)
        elsewhere = {"origin": "https://evil.example"}
        page = await browser.post(action, {**TYPED, "_csrf": "a.b"}, headers=elsewhere, status=403)
        assert "Send again" not in page.text
        await end_sessions(person)
        for sent, headers in ((token, elsewhere), ({"_csrf": "a.b"}, {})):
            page = await browser.post(action, {**TYPED, **sent}, headers=headers)
            assert page.location == "/sign-in"


async def test_without_its_session_cookie_a_form_is_told_to_be_lost_and_led_back_to(app: Litestar) -> None:
    person = await contact_of(await asked_school(await make_area()))
    async with await signed_in(app, person) as browser:
        form = await open_form(browser)
        browser.http.cookies.delete(COOKIE)
        sent = await browser.submit(form, "Save for later", TYPED, headers={"referer": str(form.response.url)})
        page = await browser.follow(sent)
        assert "the form you sent was not saved" in page.text
    assert "unsaved=yes" in sent.location
    assert "%2Fanswer" in sent.location
