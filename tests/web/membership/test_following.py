"""A partner that another body follows: seen from the membership page, decided on one page."""

from __future__ import annotations

from litestar import Litestar

from tenants.tenancy.roles import Role
from tests.support.cluster import Cluster
from tests.support.following import followed
from tests.support.product import signed_in
from tests.support.world import make_actor


async def test_the_manager_finds_what_waits_and_lets_the_successor_take_over(app: Litestar, database: Cluster) -> None:
    made = await followed()
    [one] = await made.waiting()
    async with await signed_in(app, await make_actor(Role.BUSINESS_MANAGER, area=made.area)) as browser:
        membership = await browser.get(f"/area/{made.area.slug}/membership")
        waiting = await browser.get(membership.links()["1 partner has a successor in the national register"])
        page = await browser.get(waiting.links()[f"Decide who follows {one.name}"])
        wrong = await browser.submit(page, "Let it take over", {"on-day": "31", "on-month": "2"}, status=422)
        assert wrong.errors == ["The day on which it takes over must be a real date, like 27 3 2026"]
        done = await browser.follow(await browser.submit(page, "Let it take over", {}))
        assert "The successor takes over." in done.banner
        assert one.successor in done.text
        assert "has a successor in the national register" not in done.text
    assert await made.waiting() == []


async def test_leaving_it_needs_a_reason_and_a_viewer_only_reads(app: Litestar, database: Cluster) -> None:
    made = await followed()
    [one] = await made.waiting()
    here = f"/area/{made.area.slug}/membership/successors"
    async with await signed_in(app, await make_actor(Role.VIEWER, area=made.area)) as browser:
        assert "Decide" not in (await browser.get(here)).text
    async with await signed_in(app, await make_actor(Role.BUSINESS_MANAGER, area=made.area)) as browser:
        page = await browser.get((await browser.get(here)).links()[f"Decide who follows {one.name}"])
        assert (await browser.submit(page, "Leave the partner as it is", {}, status=422)).errors == ["Enter a reason"]
        why = {"reason": "Our part went to a neighbour."}
        left = await browser.follow(await browser.submit(page, "Leave the partner as it is", why))
        assert "The partner stays as it is." in left.banner
        assert "Every partner is as the national register has it" in (await browser.get(here)).text
