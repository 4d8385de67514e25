"""An invitation: one link, one use, a role at the end of it."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from litestar import Litestar

from backend.auth.oidc.identity import read_identity
from backend.web.signing_in.invitations import taken_up
from tenants.tenancy.people import queries
from tenants.tenancy.people import service as people
from tenants.tenancy.people.tokens import invitation_token
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import system_actor, tenant_scope
from tests.support.cluster import Cluster
from tests.support.identity_provider import RunningProvider
from tests.support.organisations import make_school
from tests.support.product import signed_in
from tests.support.world import AreaMade, make_actor, make_area
from tests.web.page_client import PageClient
from tests.web.signing_in.world import account, go_through

SIGN_IN = system_actor("signing in", powers=["signin"])


async def invited(area: AreaMade) -> str:
    manager = await make_actor(Role.BUSINESS_MANAGER, area=area)
    async with tenant_scope(manager):
        invitation = await people.invite(
            by=manager, email="nia@council.example", name="Nia New", role="viewer", area_id=area.id
        )
    return f"/invitation/{invitation_token(invitation)}"


async def test_an_invitation_gives_a_role_once(app: Litestar, provider: RunningProvider) -> None:
    area = await make_area()
    link = await invited(area)
    async with PageClient(app) as browser:
        page = await browser.get(link)
        assert f"invited as viewer for {area.name}" in page.text
        await go_through(browser, provider, subject="new-person", start=page.links()["Sign in with Schools sign-in"])
        assert (await browser.get(f"/area/{area.slug}")).h1 == area.name
    async with PageClient(app) as someone_else:
        page = await someone_else.get(link, status=404)
        assert "already been accepted" in page.text


async def test_a_link_that_is_not_whole_says_so(app: Litestar) -> None:
    async with PageClient(app) as browser:
        page = await browser.get("/invitation/half-a-link", status=404)
        assert "opened the whole link" in page.text


async def test_an_invitation_that_is_over_does_not_keep_its_browser_out(
    app: Litestar, provider: RunningProvider
) -> None:
    area = await make_area()
    link = await invited(area)
    await account(provider, subject="cara", name="Cara Lunt")
    async with PageClient(app) as browser, PageClient(app) as quicker:
        page = await browser.get(link)
        first = (await quicker.get(link)).links()["Sign in with Schools sign-in"]
        await go_through(quicker, provider, subject="new-person", start=first)
        start = page.links()["Sign in with Schools sign-in"]
        await go_through(browser, provider, subject="cara", start=start, status=403)
        await go_through(browser, provider, subject="cara")


async def test_another_account_waits_until_the_manager_confirms_it(app: Litestar, provider: RunningProvider) -> None:
    area = await make_area()
    manager = await make_actor(Role.BUSINESS_MANAGER, area=area, name="Bea Hall")
    async with tenant_scope(manager):
        made = await people.invite(by=manager, email="k.obi@council.example", name="Kit Obi", role="viewer",
                                   area_id=area.id)  # fmt: skip
    async with PageClient(app) as browser, await signed_in(app, manager) as hers:
        start = (await browser.get(f"/invitation/{invitation_token(made)}")).links()["Sign in with Health sign-in"]
        page = await go_through(browser, provider, subject="kit", start=start, status=200)
        assert page.h1 == "Your invitation waits to be confirmed"
        assert "has another address, kit@health.example" in page.text
        assert "We have asked Bea Hall to confirm" in page.text
        await go_through(browser, provider, subject="kit", start="/sign-in/health", status=403)
        page = await hers.get(f"/area/{area.slug}/people")
        assert "Not confirmed yet: opened by Kit Obi, kit@health.example." in page.text
        page = await hers.follow(await hers.submit(page, "Confirm it is them", {}))
        assert "They get the role when they next sign in" in page.banner
        assert "Confirm it is them" not in page.text
        await go_through(browser, provider, subject="kit", start="/sign-in/health")
        assert (await browser.get(f"/area/{area.slug}")).h1 == area.name


@pytest.mark.parametrize(
    ("claims", "given"),
    [
        ({"email": "uma@council.example"}, True),  # most providers say no more: an organisation's own directory
        ({"email": "UMA@council.EXAMPLE", "email_verified": True}, True),
        ({"email": "uma@council.example", "email_verified": "true"}, True),
        ({"email": "uma@council.example", "email_verified": False}, False),
        ({"email": "uma@council.example", "email_verified": "false"}, False),
        ({"email": "uma@council.example", "email_verified": "perhaps"}, False),
        ({"email": ["uma@council.example"]}, False),
        ({"preferred_username": "uma@council.example"}, False),
        ({}, False),
    ],
)
async def test_an_address_that_is_not_told_or_not_checked_is_no_match(
    database: Cluster, claims: dict[str, object], given: bool
) -> None:
    area = await make_area()
    manager = await make_actor(Role.BUSINESS_MANAGER, area=area)
    address, subject = f"uma@{area.slug}.example", uuid4().hex
    async with tenant_scope(manager):
        made = await people.invite(by=manager, email=address, name="Uma", role="viewer", area_id=area.id)
    said = {"sub": subject, **json.loads(json.dumps(claims).replace("council", area.slug))}
    identity = read_identity(said, issuer="https://id.test", id_token="t", fold_subject=False)
    async with tenant_scope(SIGN_IN):
        waits = await taken_up(SIGN_IN, identity, token=invitation_token(made))
        person = await queries.person_by_identity(issuer="https://id.test", subject=subject)
    assert (waits is None, person is not None) == (given, given)
    if waits is not None:
        assert (waits["stated"], waits["inviter"]) == ("", manager.name)


async def test_the_page_names_the_school_that_a_contact_is_to_speak_for(app: Litestar) -> None:
    area = await make_area()
    school = await make_school(area, name="Meadow Primary School")
    manager = await make_actor(Role.BUSINESS_MANAGER, area=area)
    async with tenant_scope(manager):
        invitation = await people.invite(
            by=manager, email="sam@school.example", name="Sam", role="establishment_contact", area_id=area.id,
            organisation_id=school,
        )  # fmt: skip
    async with PageClient(app) as browser:
        page = await browser.get(f"/invitation/{invitation_token(invitation)}")
        assert f"invited as establishment contact for Meadow Primary School in {area.name}" in page.text
