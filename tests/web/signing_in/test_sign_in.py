"""Signing in through a real provider over HTTP, and what stops someone else from doing it for you."""

from __future__ import annotations

from litestar import Litestar

from infra.database import sql
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import system_scope
from tests.support.identity_provider import RunningProvider
from tests.support.product import COOKIE, signed_in
from tests.support.world import AreaMade, make_actor, make_area
from tests.web.page_client import PageClient
from tests.web.signing_in.world import account, go_through

ADA = "5D1E9C0A"


async def give(person_id: object, role: Role, area: AreaMade | None = None) -> None:
    async with system_scope("test", powers=["platform"]):
        await sql.execute(
            "insert into role_assignment (person_id, role, area_id, valid_from) values ($1, $2, $3, '2020-01-01')",
            person_id,
            role.value,
            area.id if area else None,
        )


async def ada(provider: RunningProvider) -> tuple[object, AreaMade]:
    """Ada, with an account and an area of her own for this test."""
    area = await make_area()
    async with system_scope("test", powers=["signin", "platform"]):
        known = await sql.fetch_value("select person_id from identity where subject = $1", ADA)
    person_id = known or await account(provider, subject=ADA, name="Ada Okafor")
    await give(person_id, Role.BUSINESS_MANAGER, area)
    return person_id, area


async def test_someone_with_an_account_signs_in_and_goes_where_they_wanted(
    app: Litestar, provider: RunningProvider
) -> None:
    _, area = await ada(provider)
    async with PageClient(app) as browser:
        wanted = await browser.get(f"/area/{area.slug}/people", status=303)
        page = await browser.follow(wanted)
        assert page.h1 == "Sign in"
        start = page.links()["Sign in with Schools sign-in"]
        arrived = await go_through(browser, provider, subject=ADA, start=start)
        assert arrived.location == f"/area/{area.slug}/people"
        assert "Ada Okafor" in (await browser.follow(arrived)).text


async def test_a_token_that_the_browser_brings_is_never_adopted(app: Litestar, provider: RunningProvider) -> None:
    await ada(provider)
    async with PageClient(app) as browser:
        browser.http.cookies.set(COOKIE, "attackers-choice", domain="127.0.0.1")
        await go_through(browser, provider, subject=ADA)
        assert "attackers-choice" not in [cookie.value for cookie in browser.http.cookies.jar]


async def test_the_callback_works_once(app: Litestar, provider: RunningProvider) -> None:
    await ada(provider)
    async with PageClient(app) as browser:
        begun = await browser.get("/sign-in/schools", status=303)
        back = await provider.answer(begun.location, sub=ADA)
        path = back.removeprefix("http://127.0.0.1:8000")
        await browser.get(path, status=303)
        page = await browser.get(path, status=403)
        assert "already been used" in page.text


async def test_a_sign_in_begun_in_another_browser_cannot_be_finished_here(
    app: Litestar, provider: RunningProvider
) -> None:
    await ada(provider)
    async with PageClient(app) as attacker, PageClient(app) as victim:
        begun = await attacker.get("/sign-in/schools", status=303)
        back = await provider.answer(begun.location, sub=ADA)
        page = await victim.get(back.removeprefix("http://127.0.0.1:8000"), status=403)
        assert "another browser" in page.text
        assert COOKIE not in victim.http.cookies


async def test_an_answer_of_one_provider_is_no_answer_of_another(app: Litestar, provider: RunningProvider) -> None:
    await ada(provider)
    async with PageClient(app) as browser:
        begun = await browser.get("/sign-in/schools", status=303)
        back = await provider.answer(begun.location, sub=ADA)
        moved = back.removeprefix("http://127.0.0.1:8000").replace("/schools/", "/health/")
        await browser.get(moved, status=403)


async def test_someone_without_an_account_is_told_how_to_get_one(app: Litestar, provider: RunningProvider) -> None:
    async with PageClient(app) as browser:
        page = await go_through(browser, provider, subject="ben", status=403)
        assert page.h1 == "You do not have an account yet"


async def test_someone_without_an_account_is_told_whom_their_organisation_lies_with(
    app: Litestar, provider: RunningProvider
) -> None:
    area = await make_area(la_code="963")
    async with PageClient(app) as browser:
        page = await go_through(browser, provider, subject="dora", start="/sign-in/dfe", status=403)
    assert f"You chose Meadow School there. It lies in {area.name}." in page.text


async def test_a_disabled_account_cannot_sign_in_and_its_sessions_stop(
    app: Litestar, provider: RunningProvider
) -> None:
    area = await make_area()
    someone = await make_actor(Role.BUSINESS_MANAGER, area=area)
    async with await signed_in(app, someone) as browser:
        await browser.get("/account")
        async with system_scope("test", powers=["platform"]):
            await sql.execute("update person set disabled_at = now() where id = $1", someone.id)
        assert (await browser.get("/account", status=303)).location.startswith("/sign-in")


async def test_signing_out_ends_the_session_and_offers_to_end_the_providers(
    app: Litestar, provider: RunningProvider
) -> None:
    _, area = await ada(provider)
    async with PageClient(app) as browser:
        await go_through(browser, provider, subject=ADA)
        token = browser.http.cookies[COOKIE]
        page = await browser.get(f"/area/{area.slug}")
        out = await browser.follow(await browser.submit(page, "Sign out", {}))
        assert out.links()["sign out of Schools sign-in too"].startswith(provider.issuer("a"))
        browser.http.cookies.set(COOKIE, token, domain="127.0.0.1")
        assert (await browser.get(f"/area/{area.slug}", status=303)).location.startswith("/sign-in")


async def test_where_to_go_next_is_never_another_site(app: Litestar, provider: RunningProvider) -> None:
    await ada(provider)
    async with PageClient(app) as browser:
        for bad in ("https://evil.example", "//evil.example", "/\\evil.example"):
            page = await browser.get(f"/sign-in?next={bad}")
            assert "evil" not in page.links()["Sign in with Schools sign-in"]
