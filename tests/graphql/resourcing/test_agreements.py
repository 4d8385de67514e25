"""A chief officer of several areas agrees all that waits for them: one transaction an area, once, and nobody else."""

from __future__ import annotations

from typing import Any

import pytest

from concordat_graphql import paging
from concordat_graphql.ids import encode
from infra.database import sql
from tenants.audit import queries as audit
from tenants.membership.rules import Kind
from tenants.resourcing import service
from tenants.tenancy.actor import Actor
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.graphql.intervention.sending import actors, area_id, ask, send
from tests.support.cluster import Cluster
from tests.support.membership import Partnership, make_chief, make_partnership
from tests.support.resourcing import act, open_budget, pledge, sheet
from tests.support.world import actor, make_area


async def nation(number: int = 3) -> tuple[list[Partnership], Actor]:
    """Make areas that share a chief officer; in each a draft budget and a pledge wait."""
    areas = [await make_partnership() for _ in range(number)]
    for made in areas:
        await pledge(made, await open_budget(made))
    return areas, await make_chief(*areas)


async def waiting(who: Actor) -> list[dict[str, Any]]:
    return list((await ask("MyAgreements", who))["myAgreements"]["nodes"])


def items(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{key: row["item"][key] for key in ("areaId", "what", "id", "version")} for row in rows]


async def agreements(made: Partnership) -> int:
    async with tenant_scope(made.manager, readonly=True):
        return int(await sql.fetch_value("select count(*) from funding_agreement where area_id = $1", made.area.id))


async def test_everything_in_every_area_is_listed_with_amounts_and_agreed_together(database: Cluster) -> None:
    areas, chief = await nation()
    rows = await waiting(chief)
    assert [row["item"]["areaName"] for row in rows] == sorted([made.area.name for made in areas] * 2)
    assert {(row["item"]["what"], row["item"]["amount"]["text"]) for row in rows} == {
        ("budget", "£100,000"),
        ("contribution", "£10,000"),
    }
    answer = await send("AgreeTogether", chief, items=items(rows))
    assert (answer["agreed"], [one["problem"] for one in answer["outcomes"]]) == (6, [None] * 6)
    assert answer["outcomes"][0]["item"]["areaName"] == rows[0]["item"]["areaName"]
    assert await waiting(chief) == []
    for made in areas:
        assert [row.agreed_name for row in (await sheet(made)).agreements] == [None, None, "Lena Police"]
        async with tenant_scope(made.manager, readonly=True):
            given = [e for e in await audit.entries(area_id=made.area.id) if e.action == "funding_agreement.give"]
        assert [entry.actor_name for entry in given] == ["Cora Chief"] * 2


async def test_pages_hold_each_thing_once_in_the_order_of_the_areas_names(database: Cluster) -> None:
    areas, chief = await nation(3)
    seen: list[dict[str, Any]] = []
    after, pages = None, 0
    while pages == 0 or after:
        page = (await ask("MyAgreements", chief, first=2, after=after))["myAgreements"]
        seen, pages = [*seen, *page["nodes"]], pages + 1
        after = page["pageInfo"]["endCursor"] if page["pageInfo"]["hasNextPage"] else None
    assert (pages, seen) == (3, await waiting(chief))
    assert [row["item"]["areaName"] for row in seen] == sorted([made.area.name for made in areas] * 2)


async def test_a_page_link_of_another_list_is_refused_and_of_an_area_no_longer_led_begins_again(
    database: Cluster,
) -> None:
    [made], chief = await nation(1)
    with pytest.raises(AssertionError, match="That page link is not valid any more"):
        await ask("MyAgreements", chief, after=paging.cursor("a", "b"))
    gone = paging.cursor(made.area.id + 10_000, 2026, "budget", "", str(made.bodies[Kind.POLICE]))
    assert (await ask("MyAgreements", chief, after=gone))["myAgreements"]["nodes"] == await waiting(chief)


