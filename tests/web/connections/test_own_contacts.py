"""A school's own people keep whom the area calls: entered, changed and ended by themselves, nobody else's."""

from __future__ import annotations

from dataclasses import replace

from litestar import Litestar

from concordat_graphql.ids import encode
from tenants.connections import service
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.connections import keeper
from tests.support.organisations import make_school, make_trust
from tests.support.product import signed_in
from tests.support.world import make_actor, make_area
from tests.tenants.connections.entered import contacts

LEAD = {"post": "designated_safeguarding_lead", "name": "Ida Field", "email": "ida@school.example"}


async def test_a_school_enters_changes_and_ends_its_own_contact(app: Litestar, database: Cluster) -> None:
    area = await make_area()
    school = await make_school(area, name="Foxglove School")
    who = await make_actor(Role.ESTABLISHMENT_CONTACT, area=area, organisation_id=school)
    async with await signed_in(app, who) as browser:
        duties = await browser.get("/duties")
        assert duties.soup.find("a", href="/my-contacts") is not None, "it is in the navigation"
        page = await browser.follow(await browser.get("/my-contacts", status=303))
        assert f"Contacts of Foxglove School for {area.name}" in page.text
        wrong = await browser.submit(page, "Enter the contact", {"post": "headteacher", "name": ""}, status=422)
        assert wrong.errors == ["Enter the person’s name"]
        entered = await browser.follow(await browser.submit(page, "Enter the contact", LEAD))
        one = await browser.get(entered.links()["Ida Field"])
        changed = await browser.follow(await browser.submit(one, "Save", {"phone": "01632 960 001"}))
        latest = await browser.get(changed.links()["Ida Field"])
        await browser.submit(latest, "End the contact", {"reason": "She left."})
    assert await contacts(area, school) == []
    assert {one.phone for one in await contacts(area, school, ended=True)} == {"01632 960 001", None}


async def test_a_trust_sees_each_school_in_each_area_and_who_is_missing(app: Litestar, database: Cluster) -> None:
    area = await make_area()
    trust = await make_trust(area)
    named, bare = [await make_school(area, name=name, trust_id=trust) for name in ("Ash School", "Birch School")]
    by = keeper(area)
    async with tenant_scope(by):
        await service.enter_contact(by=by, area_id=area.id, organisation_id=named, **LEAD)
    who = await make_actor(Role.TRUST_LEAD, organisation_id=trust)
    who = replace(who, reach=frozenset({(None, trust), (None, named), (None, bare)}), visits=frozenset({area.id}))
    async with await signed_in(app, who) as browser:
        rows = (await browser.get("/my-contacts")).table("Your organisations")
    assert {row[0].split(" in ")[0]: row[2] for row in rows if "School" in row[0]} == {
        "Ash School": "Ida Field, designated safeguarding lead", "Birch School": "Nobody is named",
    }  # fmt: skip


async def test_another_schools_contacts_are_not_there(app: Litestar, database: Cluster) -> None:
    area = await make_area()
    mine, other = await make_school(area), await make_school(area, name="Other School")
    by = keeper(area)
    async with tenant_scope(by):
        contact = await service.enter_contact(by=by, area_id=area.id, organisation_id=other, **LEAD)
    who = await make_actor(Role.ESTABLISHMENT_CONTACT, area=area, organisation_id=mine)
    base = f"/mine/{encode('Area', area.id)}/contacts"
    async with await signed_in(app, who) as browser:
        for path in (f"{base}/of/{encode('Organisation', other)}", f"{base}/{encode('NamedContact', contact)}"):
            assert (await browser.http.get(path)).status_code == 404
