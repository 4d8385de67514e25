"""One's own account: sessions, and hats."""

from __future__ import annotations

from datetime import date

import asyncpg
import pytest
from litestar import Litestar

from infra.database import sql
from tenants.tenancy.actor import Actor
from tenants.tenancy.roles import Hat, Role
from tenants.tenancy.scope import system_scope
from tests.support.cluster import Cluster
from tests.support.product import COOKIE, signed_in
from tests.support.world import make_actor, make_area
from tests.web.page_client import token_of


async def test_the_account_lists_browsers_and_signs_out_of_the_others(app: Litestar) -> None:
    someone = await make_actor(Role.BUSINESS_MANAGER, area=await make_area())
    async with await signed_in(app, someone) as here, await signed_in(app, someone) as there:
        page = await here.get("/account")
        assert page.text.count("last used") == 2
        page = await here.follow(await here.submit(page, "Sign out everywhere else", {}))
        assert page.banner == "Signed out of 1 other browser."
        await there.get("/account", status=303)
        await here.get("/account")


async def test_one_other_browser_is_signed_out_once_or_twice(app: Litestar) -> None:
    someone = await make_actor(Role.BUSINESS_MANAGER, area=await make_area())
    async with await signed_in(app, someone) as here, await signed_in(app, someone) as there:
        page = await here.get("/account")
        done = await here.follow(await here.submit(page, "Sign out that browser", {}))
        assert done.banner == "That browser is signed out."
        assert done.text.count("last used") == 1
        await there.get("/account", status=303)
        again = await here.follow(await here.submit(page, "Sign out that browser", {}))
        assert again.banner == "That browser is signed out."


async def test_nobody_ends_a_session_of_someone_else(app: Litestar) -> None:
    area = await make_area()
    someone, other = await make_actor(Role.VIEWER, area=area), await make_actor(Role.VIEWER, area=area)
    async with await signed_in(app, someone) as here, await signed_in(app, other) as there:
        await signed_in(app, someone)
        page = await here.get("/account")
        theirs = await there.get("/account")
        session = page.soup.select_one("form[action='/account/sessions/end'] input[name=session]")
        assert session is not None
        for said, status in ((str(session["value"]), 303), ("nonsense", 404), ("", 404)):
            await there.post("/account/sessions/end", {**token_of(theirs), "session": said}, status=status)
        assert (await here.get("/account")).text.count("last used") == 2


async def also(someone: Actor, role: Role) -> None:
    async with system_scope("test", powers=["platform"]):
        await sql.execute(
            "insert into role_assignment (person_id, role, valid_from) values ($1, $2, $3)",
            someone.id,
            role.value,
            date(2020, 1, 1),
        )


async def test_another_hat_is_another_token_and_other_doors(app: Litestar) -> None:
    someone = await make_actor(Role.BUSINESS_MANAGER, area=await make_area())
    await also(someone, Role.PLATFORM_ADMINISTRATOR)
    async with await signed_in(app, someone) as browser:
        before = browser.http.cookies[COOKIE]
        page = await browser.get("/roles")
        await browser.submit(page, "Change role", {"hat": Hat.PLATFORM.value})
        after = browser.http.cookies[COOKIE]
        assert after != before
        assert "Platform administrator" in (await browser.get("/account")).text
        refused = await browser.get("/my-areas", status=403)
        assert "You are acting as Platform administrator." in refused.text
        assert refused.links()["Change role"] == "/roles"
        browser.http.cookies.set(COOKIE, before, domain="127.0.0.1")
        await browser.get("/account", status=303)


@pytest.mark.parametrize("role", [Role.OFFICIAL, Role.PLATFORM_ADMINISTRATOR])
async def test_a_role_that_ends_while_signed_in_closes_its_doors(app: Litestar, role: Role) -> None:
    someone = await make_actor(role)
    async with await signed_in(app, someone) as browser:
        async with system_scope("test", powers=["platform"]):
            await sql.execute("update role_assignment set valid_to = '2021-01-01' where person_id = $1", someone.id)
        page = await browser.get("/account")
        assert not {"/national", "/platform"} & {link["href"] for link in page.soup.find_all("a")}
        for door in ("/national", "/platform"):
            await browser.get(door, status=403)


@pytest.mark.parametrize(
    "late", ["last_seen_at = now() - interval '31 minutes'", "expires_at = now()"], ids=["idle", "absolute end"]
)
async def test_a_session_ends(app: Litestar, database: Cluster, late: str) -> None:
    someone = await make_actor(Role.VIEWER, area=await make_area())
    async with await signed_in(app, someone) as browser:
        await browser.get("/account")
        clock = await asyncpg.connect(database.superuser)  # time passes for no login of ours
        await clock.execute(f"update session set {late} where person_id = $1", someone.id)
        await clock.close()
        await browser.get("/account", status=303)