async def test_sent_twice_it_is_agreed_once_with_the_same_report(database: Cluster) -> None:
    areas, chief = await nation(2)
    chosen = items(await waiting(chief))
    first = await send("AgreeTogether", chief, key="one-key-only", items=chosen)
    again = await send("AgreeTogether", chief, key="one-key-only", items=chosen)
    assert first == again
    assert [await agreements(made) for made in areas] == [2, 2]


async def test_one_that_changed_is_reported_and_the_rest_is_agreed(database: Cluster) -> None:
    areas, chief = await nation(2)
    chosen = items(await waiting(chief))
    budget = (await sheet(areas[0])).budget.id
    await act(areas[0].manager, service.add_line, areas[0].area.id, budget_id=budget, kind="training",
              description="Conference", planned_pence=1)  # fmt: skip
    answer = await send("AgreeTogether", chief, items=chosen)
    [failed] = [one for one in answer["outcomes"] if not one["agreed"]]
    assert (answer["agreed"], failed["item"]["what"]) == (3, "budget")
    assert failed["problem"].startswith("Someone else changed this budget")
    assert [row["item"]["amount"]["pence"] for row in await waiting(chief)] == [100_000_01]


async def test_an_area_in_which_one_leads_nothing_is_refused_and_the_others_agreed(database: Cluster) -> None:
    areas, chief = await nation(2)
    foreign = await make_partnership()
    given = await pledge(foreign, await open_budget(foreign))
    alien = {"areaId": area_id(foreign.area), "what": "contribution", "id": encode("Contribution", given), "version": 1}
    answer = await send("AgreeTogether", chief, items=[*items(await waiting(chief)), alien])
    assert (answer["agreed"], answer["outcomes"][-1]["agreed"], answer["outcomes"][-1]["item"]) == (4, False, None)
    assert (await agreements(foreign), [await agreements(made) for made in areas]) == (0, [2, 2])
    answer = await send("AgreeTogether", chief, items=[alien])
    assert [problem["code"] for problem in answer["problems"]] == ["NOT_ALLOWED"]


async def test_everyone_but_the_lead_sees_nothing_and_is_refused(database: Cluster) -> None:
    [made], chief = await nation(1)
    chosen = items(await waiting(chief))
    who = await actors(made.area)
    who["chair"] = actor(Role.PARTNERSHIP_CHAIR, area_id=made.area.id)
    who["namesake"] = actor(Role.LEAD_SAFEGUARDING_PARTNER, area_id=made.area.id)
    who["lead elsewhere"] = actor(Role.LEAD_SAFEGUARDING_PARTNER, area_id=(await make_area()).id)
    for name, one in who.items():
        if one.signed_in:
            assert await waiting(one) == [], name
        answer = await send("AgreeTogether", one, items=chosen)
        assert answer["__typename"] in ("Failed", "UNAUTHENTICATED"), name
        assert [problem["code"] for problem in answer.get("problems", [])] in (["NOT_ALLOWED"], []), name
    assert await agreements(made) == 0


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"what": "promise"}, "INVALID"),
        ({"id": "nonsense"}, "NOT_FOUND"),
        ({"what": "contribution", "id": encode("Budget", "x")}, "NOT_FOUND"),
        ({"areaId": "nonsense"}, "NOT_FOUND"),
    ],
)
async def test_an_item_that_makes_no_sense_is_a_problem(database: Cluster, change: dict[str, str], code: str) -> None:
    [made], chief = await nation(1)
    [first, *_] = items(await waiting(chief))
    answer = await send("AgreeTogether", chief, items=[{**first, **change}])
    assert [problem["code"] for problem in answer["problems"]] == [code]
    assert await agreements(made) == 0


@pytest.mark.parametrize("number", [0, 201])
async def test_how_much_at_once(database: Cluster, number: int) -> None:
    chief = actor(Role.LEAD_SAFEGUARDING_PARTNER, area_id=1)
    item = {"areaId": encode("Area", 1), "what": "budget", "id": "x", "version": 1}
    answer = await send("AgreeTogether", chief, items=[item] * number)
    assert [problem["field"] for problem in answer["problems"]] == ["items"]
