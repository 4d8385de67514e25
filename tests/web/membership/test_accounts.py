"""Who is appointed and can sign in: the manager links an account, the lead then agrees; nothing links by itself."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from litestar import Litestar

from backend.web.membership.accounts import seen, suggestion
from infra.database import sql
from tenants.membership import service
from tenants.membership.rules import Kind, Office
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import system_scope, tenant_scope
from tests.support.membership import Partnership, make_partnership
from tests.support.product import signed_in
from tests.support.resourcing import open_budget, sheet
from tests.support.world import make_actor
from tests.web.page_client import Page, PageClient

LEAD = Role.LEAD_SAFEGUARDING_PARTNER
OFFICES = "Partner bodies and their offices"


def account(person: str = "1", email: str = "lena@example.org", *roles: str) -> Any:
    return SimpleNamespace(personId=person, name="Lena", email=email, roles=list(roles or [LEAD.value]))


def holder(person: str | None = None, email: str | None = "lena@example.org") -> Any:
    return SimpleNamespace(personId=person, email=email)


@pytest.mark.parametrize(
    ("email", "known", "found"),
    [
        ("lena@example.org", account(), True),
        ("Lena@Example.org ", account(), True),
        ("lena@example.org", account("1", "lena@example.org", "viewer"), False),
        ("other@example.org", account(), False),
        ("", account("1", ""), False),
        (None, account(), False),
    ],
)
def test_only_the_same_address_with_the_offices_role_is_suggested(email: str | None, known: Any, found: bool) -> None:
    assert (suggestion(email, office=Office.LEAD, accounts=[known]) is known) is found


@pytest.mark.parametrize(
    ("person", "known", "office", "text"),
    [
        (None, [account()], Office.LEAD, "No account linked"),
        ("1", [account()], Office.LEAD, "Can sign in and agree"),
        ("1", [account("1", "a@b.c", "independent_scrutineer")], Office.SCRUTINEER, "Can sign in"),
        ("1", [], Office.LEAD, "The linked account holds no role here today"),
        ("1", [account("1", "a@b.c", "viewer")], Office.LEAD,
         "Cannot agree: does not hold the role of lead safeguarding partner"),
    ],
)  # fmt: skip
def test_what_is_said_of_an_account(person: str | None, known: list[Any], office: Office, text: str) -> None:
    assert seen(holder(person), office=office, accounts=known).text == text


async def unlinked(made: Partnership) -> Partnership:
    """Take the account of the police's lead away, as if the appointment had been made on a page."""
    async with tenant_scope(made.manager):
        await service.link_account(
            by=made.manager, area_id=made.area.id, appointment_id=made.leads[Kind.POLICE], version=1
        )
    return made


async def click(browser: PageClient, page: Page, words: str) -> Page:
    return await browser.get(next(href for text, href in page.links().items() if text.startswith(words)))


async def test_a_lead_agrees_the_budget_once_the_manager_has_linked_their_account(app: Litestar) -> None:
    made = await unlinked(await make_partnership())
    await open_budget(made)
    police = made.lead_actors[Kind.POLICE]
    here = f"/area/{made.area.slug}"
    async with await signed_in(app, police) as lead:
        page = await lead.get(f"{here}/resourcing/2026-27")
        assert not [one for one in page.soup("button") if "Agree" in one.get_text()]
    manager = await make_actor(Role.BUSINESS_MANAGER, area=made.area)
    async with await signed_in(app, manager) as browser:
        page = await browser.get(f"{here}/membership")
        assert "No account linked" in page.table(OFFICES)[2][1]
        assert "Can sign in and agree" in page.table(OFFICES)[0][1]
        form = await click(browser, page, "Link an account of Lena Police")
        refused = await browser.submit(form, "Link this account", {}, status=422)
        assert refused.errors == ["Select whose account it is"]
        chosen = next(one["value"] for one in form.soup.select("input[type=radio]") if police.name in _label(form, one))
        page = await browser.follow(await browser.submit(refused, "Link this account", {"person_id": chosen}))
        assert page.banner == "The account is linked."
        assert "Can sign in and agree" in page.table(OFFICES)[2][1]
    async with await signed_in(app, police) as lead:
        page = await lead.get(f"{here}/resourcing/2026-27")
        await lead.submit(page, f"Agree for {made.area.name} Police", {})
    assert (await sheet(made)).agreements[2].agreed_name == "Lena Police"


def _label(page: Page, field: Any) -> str:
    return str(page.soup.select_one(f"label[for={field['id']}]"))


async def test_the_same_address_is_suggested_and_never_chosen_by_itself(app: Litestar) -> None:
    made = await unlinked(await make_partnership())
    address = f"lena.{made.area.id}@example.org"
    async with system_scope("test world", powers=["platform"]):
        account_id = made.lead_actors[Kind.POLICE].id
        await sql.execute("update person set email = $2 where id = $1", account_id, address)
    async with tenant_scope(made.manager):
        await sql.execute("update appointment set email = $3 where area_id = $1 and id = $2", made.area.id,
                          made.leads[Kind.POLICE], address)  # fmt: skip
    async with await signed_in(app, await make_actor(Role.BUSINESS_MANAGER, area=made.area)) as browser:
        page = await browser.get(f"/area/{made.area.slug}/membership")
        assert "Lena Police holds the role and has this address." in page.table(OFFICES)[2][1]
        form = await click(browser, page, "Link an account of Lena Police")
        first = form.soup.select("input[type=radio]")[0]
        assert "The address is the one given for this appointment." in form.text
        assert address in _label(form, first)
        assert not form.soup.select("input[checked]")


async def test_a_link_is_taken_away_on_the_page(app: Litestar) -> None:
    made = await make_partnership()
    async with await signed_in(app, await make_actor(Role.BUSINESS_MANAGER, area=made.area)) as browser:
        page = await browser.get(f"/area/{made.area.slug}/membership")
        form = await click(browser, page, "Change the account of Lena Police")
        page = await browser.follow(await browser.submit(form, "Link this account", {"person_id": "none"}))
        assert page.banner == "The link is taken away."
        assert "No account linked" in page.table(OFFICES)[2][1]


async def test_somebody_not_in_the_list_is_invited_with_the_form_filled_in(app: Litestar) -> None:
    made = await unlinked(await make_partnership())
    async with await signed_in(app, await make_actor(Role.BUSINESS_MANAGER, area=made.area)) as browser:
        page = await browser.get(f"/area/{made.area.slug}/membership")
        form = await click(browser, page, "Link an account of Lena Police")
        people = await click(browser, form, "Invite Lena Police")
        page = await browser.follow(await browser.submit(people, "Send invitation", {}))
        assert page.table("Invitations, newest first")[0][:3] == [
            "Lena Police", "lena@example.org", "Lead safeguarding partner",
        ]  # fmt: skip


async def test_readers_see_who_can_agree_and_no_way_to_change_it(app: Litestar) -> None:
    made = await unlinked(await make_partnership())
    async with await signed_in(app, await make_actor(Role.VIEWER, area=made.area)) as browser:
        page = await browser.get(f"/area/{made.area.slug}/membership")
        assert "No account linked" in page.table(OFFICES)[2][1]
        assert not [text for text in page.links() if "account" in text]
