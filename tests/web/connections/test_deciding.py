"""Proposals side by side, decided in bulk; contacts found, entered, changed and taken as a file."""

from __future__ import annotations

from litestar import Litestar

from tenants.tenancy.actor import Actor
from tenants.tenancy.roles import Role
from tests.support.cluster import Cluster
from tests.support.organisations import make_school
from tests.support.product import signed_in
from tests.support.world import make_actor, make_area
from tests.tenants.connections.entered import about, contacts, linked, proposed, waiting


async def test_proposals_stand_beside_what_is_known_and_are_decided_in_bulk(app: Litestar, database: Cluster) -> None:
    area = await make_area()
    schools = [await make_school(area, name=f"Hill {i}") for i in range(3)]
    await proposed(area, await linked(area), *(about(school, f"Ada {i}") for i, school in enumerate(schools)))
    seen = await _values(app, area.slug, await make_actor(Role.BUSINESS_MANAGER, area=area))
    async with await signed_in(app, await make_actor(Role.BUSINESS_MANAGER, area=area)) as browser:
        page = await browser.get(f"/area/{area.slug}/connections/proposals")
        row = page.table("Proposals that wait for a decision")[0]
        assert row[3] == "Nobody"
        assert "Name: Ada" in row[4]
        nothing = await browser.submit(page, "Decide", {"decision": "refuse"}, status=422)
        assert nothing.errors == ["Select at least one proposal", "Enter a reason"]
        done = await browser.submit(page, "Decide", {"proposal": seen[:2], "decision": "accept"})
        after = await browser.follow(done)
        assert "2 proposals accepted" in after.banner
        refuse = {"proposal": seen[2:], "decision": "refuse", "reason": "He has left."}
        await browser.submit(after, "Decide", refuse)
        assert "Nothing waits for your decision" in (await browser.get(done.location)).text
        decided = await browser.get(f"{done.location}?show=decided")
        assert "He has left." in decided.text
        unsaid = await browser.submit(decided, "Let the ticked ones wait again", {}, status=422)
        assert unsaid.errors == ["Select at least one proposal", "Enter a reason"]
        box = decided.soup.find_all("input", attrs={"name": "proposal"})
        again = {"proposal": [str(one["value"]) for one in box], "reason": "He came back."}
        assert len(again["proposal"]) == 1, "what was accepted has no box"
        back = await browser.follow(await browser.submit(decided, "Let the ticked ones wait again", again))
        assert "1 proposal back among those that wait" in back.banner
        assert "He came back." in back.text
        await browser.submit(back, "Decide", {"proposal": again["proposal"], **refuse}, status=422)
        seen = [str(one["value"]) for one in back.soup.find_all("input", attrs={"name": "proposal"})]
        await browser.submit(back, "Decide", {**refuse, "proposal": seen})
    named = [one.name for school in schools for one in await contacts(area, school)]
    assert len(named) == 2
    assert await waiting(area) == []


async def test_a_problem_on_the_second_page_leaves_the_second_page(app: Litestar, database: Cluster) -> None:
    area = await make_area()
    schools = [await make_school(area, name=f"Hill {i}") for i in range(51)]
    await proposed(area, await linked(area), *(about(school) for school in schools))
    async with await signed_in(app, await make_actor(Role.BUSINESS_MANAGER, area=area)) as browser:
        first = await browser.get(f"/area/{area.slug}/connections/proposals")
        second = await browser.look(first.soup.select_one("a[rel=next]")["href"])
        shown = second.table("Proposals that wait for a decision")
        [tick] = [str(box["value"]) for box in second.soup.find_all("input", attrs={"name": "proposal"})]
        refused = await browser.submit(second, "Decide", {"proposal": [tick], "decision": "refuse"}, status=422)
        assert refused.errors == ["Enter a reason"]
        assert refused.table("Proposals that wait for a decision") == shown, "all on this page is what was seen"


