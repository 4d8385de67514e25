"""What anyone may read of areas: the same for everyone, no contact details, nothing of an area being set up."""

from __future__ import annotations

import pytest

from tenants.tenancy.actor import ANONYMOUS, Actor
from tests.graphql.intervention.sending import ask
from tests.graphql.intervention.test_queries import counted
from tests.support.cluster import Cluster
from tests.support.membership import complete, make_partnership
from tests.support.world import make_area, manager, official


@pytest.fixture(autouse=True)
def the_tests_make_more_areas_than_england_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("concordat_graphql.public.queries.MOST_AREAS", 100_000)


async def slugs(search: str) -> list[str]:
    return [area["slug"] for area in (await ask("PublicAreas", ANONYMOUS, search=search))["publicAreas"]]


async def test_areas_are_found_by_their_name_or_a_councils(database: Cluster) -> None:
    area = await make_area("Openshire")
    assert await slugs(area.name.upper()) == [area.slug]
    assert await slugs(f"{area.name} council") == [area.slug]


async def test_an_area_being_set_up_is_not_there(database: Cluster) -> None:
    area = await make_area("Hiddenshire", lifecycle="setting_up")
    assert await slugs(area.name) == []
    assert (await ask("PublicArea", ANONYMOUS, slug=area.slug))["publicArea"] is None


async def test_everyone_reads_the_same_whoever_they_are(database: Cluster) -> None:
    made = await make_partnership()
    await complete(made)
    readers: list[Actor] = [ANONYMOUS, manager(made.area), manager(await make_area()), official()]
    seen = [(await ask("PublicArea", who, slug=made.area.slug))["publicArea"] for who in readers]
    assert all(one == seen[0] for one in seen)
    council, _, police = seen[0]["partners"]
    assert council["kindLabel"]
    assert (council["lead"]["name"], council["lead"]["post"]) == ("Lena Council", "Chief executive")
    assert [partner["chairs"] for partner in seen[0]["partners"]] == [False, False, True]
    assert police["delegated"]["name"] == "Dev Police"
    assert [one["name"] for one in seen[0]["scrutineers"]] == ["Sam Scrutineer"]
    assert "@" not in str(seen[0])
    assert "01632" not in str(seen[0])


async def test_the_list_costs_one_statement_however_long(database: Cluster) -> None:
    for _ in range(2):
        await make_area()
        with counted() as statements:
            await ask("PublicAreas", ANONYMOUS, search="nowhere at all")
        assert len(statements) == 1
