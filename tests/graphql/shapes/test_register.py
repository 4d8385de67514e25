"""The register and what is public by one statement: searches page by page, lines of succession, kinds of reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import pytest
import pytest_asyncio

from concordat_graphql import ids, paging
from concordat_graphql.answering import ready_for
from concordat_graphql.operations import run, stored
from concordat_graphql.public import queries
from infra.database import sql
from infra.ids import uuid7
from tenants.tenancy.actor import ANONYMOUS, Actor
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import system_scope, tenant_scope, worker_actor
from tests.graphql.shapes.same import compiled, one_answer
from tests.support.cluster import Cluster
from tests.support.membership import complete, make_partnership
from tests.support.organisations import make_school
from tests.support.world import AreaMade, actor, make_actor, make_area, official

NAMES = ("Zoë's 100% school_{t}", "Meadow \\ Primary", "Öst Infant", "meadow {area_id}", "Aspen", "Aspen")
LISTED = """query($areaId: ID!, $search: String, $kind: String, $first: Int! = 50, $after: String) {
    areaOrganisations(areaId: $areaId, search: $search, kind: $kind, first: $first, after: $after) {
        nodes { id name kind kindLabel typeLabel urn town postcode status } pageInfo { hasNextPage endCursor } } }"""


@dataclass(frozen=True, kw_only=True)
class World:
    """An area with schools of odd names; the first was followed by the second, which the third has followed."""

    area: AreaMade
    member: Actor
    schools: list[UUID]


@pytest_asyncio.fixture(scope="module")
async def world(database: Cluster) -> World:
    area = await make_area()
    schools = [await make_school(area, name=name) for name in NAMES]
    async with system_scope("test world", powers=["register"]):
        for before, after in ((0, 1), (1, 2)):
            await sql.execute(
                "insert into organisation_lineage (predecessor_id, successor_id, kind, on_date) "
                "values ($1, $2, 'successor', $3)", schools[before], schools[after], date(2024, 9, 1),
            )  # fmt: skip
        await sql.execute("update organisation set status = 'closed', closed_on = '2024-08-31' where id = $1",
                          schools[0])  # fmt: skip
        for fact, before, after in (("name", None, NAMES[0]), ("status", "open", "closed")):
            await sql.execute(
                "insert into organisation_history (organisation_id, field, before, after, effective_on) "
                "values ($1, $2, $3, $4, '2024-08-31')", schools[0], fact, before, after,
            )  # fmt: skip
    await make_actor(Role.ESTABLISHMENT_CONTACT, area=area, organisation_id=schools[0], name="Zoë Contact")
    return World(area=area, member=await make_actor(Role.VIEWER, area=area), schools=schools)


def of(world: World, **more: Any) -> dict[str, Any]:
    return {"areaId": ids.encode("Area", world.area.id), **more}


@pytest.mark.parametrize(
    "search", [None, "", "  ", "%", "_", "\\", "'", "meadow", "MEADOW", "zoë", "{t}", "8000", "x" * 99]
)
async def test_a_search_takes_each_character_for_itself(world: World, search: str | None) -> None:
    found = (await one_answer(LISTED, by=world.member, variables=of(world, search=search)))["areaOrganisations"]
    if search in ("%", "_", "\\"):
        assert [node["name"] for node in found["nodes"]] == [name for name in sorted(NAMES) if search in name]


async def test_page_after_page_by_name_with_two_of_one_name(world: World) -> None:
    seen: list[str] = []
    after, more = None, True
    while more:
        page = (await one_answer(LISTED, by=world.member, variables=of(world, first=1, after=after)))[
            "areaOrganisations"
        ]
        seen += [node["name"] for node in page["nodes"]]
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    assert seen == sorted(NAMES)


@pytest.mark.parametrize(("facts", "keyed"), [("", False), ("pageInfo { hasNextPage }", True), ("__typename", False)])
async def test_rows_carry_their_keys_only_for_page_info(world: World, facts: str, keyed: bool) -> None:
    document = f"query($areaId: ID!) {{ areaOrganisations(areaId: $areaId, first: 2) {{ nodes {{ name }} {facts} }} }}"
    found = (await one_answer(document, by=world.member, variables=of(world)))["areaOrganisations"]
    assert len(found["nodes"]) == 2
    ready = ready_for(document, actor=world.member, variables=of(world), name=None)
    assert ready is not None
    assert ("as k0" in ready.sql, "+ 1" in ready.sql) == (keyed, keyed)


@pytest.mark.parametrize(("first", "shown"), [(1, 1), (5, 5), (6, 6), (7, 6), (200, 6)])
async def test_the_cursor_is_of_the_last_row_that_is_shown(world: World, first: int, shown: int) -> None:
    page = (await one_answer(LISTED, by=world.member, variables=of(world, first=first)))["areaOrganisations"]
    last = page["nodes"][-1]
    end = paging.cursor(last["name"], ids.decode_uuid("Organisation", last["id"]))
    assert (len(page["nodes"]), page["pageInfo"]) == (shown, {"hasNextPage": shown < 6, "endCursor": end})


@pytest.mark.parametrize("first", [1, 200])
async def test_a_page_of_nothing_has_no_cursor(world: World, first: int) -> None:
    page = await one_answer(LISTED, by=world.member, variables=of(world, search="nowhere", first=first))
    assert page["areaOrganisations"] == {"nodes": [], "pageInfo": {"hasNextPage": False, "endCursor": None}}


@pytest.mark.parametrize(("kind", "number"), [("establishment", 6), ("trust", 0), ("no such kind", 0)])
async def test_a_kind_narrows(world: World, kind: str, number: int) -> None:
    found = await one_answer(LISTED, by=world.member, variables=of(world, kind=kind))
    assert len(found["areaOrganisations"]["nodes"]) == number


@pytest.mark.parametrize("which", [0, 1, 5])
async def test_one_organisation_with_whom_it_followed_and_who_follows_it(world: World, which: int) -> None:
    variables = of(world, id=ids.encode("Organisation", world.schools[which]))
    found = await one_answer(stored()["AreaOrganisation"], by=world.member, variables=variables)
    successors = sorted(one["name"] for one in found["organisation"]["successors"])
    assert successors == {0: [NAMES[1], NAMES[2]], 1: [NAMES[2]], 5: []}[which]
    assert len(found["organisation"]["history"]) == len(found["organisationContacts"]) * 2 == (2 if which == 0 else 0)


async def test_who_lies_in_a_boards_geography_today_and_where_each_has_lain(world: World) -> None:
    """Under a board: neither what has moved away nor what is closed; under a body: every board, newest first."""
    _, old, new, member, gone, _ = world.schools
    worker = worker_actor("directory", powers=["register"])
    async with tenant_scope(worker):
        for body, board, start, end in (
            (member, old, date(2022, 7, 1), date(2024, 3, 31)),
            (member, new, date(2024, 4, 1), None),
            (gone, new, None, date(2024, 3, 31)),
            (world.schools[0], new, None, None),
        ):
            await sql.execute(
                "insert into organisation_affiliation (member_id, board_id, source, reference, valid_from, valid_to) "
                "values ($1, $2, 'test_register', $3, $4, $5)", body, board, str(uuid7()), start, end,
            )  # fmt: skip
    seen = {}
    for one in (old, new, member):
        variables = of(world, id=ids.encode("Organisation", one))
        seen[one] = (await one_answer(stored()["AreaOrganisation"], by=world.member, variables=variables))[
            "organisation"
        ]
    assert [each["name"] for each in seen[new]["members"]] == [NAMES[3]]
    assert seen[old]["members"] == []
    lain = [(each["name"], each["validFrom"], each["validTo"]) for each in seen[member]["liesIn"]]
    assert lain == [(NAMES[2], "2024-04-01", None), (NAMES[1], "2022-07-01", "2024-03-31")]


async def test_an_organisation_that_is_not_there_is_null(world: World) -> None:
    variables = of(world, id=ids.encode("Organisation", world.member.id))
    found = await one_answer(stored()["AreaOrganisation"], by=world.member, variables=variables)
    assert found == {"organisation": None, "organisationContacts": []}


@pytest.mark.parametrize("kinds", [None, [], ["establishment"], ["establishment", "trust", "'"]])
async def test_the_whole_register_without_what_is_closed(world: World, kinds: list[str] | None) -> None:
    document = """query($kinds: [String!], $search: String) { organisations(kinds: $kinds, search: $search, first: 5) {
        nodes { name } pageInfo { hasNextPage endCursor } } }"""
    variables = {"kinds": kinds, "search": "Zoë's 100% school"}
    assert (await one_answer(document, by=world.member, variables=variables))["organisations"]["nodes"] == []
    await one_answer(document, by=world.member, variables={"kinds": kinds})


async def test_officials_read_the_register_too_and_others_are_told_the_same(world: World) -> None:
    await one_answer(LISTED, by=official(), variables=of(world))
    for who in (actor(Role.PLATFORM_ADMINISTRATOR), official(), ANONYMOUS):
        for name, more in (
            ("AreaOrganisations", {}),
            ("AreaOrganisation", {"id": ids.encode("Organisation", world.schools[0])}),
        ):
            one = await run(stored()[name], actor=who, variables=of(world, **more))
            other = await run(stored()[name], actor=who, variables=of(world, **more), compiled=False)
            told = [[error.formatted for error in each.errors or []] for each in (one, other)]
            assert (one.data, told[0]) == (other.data, told[1])


@pytest.mark.parametrize("who", [ANONYMOUS, official(), actor(Role.VIEWER, area_id=1)])
async def test_anyone_reads_what_an_area_publishes(database: Cluster, who: Actor) -> None:
    made = await make_partnership()
    await complete(made)
    found = await one_answer(stored()["PublicArea"], by=who, variables={"slug": made.area.slug})
    assert [one["kindLabel"] for one in found["publicArea"]["partners"]] == [
        "local authority", "integrated care board", "police force"
    ]  # fmt: skip
    assert [one["chairs"] for one in found["publicArea"]["partners"]] == [False, False, True]


async def test_an_area_that_was_merged_says_into_which(database: Cluster) -> None:
    old, new = await make_area("Oldshire", lifecycle="setting_up"), await make_area("Newshire")
    assert await one_answer(stored()["PublicArea"], by=ANONYMOUS, variables={"slug": old.slug}) == {"publicArea": None}
    async with system_scope("test world", powers=["platform"]):
        await sql.execute("update area set lifecycle = 'merged', merged_into = $2 where id = $1", old.id, new.id)
    found = (await one_answer(stored()["PublicArea"], by=ANONYMOUS, variables={"slug": old.slug}))["publicArea"]
    assert (found["area"]["merged"], found["mergedInto"]) == (True, {"slug": new.slug, "name": new.name})


@pytest.mark.parametrize("search", [None, "", " TESTSHIRE ", "council", "test%re", "test_hire", "test\\re", "test're"])
async def test_areas_are_found_by_their_name_or_by_what_they_cover_today(world: World, search: str | None) -> None:
    found = (await one_answer(stored()["PublicAreas"], by=ANONYMOUS, variables={"search": search}))["publicAreas"]
    assert bool(found) is (search in (None, "", " TESTSHIRE ", "council"))


async def test_an_area_that_once_covered_an_authority_takes_no_place_from_the_one_that_does(
    database: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    once, now = await make_area("Aldershire"), await make_area("Boldershire")
    async with system_scope("test world", powers=["platform"]):
        await sql.execute(
            "insert into area_local_authority (area_id, la_code, la_name, valid_from, valid_to) "
            "values ($1, $2, $3, $4, $4)", once.id, once.la_code, f"{now.name} Council", date(2000, 1, 1),
        )  # fmt: skip
    monkeypatch.setattr(queries, "MOST_AREAS", 1)
    found = await one_answer(stored()["PublicAreas"], by=ANONYMOUS, variables={"search": f"{now.name} council"})
    assert [area["slug"] for area in found["publicAreas"]] == [now.slug]


async def test_two_authorities_of_one_name_come_by_their_codes(database: Cluster) -> None:
    made = await make_area("Twinshire")
    async with system_scope("test world", powers=["platform"]):
        for code in ("099", "098"):
            await sql.execute(
                "insert into area_local_authority (area_id, la_code, la_name, valid_from, valid_to) "
                "values ($1, $2, $3, $4, $4)", made.id, code, "Twin Council", date(2001, 1, 1),
            )  # fmt: skip
    document = 'query($slug: String!) { area(slug: $slug) { localAuthorities(asAt: "2001-01-01") { code } } }'
    found = await one_answer(document, by=await make_actor(Role.VIEWER, area=made), variables={"slug": made.slug})
    assert [one["code"] for one in found["area"]["localAuthorities"]] == ["098", "099"]


async def test_other_letters_than_those_of_english_are_for_the_ordinary_path(world: World) -> None:
    assert await compiled(stored()["PublicAreas"], by=ANONYMOUS, variables={"search": "Straße"}) is None
