"""What officials read across areas: only what was referred, in a fixed number of statements, and each read audited."""

from __future__ import annotations

from typing import Any

import pytest

from tenants.audit import queries as audit
from tenants.audit.service import PLATFORM
from tenants.tenancy.actor import ANONYMOUS
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.graphql.intervention.sending import ask, people, refusal_of
from tests.graphql.intervention.test_queries import counted
from tests.support.cluster import Cluster
from tests.support.world import AreaMade, actor, make_area, manager, official

TABLE: dict[str, Any] = {"sort": "name", "descending": False}
FLAGS: dict[str, Any] = {"openOnly": True}


@pytest.fixture(autouse=True)
def the_tests_make_more_areas_than_england_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("concordat_graphql.national.queries.MOST_AREAS", 100_000)


async def line_of(area: AreaMade, **where: object) -> dict[str, Any]:
    data = await ask("NationalAreas", official(), **{**TABLE, "search": area.name, **where})
    (line,) = (line for line in data["nationalAreas"] if line["area"]["slug"] == area.slug)
    return dict(line)


async def test_a_local_flag_does_not_count_and_a_referred_one_does(database: Cluster) -> None:
    area = await make_area()
    await people.raised(area)
    assert (await line_of(area))["flags"] == {"standing": "met", "words": "None open"}
    await people.referred(area)
    line = await line_of(area, attention="flags")
    assert line["flags"] == {"standing": "attention", "words": "1 open, 1 for the Department"}
    assert line["localAuthorityNames"] == [f"{area.name} Council"]


async def test_the_areas_page_gives_reasons_and_the_referred_flags_only(database: Cluster) -> None:
    area = await make_area()
    await people.raised(area, title="A local matter")
    await people.referred(area)
    page = (await ask("NationalArea", official(), slug=area.slug))["nationalArea"]
    assert [flag["title"] for flag in page["flags"]] == [people.DRAFT.title]
    reason = page["line"]["flags"]["reasons"][0]
    assert "1 referred to the Department" in reason["sentence"]
    assert reason["source"]


async def test_an_area_that_does_not_exist_is_none(database: Cluster) -> None:
    assert (await ask("NationalArea", official(), slug="nowhere"))["nationalArea"] is None


async def test_the_list_of_flags_names_the_areas_and_leaves_out_what_is_closed(database: Cluster) -> None:
    area = await make_area()
    withdrawn, open_one = await people.referred(area), await people.acknowledged(area)
    await people.plain("withdraw_flag", area, withdrawn, by=manager(area))
    nodes = (await ask("NationalFlags", official(), **FLAGS))["nationalFlags"]["nodes"]
    here = [node for node in nodes if node["area"]["slug"] == area.slug]
    assert [(node["stateLabel"], node["escalation"]) for node in here] == [("Acknowledged", "E4")]
    every = (await ask("NationalFlags", official(), openOnly=False))["nationalFlags"]["nodes"]
    assert len([node for node in every if node["area"]["slug"] == area.slug]) == 2
    assert open_one != withdrawn


@pytest.mark.parametrize(
    ("operation", "variables"),
    [("NationalAreas", TABLE), ("NationalFlags", FLAGS), ("NationalArea", {"slug": "anything"})],
)
async def test_only_officials_may_ask(database: Cluster, operation: str, variables: dict[str, Any]) -> None:
    area = await make_area()
    for who in (manager(area), actor(Role.PLATFORM_ADMINISTRATOR)):
        assert await refusal_of(operation, who, **variables) == "FORBIDDEN"
    assert await refusal_of(operation, ANONYMOUS, **variables) == "UNAUTHENTICATED"


async def newest(chain: int) -> tuple[str, str, str, str]:
    async with tenant_scope(actor(Role.VIEWER, area_id=chain) if chain else official(), readonly=True):
        entry = (await audit.entries(area_id=chain, limit=1))[0]
    return entry.action, entry.subject_type, entry.subject_id, entry.actor_name


async def test_every_read_is_an_entry_of_the_area_or_of_the_national_chain(database: Cluster) -> None:
    area = await make_area()
    await ask("NationalArea", official(), slug=area.slug)
    assert await newest(area.id) == ("national.read", "area", str(area.id), "Oliver Official")
    await ask("NationalAreas", official(), search="nowhere", **TABLE)
    assert await newest(PLATFORM) == ("national.read", "national_table", "areas", "Oliver Official")
    await ask("NationalFlags", official(), **FLAGS)
    assert await newest(PLATFORM) == ("national.read", "national_table", "flags", "Oliver Official")


async def test_more_areas_cost_no_more_statements(database: Cluster) -> None:
    costs = []
    for _ in range(2):
        await people.referred(await make_area())
        with counted() as statements:
            await ask("NationalAreas", official(), search="nowhere", **TABLE)
        costs.append(len(statements))
    assert costs[0] == costs[1]
    assert costs[0] <= 12, "the areas and their cover, one or a few reads per capability, and the audit entry"


async def test_a_wrong_filter_is_said_so(database: Cluster) -> None:
    assert await refusal_of("NationalAreas", official(), **{**TABLE, "sort": "nonsense"}) == "INVALID"
    assert await refusal_of("NationalAreas", official(), **{**TABLE, "attention": "nonsense"}) == "INVALID"
