"""Rotating the key with which an area's connection signs: what is published and what signs, shown with the overlap."""

from __future__ import annotations

from functools import partial

import pytest
from litestar import Litestar

from concordat_graphql.connections import signing_keys
from concordat_graphql.ids import encode
from tenants.connections.signing_keys.service import new_key
from tenants.tenancy.roles import Role
from tests.support.cluster import Cluster
from tests.support.connections import make_connection
from tests.support.product import signed_in
from tests.support.world import AreaMade, make_actor, make_area


@pytest.fixture(autouse=True)
def small_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys that are made at once; the length is another test's subject."""
    monkeypatch.setattr(signing_keys, "new_key", partial(new_key, 2048))


async def _signing(area: AreaMade) -> str:
    return encode("AgencyConnection", await make_connection(area, system="nhs_ods", auth_mode="signed_jwt"))


async def test_the_first_key_signs_at_once_and_the_next_one_after_an_overlap(app: Litestar, database: Cluster) -> None:
    area = await make_area()
    base = f"/area/{area.slug}/connections/{await _signing(area)}"
    async with await signed_in(app, await make_actor(Role.BUSINESS_MANAGER, area=area)) as browser:
        one = await browser.get(base)
        page = await browser.get(one.links()["Signing keys, and making the next one"])
        assert "No key has been made yet" in page.text
        first = await browser.follow(await browser.submit(page, "Make the key", {}))
        assert [row[1] for row in first.table("Keys, newest first")] == ["Signs now"]
        second = await browser.follow(await browser.submit(first, "Make the key", {}))
        new, old = second.table("Keys, newest first")
        assert (new[0], new[1], new[4]) == ("key-2", "Published, signs later", "No end set")
        assert (old[0], old[1]) == ("key-1", "Signs now")
        assert old[4] != "No end set", "the old one leaves after the overlap"
        again = await browser.submit(second, "Make the key", {}, status=422)
        assert "is published already and signs from" in again.errors[0]
        leaked = await browser.follow(await browser.submit(second, "Make the key", {"way": "at_once"}))
        assert [row[1] for row in leaked.table("Keys, newest first")] == ["Signs now", "Withdrawn", "Withdrawn"]
        published = await browser.http.get(leaked.soup.find("strong", class_="app-digest").text)
    assert [key["kid"] for key in published.json()["keys"]] == ["key-3"]


async def test_a_viewer_reads_and_a_connection_that_signs_nothing_has_no_such_page(
    app: Litestar, database: Cluster
) -> None:
    area = await make_area()
    signing, other = await _signing(area), encode("AgencyConnection", await make_connection(area))
    base = f"/area/{area.slug}/connections"
    async with await signed_in(app, await make_actor(Role.VIEWER, area=area)) as browser:
        assert "Make the key" not in (await browser.get(f"{base}/{signing}/keys")).text
        await browser.get(f"{base}/{other}/keys", status=404)
