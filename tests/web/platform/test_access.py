"""Sign-in providers and systems as pages: secrets go in and never come out."""

from __future__ import annotations

from uuid import uuid4

from litestar import Litestar

from tenants.tenancy.roles import Role
from tests.graphql.platform import sending
from tests.support.product import signed_in
from tests.support.world import make_actor, make_area
from tests.web.page_client import PageClient


def provider(**changed: str) -> dict[str, str]:
    values = {
        "slug": f"p{uuid4().hex[:8]}",
        "name": f"Schools {uuid4().hex[:6]}",
        "issuer": "https://issuer.example",
        "client_id": "us",
        "secret": "a very secret thing",
    }
    return {**values, **changed}


async def test_a_provider_is_added_changed_and_its_secret_never_shown(browser: PageClient) -> None:
    values = provider()
    page = await browser.follow(
        await browser.submit(await browser.get("/platform/new-provider"), "Save provider", values)
    )
    row = next(row for row in page.table("Where people sign in") if row[0] == values["name"])
    assert row[1:4] == ["https://issuer.example", "Stored", "On"]
    shown = await browser.get(page.links()[values["name"]])
    assert "very secret" not in shown.response.text
    assert f"/sign-in/{values['slug']}/callback" in shown.text
    page = await browser.follow(await browser.submit(shown, "Save provider", {"client_id": "us-2", "secret": ""}))
    assert next(row for row in page.table("Where people sign in") if row[0] == values["name"])[2] == "Stored"


async def test_a_mistake_keeps_what_was_typed_but_the_secret(browser: PageClient) -> None:
    page = await browser.get("/platform/new-provider")
    page = await browser.submit(page, "Save provider", provider(issuer="javascript:alert(1)"), status=422)
    assert page.errors == ["Enter a web address that starts with https://."]
    assert "very secret" not in page.response.text
    assert 'value="us"' in page.response.text


async def test_two_administrators_get_a_conflict(app: Litestar, browser: PageClient) -> None:
    slug = await sending.a_provider()
    mine = await browser.get(f"/platform/providers/{slug}")
    async with await signed_in(app, await make_actor(Role.PLATFORM_ADMINISTRATOR)) as other:
        await other.submit(await other.get(f"/platform/providers/{slug}"), "Save provider", {"name": "Theirs"})
    page = await browser.submit(mine, "Save provider", {"name": "Mine"}, status=422)
    assert "Someone else changed this sign-in provider" in page.errors[0]


async def test_a_provider_is_switched_off_and_on(browser: PageClient, anonymous: PageClient) -> None:
    values = provider()
    await browser.submit(await browser.get("/platform/new-provider"), "Save provider", values)
    asked = await browser.get(f"/platform/providers/{values['slug']}/switch")
    page = await browser.follow(await browser.submit(asked, "Switch off", {}))
    assert next(row for row in page.table("Where people sign in") if row[0] == values["name"])[3] == "Off"
    assert values["name"] not in (await anonymous.get("/sign-in")).text
    asked = await browser.get(f"/platform/providers/{values['slug']}/switch")
    await browser.submit(asked, "Switch on", {})
    assert values["name"] in (await anonymous.get("/sign-in")).text


async def test_a_system_is_listed_changed_and_switched_off(browser: PageClient) -> None:
    area, name = await make_area(), f"Case system {uuid4().hex[:6]}"
    values = {"name": name, "issuer": "https://issuer.example", "client_id": uuid4().hex, "scope_1": "duties:read",
              "role_1": "viewer"}
    page = await browser.submit(await browser.get("/platform/new-client"), "Save system", values, status=422)
    assert page.errors == ["Choose the area in which the system holds this role."]
    option = next(o["value"] for o in page.form("Save system").find_all("option") if o.get_text() == area.name)
    page = await browser.follow(await browser.submit(page, "Save system", {"area_id": option}))
    row = next(row for row in page.table("Systems that bring tokens") if row[0] == name)
    assert row[2:5] == ["duties:read: viewer", area.name, "On"]

    shown = await browser.get(page.links()[name])
    more = {"scope_2": "duties:write", "role_2": "business_manager"}
    page = await browser.follow(await browser.submit(shown, "Save system", more))
    row = next(row for row in page.table("Systems that bring tokens") if row[0] == name)
    assert row[2] == "duties:read: viewer, duties:write: business manager"

    asked = await browser.get(page.links()[f"Switch off {name}"])
    page = await browser.follow(await browser.submit(asked, "Switch off", {}))
    assert next(row for row in page.table("Systems that bring tokens") if row[0] == name)[4] == "Off"


async def test_area_roles_and_national_roles_do_not_mix(browser: PageClient) -> None:
    values = {"name": "Mixed", "issuer": "https://issuer.example", "client_id": "m", "scope_1": "a", "role_1": "viewer",
              "scope_2": "b", "role_2": "official"}
    page = await browser.submit(await browser.get("/platform/new-client"), "Save system", values, status=422)
    assert page.errors == ["Give a system either roles of one area or national roles, not both."]
