"""An administrator's lists of areas and people: each filter, page and reader is answered the same on both paths."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import pytest_asyncio

from concordat_graphql import ids
from concordat_graphql.operations import stored
from infra.database import sql
from tenants.audit.service import PLATFORM, record
from tenants.tenancy.actor import ANONYMOUS
from tenants.tenancy.people import service as people
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import system_scope, tenant_scope
from tests.graphql.shapes.same import compiled, ordinary
from tests.support.cluster import Cluster
from tests.support.world import AreaMade, actor, make_actor, make_area, make_person, manager, official

ADMINISTRATOR = actor(Role.PLATFORM_ADMINISTRATOR)
AREAS = stored()["PlatformAreas"].replace("first: 50", "first: 3")
WAITING = stored()["WaitingInvitations"].replace("first: 50", "first: 2")
ACCOUNTS = stored()["Accounts"].replace("first: 50", "first: 3")


@pytest_asyncio.fixture(scope="module")
async def areas(database: Cluster) -> list[AreaMade]:
    made = [await make_area("Platformshire", lifecycle="live" if n % 2 else "setting_up") for n in range(8)]
    for n in range(7):
        await make_person(f"Łucja Żółć {n}")
    async with system_scope("test world", powers=["platform"]):
        await sql.execute(
            "update area set lifecycle = 'merged', merged_into = $2 where id = $1", made[0].id, made[1].id
        )
        await sql.execute("update person set disabled_at = $1 where name = 'Łucja Żółć 3'", datetime.now(UTC))
    return made


async def walked(document: str, **asked: Any) -> list[dict[str, Any]]:
    """Every row, page by page, each page the same on both paths."""
    rows: list[dict[str, Any]] = []
    info: dict[str, Any] = {"hasNextPage": True, "endCursor": None}
    while info["hasNextPage"]:
        variables = {**asked, "after": info["endCursor"]}
        page = await compiled(document, by=ADMINISTRATOR, variables=variables)
        assert page is not None
        assert page == await ordinary(document, by=ADMINISTRATOR, variables=variables)
        (found,) = page.values()
        rows, info = rows + found["nodes"], found["pageInfo"]
    return rows


@pytest.mark.parametrize(
    ("search", "lifecycle", "found"),
    [
        ("platformSHIRE", None, 8),
        ("platformshire", "live", 4),
        ("platformshire", "merged", 1),
        ("platformshire", "'", 0),
        ("Platform_hire", None, 0),
        ("platform%shire", None, 0),
        ("platform\\shire", "live", 0),
    ],
)
async def test_areas_by_words_and_stage(areas: list[AreaMade], search: str, lifecycle: str | None, found: int) -> None:
    assert len(await walked(AREAS, search=search, lifecycle=lifecycle)) == found


async def test_an_area_with_all_it_covered_and_what_it_became(areas: list[AreaMade]) -> None:
    told = []
    for slug in (areas[0].slug, areas[1].slug, "nowhere' or true --"):
        variables = {"slug": slug}
        page = await compiled(stored()["PlatformArea"], by=ADMINISTRATOR, variables=variables)
        assert page == await ordinary(stored()["PlatformArea"], by=ADMINISTRATOR, variables=variables)
        told.append(page["platformArea"])
    assert told[0]["mergedInto"]["slug"] == areas[1].slug
    assert (told[1]["mergedInto"], told[2]) == (None, None)


@pytest.mark.parametrize(("search", "found"), [("łucja żółć", 7), (" Żółć 3 ", 1), ("łucja.żółć", 7), ("Łucja%4", 0)])
async def test_people_by_part_of_a_name_or_an_address(areas: list[AreaMade], search: str, found: int) -> None:
    assert len(await walked(ACCOUNTS, search=search)) == found


@pytest.mark.parametrize("search", ["", None])
async def test_no_words_find_everyone(areas: list[AreaMade], search: str | None) -> None:
    page = await compiled(ACCOUNTS, by=ADMINISTRATOR, variables={"search": search})
    assert page == await ordinary(ACCOUNTS, by=ADMINISTRATOR, variables={"search": search})
    assert len(page["accounts"]["nodes"]) == 3


@pytest.mark.parametrize("name", ["PlatformAreas", "PlatformArea", "AreaChoices", "Accounts", "PlatformTrail"])
async def test_nobody_else_reads_them(areas: list[AreaMade], name: str) -> None:
    for by in (ANONYMOUS, official(), manager(areas[1])):
        assert await compiled(stored()[name], by=by, variables={"slug": areas[1].slug}) is None


@pytest.mark.parametrize("where", [{}, {"action": "acc"}, {"actor": "%", "since": "2026-01-01"}, {"subjectId": "'"}])
async def test_the_platforms_own_trail(areas: list[AreaMade], where: dict[str, Any]) -> None:
    async with tenant_scope(ADMINISTRATOR):
        for action in ("account.one", "account.two", "other.done"):
            await record(
                by=ADMINISTRATOR, area_id=PLATFORM, action=action, subject=("person", "100%"), after={"a": "é"}
            )
    document = stored()["PlatformTrail"].replace("first: 50", "first: 2")
    document = document.replace(" before after ", " ")  # which only their resolver can open
    rows = await walked(document, where=where)
    assert bool(rows) is (where.get("actor") != "%" and where != {"subjectId": "'"}), "a name has no per cent sign"


async def test_every_invitation_that_waits_is_reached_page_by_page(database: Cluster) -> None:
    area = await make_area("Waitingshire")
    by = await make_actor(Role.BUSINESS_MANAGER, area=area)
    async with tenant_scope(by):  # in one transaction, so of one moment
        sent = [
            await people.invite(
                by=by, email=f"w{n}@{area.slug}.example", name="Wai Ting", role="viewer", area_id=area.id
            )
            for n in range(5)
        ]
    found = [node["id"] for node in await walked(WAITING) if node["email"].endswith(f"@{area.slug}.example")]
    assert found == [ids.encode("Invitation", one) for one in reversed(sent)]
