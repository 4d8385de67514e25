"""Linking a system by hand: the form, the credential that never comes back, test, pause, and what others see."""

from __future__ import annotations

from uuid import UUID

import pytest
import pytest_asyncio
from litestar import Litestar

from concordat_graphql.ids import encode
from tenants.connections import runs
from tenants.connections.rules.counting import Counts
from tenants.connections.runs import Rejection
from tenants.tenancy.actor import Actor
from tenants.tenancy.roles import Role
from tests.support.cluster import Cluster
from tests.support.connections import asked, begun, serving
from tests.support.product import signed_in
from tests.support.world import AreaMade, make_actor, make_area
from tests.tenants.connections.entered import linked
from tests.web.page_client import PageClient

SECRET = "s3cret-of-the-agency"


@pytest_asyncio.fixture(loop_scope="session")
async def area(database: Cluster) -> AreaMade:
    return await make_area()


async def manager_of(area: AreaMade) -> Actor:
    return await make_actor(Role.BUSINESS_MANAGER, area=area)


async def opened(browser: PageClient, area: AreaMade) -> str:
    """Link the school system as the form stands; return where its page is."""
    choose = await browser.get(f"/area/{area.slug}/connections/new")
    form = await browser.get(choose.links()["School information system (OneRoster 1.2)"])
    values = {
        "base_url": "https://schools.example/api",
        "option_client_id": "concordat",
        "option_token_url": "https://schools.example/token",
    }
    done = await browser.submit(form, "Link the system", values)
    assert "is linked" in (await browser.follow(done)).banner
    return done.location


async def test_a_data_set_that_is_broken_down_is_linked_with_its_filters_and_warns_after_its_week(
    app: Litestar, area: AreaMade
) -> None:
    async with await signed_in(app, await manager_of(area)) as browser:
        choose = await browser.get(f"/area/{area.slug}/connections/new")
        form = await browser.get(choose.links()["Explore Education Statistics"])
        wrong = await browser.submit(form, "Link the system", {}, status=422)
        assert wrong.errors[:2] == ["Enter the data set", "Enter the version"]
        values = {"option_data_set_id": "5d1a7a0e-4b7c-7c11-9a40-2f6c3d0b9e01", "option_data_set_version": "1.2",
                  "option_indicator_id": "wLcft", "option_code": "referrals", "option_filter_ids": "n0WqP"}  # fmt: skip
        early = await browser.submit(form, "Link the system", {**values, "stale_after_hours": "72"}, status=422)
        assert early.errors == ["It runs every 168 hours only. Enter more hours than that, or let it run more often."]
        page = await browser.follow(await browser.submit(form, "Link the system", values))
        assert "Test it, then let it run." in page.banner, "there is no credential to set"
        again = await browser.get(page.links()["Change the settings"])
        filters = again.soup.find("textarea", attrs={"name": "option_filter_ids"})
        hours = again.soup.find("input", attrs={"name": "stale_after_hours"})
    assert filters is not None
    assert hours is not None
    assert (filters.text.strip(), hours["value"]) == ("n0WqP", "240")


async def test_the_page_of_a_connection_has_each_role_on_its_line_and_says_what_a_refused_one_needs(
    app: Litestar, area: AreaMade
) -> None:
    connection = await linked(area, name="Roles")
    run = await begun(area, await asked(area, connection))
    async with serving(area):
        await runs.reauthorise(run_id=run.run_id, fence=run.fence, problem="The token service refused us.")
    async with await signed_in(app, await manager_of(area)) as browser:
        page = await browser.get(f"/area/{area.slug}/connections/{encode('AgencyConnection', connection)}")
    assert "set new credentials" in page.text.replace("sets new", "set new")
    value = next(each for each in page.soup.select("dd") if "principal = headteacher" in each.text)
    assert len(value.find_all("br")) == 1, "two roles, two lines"


async def test_a_system_is_linked_its_credential_set_and_never_shown(app: Litestar, area: AreaMade) -> None:
    async with await signed_in(app, await manager_of(area)) as browser:
        empty = await browser.get(f"/area/{area.slug}/connections")
        assert "Nothing is linked yet" in empty.text
        page = await browser.get(await opened(browser, area))
        assert page.table("Credentials") == [["Client secret", "Not set yet", "Not said", "Set Client secret"]]
        form = await browser.get(page.links()["Set Client secret"])
        sealed = await browser.submit(form, "Seal the credential", {"secret": SECRET})
        after = await browser.follow(sealed)
        assert "sealed" in after.banner
        assert SECRET not in after.response.text
        again = await browser.get(after.links()["Set Client secret"])
        assert SECRET not in again.response.text
        assert "A new one takes its place" in again.text