async def test_each_box_says_whom_it_is_about_to_those_who_only_hear_it(app: Litestar, database: Cluster) -> None:
    area = await make_area()
    school = await make_school(area, name="Hill")
    people = [about(school, name) for name in ("Ada Abernook", "Bram Cawthistle")]
    await proposed(area, await linked(area), *people)
    async with await signed_in(app, await make_actor(Role.BUSINESS_MANAGER, area=area)) as browser:
        page = await browser.get(f"/area/{area.slug}/connections/proposals")
        boxes = page.soup.find_all("input", attrs={"name": "proposal"})
        labels = [page.soup.find("label", attrs={"for": box["id"]}).get_text(" ", strip=True) for box in boxes]
    assert len(set(labels)) == 2
    assert all(any(name in label for label in labels) for name in ("Ada Abernook", "Bram Cawthistle"))


async def _values(app: Litestar, slug: str, who: Actor) -> list[str]:
    async with await signed_in(app, who) as browser:
        page = await browser.get(f"/area/{slug}/connections/proposals")
        return [str(box["value"]) for box in page.soup.find_all("input", attrs={"name": "proposal"})]


async def test_a_viewer_sees_proposals_and_decides_nothing(app: Litestar, database: Cluster) -> None:
    area = await make_area()
    await proposed(area, await linked(area), about(await make_school(area)))
    assert await _values(app, area.slug, await make_actor(Role.VIEWER, area=area)) == []


async def test_a_contact_is_entered_changed_and_ended_and_found_again(app: Litestar, database: Cluster) -> None:
    area = await make_area()
    await make_school(area, name="Foxglove School")
    async with await signed_in(app, await make_actor(Role.BUSINESS_MANAGER, area=area)) as browser:
        listed = await browser.get(f"/area/{area.slug}/contacts")
        assert "No contacts yet" in listed.text
        school = await browser.get((await browser.get(f"/area/{area.slug}/organisations")).links()["Foxglove School"])
        page = await browser.get(school.links()["Contacts of this organisation"])
        values = {"post": "headteacher", "name": "Ida Field", "email": "ida@school.example"}
        await browser.submit(page, "Enter the contact", values)
        twice = await browser.submit(page, "Enter the contact", {**values, "name": "Ola Nord"}, status=422)
        assert twice.errors == ["Somebody holds this post. Change their entry, or end it first."]
        found = await browser.get(f"/area/{area.slug}/contacts?search=foxglove")
        [row] = found.table("Contacts of today, by organisation")
        assert row[:4] == ["Foxglove School", "Headteacher", "Ida Field", "ida@school.example"]
        one = await browser.get(found.links()["Ida Field"])
        changed = await browser.follow(await browser.submit(one, "Save", {"name": "Ida Fields"}))
        assert [line[0] for line in changed.table("Contacts, those of today first")] == ["Ida Fields", "Ida Field"]
        latest = await browser.get(changed.links()["Ida Fields"])
        await browser.submit(latest, "End the contact", {"reason": "She left."})
        assert "No contact matches" in (await browser.get(f"/area/{area.slug}/contacts?search=foxglove")).text


async def test_the_contacts_are_taken_as_a_file(app: Litestar, database: Cluster) -> None:
    area = await make_area()
    school = await make_school(area, name="=Hill School")
    connection = await linked(area, name="School system")
    await proposed(area, connection, about(school))
    async with await signed_in(app, await make_actor(Role.BUSINESS_MANAGER, area=area)) as browser:
        page = await browser.get(f"/area/{area.slug}/connections/proposals")
        boxes = [str(box["value"]) for box in page.soup.find_all("input", attrs={"name": "proposal"})]
        await browser.submit(page, "Decide", {"proposal": boxes, "decision": "accept"})
        text = (await browser.http.get(f"/area/{area.slug}/contacts.csv")).text
    assert "Designated safeguarding lead,Ida Field,ida@school.example" in text
    assert "'=Hill School" in text, "no spreadsheet takes it for a formula"
    assert "School system (from a connection)" in text
