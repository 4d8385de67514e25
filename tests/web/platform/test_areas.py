"""Areas as a platform administrator makes, opens and merges them."""

from __future__ import annotations

from uuid import uuid4

from litestar import Litestar

from tenants.tenancy.roles import Role
from tests.support.product import signed_in
from tests.support.world import make_actor, make_area
from tests.web.page_client import PageClient

DAY = {"valid_from-day": "1", "valid_from-month": "4", "valid_from-year": "2026"}


async def test_an_area_is_added_covers_an_authority_and_opens(browser: PageClient) -> None:
    unique = uuid4().hex[:6]
    page = await browser.get("/platform/new-area")
    values = {"name": f"Newshire {unique}", "slug": f"newshire-{unique}"}
    page = await browser.follow(await browser.submit(page, "Add area", values))
    assert page.banner == f"Newshire {unique} is added."
    assert "Covers no local authority yet" in page.text

    code = {"la_name": "Newshire Council", "la_code": "998", **DAY}
    page = await browser.follow(await browser.submit(page, "Add local authority", code))
    assert page.table("What this area covers")[0][:4] == ["Newshire Council", "998", "1 April 2026", "Still"]

    asked = await browser.get(page.links()["Open the area"])
    assert "Anyone will see the area" in asked.text
    page = await browser.follow(await browser.submit(asked, "Open the area", {}))
    assert "Live" in page.text
    assert "Open the area" not in page.links()

    asked = await browser.get(page.links()["Stop covering Newshire Council"])
    ended = {"valid_to-day": "30", "valid_to-month": "9", "valid_to-year": "2026", "reason": "Reorganised"}
    page = await browser.follow(await browser.submit(asked, "Stop covering it", ended))
    assert page.table("What this area covers")[0][3] == "30 September 2026"

    asked = await browser.get(page.links()["Take back the end of Newshire Council"])
    assert "also on the days since 30 September 2026" in asked.text
    refused = await browser.submit(asked, "Take back the end", {}, status=422)
    assert refused.errors == ["Enter a reason"]
    page = await browser.follow(await browser.submit(refused, "Take back the end", {"reason": "It was a slip."}))
    assert page.table("What this area covers")[0][3] == "Still"
    await browser.get(asked.form("Take back the end")["action"] + "?cover=nonsense", status=404)


async def test_what_is_wrong_with_a_new_area_is_said_beside_it(browser: PageClient) -> None:
    taken = await make_area()
    page = await browser.get("/platform/new-area")
    page = await browser.submit(page, "Add area", {"name": "", "slug": "Not A Slug"}, status=422)
    assert page.errors == ["Enter the name of the area"]
    page = await browser.submit(page, "Add area", {"name": "Newshire", "slug": taken.slug}, status=422)
    assert page.errors == ["Another area already has this web name."]


async def test_an_authority_of_another_area_is_refused(browser: PageClient) -> None:
    there, here = await make_area(), await make_area()
    page = await browser.get(f"/platform/areas/{here.slug}")
    values = {"la_name": "Their council", "la_code": there.la_code, **DAY}
    page = await browser.submit(page, "Add local authority", values, status=422)
    assert page.errors == ["Their council is already covered by an area at that time."]


async def test_a_merge_asks_first_and_then_takes_no_more_changes(browser: PageClient) -> None:
    small, large = await make_area("Smallshire"), await make_area("Largeshire")
    asked = await browser.get(f"/platform/areas/{small.slug}/merge")
    assert "This cannot be undone." in asked.text
    refused = await browser.submit(asked, "Merge the area", {"reason": "One council"}, status=422)
    assert refused.errors == ["Select the area it becomes part of"]
    value = next(o["value"] for o in asked.form("Merge the area").find_all("option") if o.get_text() == large.name)
    chosen = {"into_area_id": value, "reason": "One council"}
    page = await browser.follow(await browser.submit(asked, "Merge the area", chosen))
    assert page.links()[large.name] == f"/platform/areas/{large.slug}"
    assert "Add a local authority" not in page.text


async def test_the_list_is_searched_and_narrowed(browser: PageClient) -> None:
    area = await make_area("Findable", lifecycle="setting_up")
    page = await browser.get(f"/platform?search={area.name.replace(' ', '+')}&lifecycle=setting_up")
    assert page.table("Areas") == [[area.name, f"{area.name} Council", "Setting up"]]
    assert "No area matches" in (await browser.get("/platform?search=100%25")).text


async def test_the_list_continues_on_a_next_page(browser: PageClient) -> None:
    for _ in range(51):
        await make_area("Manyshire")
    first = await browser.get("/platform?search=Manyshire")
    assert len(first.table("Areas")) == 50
    second = await browser.get(next(href for words, href in first.links().items() if "Next" in words))
    assert len(second.table("Areas")) >= 1
    assert not {row[0] for row in first.table("Areas")} & {row[0] for row in second.table("Areas")}


async def test_an_unknown_area_is_not_found(browser: PageClient) -> None:
    await browser.get("/platform/areas/nowhere", status=404)
    await browser.get("/platform/areas/nowhere/merge", status=404)


async def test_only_an_administrator_comes_in(app: Litestar) -> None:
    area = await make_area()
    for actor in (await make_actor(Role.BUSINESS_MANAGER, area=area), await make_actor(Role.OFFICIAL)):
        async with await signed_in(app, actor) as other:
            await other.get("/platform", status=403)
    async with await signed_in(app, None) as nobody:
        assert (await nobody.get("/platform", status=303)).location == "/sign-in?next=/platform"