async def test_a_wrong_form_says_what_is_wrong_and_a_credential_is_not_sent_back(app: Litestar, area: AreaMade) -> None:
    async with await signed_in(app, await manager_of(area)) as browser:
        form = await browser.get(f"/area/{area.slug}/connections/new/schools_oneroster")
        values = {"base_url": "schools", "option_role_tokens": "principal = king", "option_client_id": "us"}
        values["option_token_url"] = "https://schools.example/token"
        wrong = await browser.submit(form, "Link the system", values, status=422)
        assert [line[:20] for line in wrong.errors] == ["Enter the address of", "“principal = king” i"]
        page = await browser.get(await opened(browser, area))
        secret = await browser.get(page.links()["Set Client secret"])
        bad = {"secret": SECRET, "expires_on-day": "1", "expires_on-month": "1", "expires_on-year": "2001"}
        refused = await browser.submit(secret, "Seal the credential", bad, status=422)
        assert refused.errors == ["This credential has expired. Ask the agency for a new one."]
        assert SECRET not in refused.response.text


async def test_a_test_is_asked_for_and_its_page_can_be_refreshed_without_script(app: Litestar, area: AreaMade) -> None:
    async with await signed_in(app, await manager_of(area)) as browser:
        page = await browser.get(await opened(browser, area))
        asked_for = await browser.submit(page, "Test the connection", {})
        run = await browser.follow(asked_for)
        assert "It starts when a worker is free" in run.text
        assert (await browser.get(run.links()["Refresh"])).h1.endswith("Test")
        twice = await browser.submit(page, "Run now", {}, status=422)
        (said,) = twice.errors
        assert said.endswith("is under way. Wait until it has ended, or pause the connection to stop it.")


def _page_of(area: AreaMade, connection: UUID) -> str:
    return f"/area/{area.slug}/connections/{encode('AgencyConnection', connection)}"


async def test_what_a_run_came_to_is_said_in_words(app: Litestar, area: AreaMade) -> None:
    connection = await linked(area)
    held = await begun(area, await asked(area, connection))
    async with serving(area):
        rejected = [Rejection(reference="staff 17", reason="It names no school.")]
        counts = Counts(read=1200, applied=3, proposed=4, unchanged=1192)
        await runs.checkpoint(run_id=held.run_id, fence=1, cursor=None, counts=counts, rejected=rejected)
        await runs.fail(run_id=held.run_id, fence=1, problem="The system answered with its own error.")
    async with await signed_in(app, await make_actor(Role.VIEWER, area=area)) as browser:
        listed = await browser.get(f"/area/{area.slug}/connections")
        assert "What does not work" in listed.text
        assert "The system answered with its own error." in listed.text
        links = listed.links()
        run = await browser.get(next(links[words] for words in links if words.startswith("What the last run met")))
        assert ["Rows read", "1,200"] in run.table("What the run came to")
        assert run.table("Left out") == [["staff 17", "It names no school."]]
        assert "The system answered with its own error." in run.text
        assert "Test the connection" not in (await browser.get(_page_of(area, connection))).text, "a viewer only reads"


@pytest.mark.parametrize("verb", ["pause", "retire"])
async def test_a_connection_is_stopped_with_a_reason(app: Litestar, area: AreaMade, verb: str) -> None:
    async with await signed_in(app, await manager_of(area)) as browser:
        here = await opened(browser, area)
        question = await browser.get(f"{here}/{verb}")
        button = f"{verb.capitalize()} the connection"
        assert (await browser.submit(question, button, {}, status=422)).errors == ["Enter a reason"]
        done = await browser.submit(question, button, {"reason": "The schools asked us to."})
        assert "The schools asked us to." in (await browser.follow(done)).text


async def test_two_who_change_it_at_once_are_told(app: Litestar, area: AreaMade) -> None:
    async with await signed_in(app, await manager_of(area)) as browser:
        here = await opened(browser, area)
        first, second = await browser.get(f"{here}/change"), await browser.get(f"{here}/change")
        await browser.submit(first, "Save", {"name": "Hers"})
        conflict = await browser.submit(second, "Save", {"name": "His"}, status=422)
        assert "Someone changed this while you were editing" in conflict.text
        await browser.submit(conflict, "Save", {"name": "His"})


async def test_the_platform_keeps_national_ones_on_pages_of_its_own(app: Litestar, database: Cluster) -> None:
    async with await signed_in(app, await make_actor(Role.PLATFORM_ADMINISTRATOR)) as browser:
        choose = await browser.get("/platform/connections/new")
        assert "School information system (OneRoster 1.2)" not in choose.links()
        form = await browser.get(choose.links()["Police forces (data.police.uk)"])
        done = await browser.submit(form, "Link the system", {"name": "Forces"})
        assert done.location.startswith("/platform/connections/")
        assert "Forces" in (await browser.get("/platform/connections")).text
