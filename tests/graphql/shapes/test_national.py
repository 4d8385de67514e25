"""The table of all areas in one statement: ordered and filtered as before, never from a row that does not hold."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio

from concordat_graphql import answering
from concordat_graphql.operations import run, stored
from concordat_graphql.read_ledger import one_operation
from infra.clock import today
from infra.database import sql
from infra.ids import uuid7
from tenants.audit import queries as audit
from tenants.audit.service import PLATFORM
from tenants.overview.rules import Subject
from tenants.tenancy.actor import ANONYMOUS
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import system_scope, tenant_scope
from tests.graphql.shapes.same import compiled, ordinary
from tests.support.cluster import Cluster
from tests.support.queue import as_superuser
from tests.support.world import actor, official

#: with what no other test calls an area or an authority
MARK = "Qźx"
NAMES = ("Ashmere", "ashmere", "Éastmarch", "O’Hare", "O'Hare", "Zed_1", "Zed%1", "東 \\ {0}", "Brindle", "Ashmere")
AMOUNTS = (0.0, None, 0.5, 3.0, 0.3333333333333333, None, 1.0, 0.1 + 0.2, 0.3, 12.0)
COLUMNS = ["name", "lifecycle", *sorted(Subject)]
TABLE = {"sort": "name", "descending": False}
WHOLE = """query Whole($search: String, $sort: String!, $descending: Boolean!) {
  nationalAreas(search: $search, sort: $sort, descending: $descending) {
    __typename area { id slug name lifecycle version localAuthorities { code name } } lifecycleLabel localAuthorityNames
    membership { ...Fact } budget { ...Fact } cooperation { ...Fact } flags { ...Fact }
  }
}
fragment Fact on NationalFact { __typename standing words reasons { sentence source } }"""
_REASONS = '[{"sentence": "Two “odd” {x} reasons", "source": "b", "statutory": true}, {"sentence": "a", "source": "z"}]'
_FACT = """insert into area_fact (area_id, subject, standing, words, amount, reasons, recheck_on)
    values ($1, $2, $3, $4, $5, $6, $7)"""


@pytest_asyncio.fixture(scope="module")
async def areas(database: Cluster) -> list[int]:
    """Areas with such names, authorities and rows that hold, some until tomorrow."""
    ids = []
    for number, name in enumerate(NAMES):
        ids.append(await an_area(f"{MARK} {name}", live=number % 3 > 0, authorities=number % 4))
        for place, subject in enumerate(Subject):
            amount = AMOUNTS[(number * (place + 1)) % len(AMOUNTS)]
            standing = "not_reported" if amount is None else ("attention" if amount > 0.4 else "met")
            told = (f"{amount} “so” {{it}} is", amount, _REASONS if number % 2 else "[]")
            until = today() + timedelta(days=1) if number % 5 else None
            await as_superuser(database, _FACT, ids[-1], subject.value, standing, *told, until)
    return ids


#: authorities that no other test names: the exclusion is for as long as they are covered
CODES = (f"{code:03}" for code in itertools.count(1))


async def an_area(name: str, *, live: bool, authorities: int) -> int:
    async with system_scope("test world", powers=["platform"]):
        area_id = await sql.fetch_value(
            "insert into area (slug, name, lifecycle) values ($1, $2, $3) returning id",
            *(f"odd-{uuid7()}", name, "live" if live else "setting_up"),
        )
        for each in range(authorities):
            await sql.execute(
                "insert into area_local_authority (area_id, la_code, la_name, valid_from) values ($1, $2, $3, $4)",
                *(area_id, next(CODES), f"{'ZÉa'[each]} of {name}", today() - timedelta(days=each)),
            )
    return int(area_id)


async def the_same(document: str, **variables: Any) -> list[dict[str, Any]]:
    """The lines that both paths tell."""
    answered = await compiled(document, by=official(), variables=variables)
    assert answered is not None
    assert answered == await ordinary(document, by=official(), variables=variables)
    return list(answered["nationalAreas"])


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("sort", COLUMNS)
async def test_each_column_sorts_alike_both_ways(areas: list[int], sort: str, descending: bool) -> None:
    assert len(await the_same(WHOLE, search=MARK, sort=sort, descending=descending)) == len(NAMES)


@pytest.mark.parametrize("lifecycle", [None, "live", "setting_up", "merged"])
@pytest.mark.parametrize("attention", [None, *sorted(Subject)])
async def test_each_filter_narrows_alike(areas: list[int], attention: str | None, lifecycle: str | None) -> None:
    asked = {"search": MARK, "attention": attention, "lifecycle": lifecycle, "sort": "flags", "descending": True}
    found = await the_same(stored()["NationalAreas"], **asked)
    assert len(found) < len(NAMES) or (attention, lifecycle) == (None, None)
    assert bool(found) is (lifecycle != "merged")


@pytest.mark.parametrize(
    ("words", "found"),
    [(" Qźx  ", 10), ("qŹX ashmere", 3), ("x zed_", 1), ("x zed%", 1), ("x o'hare", 1), ("É of Qźx", 4), ("Qźx \\", 0)],
)
async def test_words_are_found_alike(areas: list[int], words: str, found: int) -> None:
    assert len(await the_same(stored()["NationalAreas"], search=words, **TABLE)) == found


_TODAY = "(now() at time zone 'Europe/London')::date"
BREAKING = [
    "update area_fact set stale = true where area_id = $1 and subject = 'budget'",
    f"update area_fact set stale = true, recheck_on = {_TODAY} + 9 where area_id = $1 and subject = 'cooperation'",
    f"update area_fact set recheck_on = {_TODAY} - 1 where area_id = $1 and subject = 'flags'",
    f"update area_fact set recheck_on = {_TODAY} where area_id = $1 and subject = 'budget'",
    "delete from area_fact where area_id = $1 and subject = 'membership'",
    "delete from area_fact where area_id = $1",
]


async def kept_area(database: Cluster) -> tuple[int, str]:
    """An area of which every row says that it is met, and its name."""
    name = f"Breaking {uuid7()}"
    area = await an_area(name, live=True, authorities=0)
    for subject in Subject:
        await as_superuser(database, _FACT, area, subject.value, "met", "As kept", 1, "[]", None)
    return area, name


@pytest.mark.parametrize("breaking", BREAKING)
async def test_no_choice_of_lines_is_made_by_a_row_that_does_not_hold(database: Cluster, breaking: str) -> None:
    area, name = await kept_area(database)
    await as_superuser(database, breaking, area)
    for attention, lifecycle in ((None, None), (None, "merged"), *((each, None) for each in sorted(Subject))):
        asked = {"search": name, "attention": attention, "lifecycle": lifecycle, **TABLE}
        answered = await compiled(stored()["NationalAreas"], by=official(), variables=asked)
        told = await ordinary(stored()["NationalAreas"], by=official(), variables=asked)
        assert answered in (None, told), (attention, lifecycle)
        if "delete" not in breaking:
            assert answered is None, "as long as one row does not hold"


@pytest.mark.parametrize("missing", sorted(Subject))
async def test_lines_are_not_ordered_by_a_row_that_is_not_there(database: Cluster, missing: str) -> None:
    area, name = await kept_area(database)
    document = "query($s: String, $by: String!) { nationalAreas(search: $s, sort: $by) { lifecycleLabel } }"
    asked = {"s": name, "by": missing}
    assert await compiled(document, by=official(), variables=asked) is not None
    await as_superuser(database, "delete from area_fact where area_id = $1 and subject = $2", area, missing)
    assert await compiled(document, by=official(), variables=asked) is None


@pytest.mark.parametrize("breaking", BREAKING)
async def test_a_row_that_does_not_hold_sends_all_to_the_records(database: Cluster, breaking: str) -> None:
    area, name = await kept_area(database)
    kept = await the_same(stored()["NationalAreas"], search=name, **TABLE)
    assert kept[0]["budget"]["words"] == "As kept"
    await as_superuser(database, breaking, area)
    asked = {"search": name, "attention": "membership", **TABLE}
    assert await compiled(stored()["NationalAreas"], by=official(), variables=asked) is None, "filtered or not"
    read = await run(stored()["NationalAreas"], actor=official(), variables={"search": name, **TABLE})
    assert read.data is not None
    told = {
        fact["words"] for fact in read.data["nationalAreas"][0].values() if isinstance(fact, dict) and "words" in fact
    }
    assert told - {"As kept"}


@pytest.mark.parametrize("wrong", [{"sort": "size"}, {"attention": "weather"}, {"lifecycle": "closed"}])
async def test_a_wrong_choice_is_refused_in_the_same_words(areas: list[int], wrong: dict[str, Any]) -> None:
    asked = {"search": MARK, **TABLE, **wrong}
    one = await run(stored()["NationalAreas"], actor=official(), variables=asked)
    other = await run(stored()["NationalAreas"], actor=official(), variables=asked, compiled=False)
    assert one.errors
    assert other.errors
    assert [error.formatted for error in one.errors] == [error.formatted for error in other.errors]


@pytest.mark.parametrize("search", [MARK, "Qźx nowhere", None])
async def test_the_entry_is_there_once_whether_the_rows_hold_or_not(areas: list[int], search: str | None) -> None:
    before = await entries()
    await run(stored()["NationalAreas"], actor=official(), variables={"search": search, **TABLE})
    assert await entries() == before + 1


async def entries() -> int:
    async with tenant_scope(official(), readonly=True):
        found = await audit.entries(area_id=PLATFORM, limit=1)
    return found[0].seq if found else 0


async def test_the_entry_is_written_before_the_rows_are_read(areas: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    async def read(**_: Any) -> None:
        seen.append(await entries())

    before = await entries()
    monkeypatch.setattr(answering, "read_text", read)
    with one_operation():
        await compiled(stored()["NationalAreas"], by=official(), variables={"search": MARK, **TABLE})
    assert seen == [before + 1]


async def test_nobody_else_reads_it(areas: list[int]) -> None:
    for by in (ANONYMOUS, actor(Role.PLATFORM_ADMINISTRATOR), actor(Role.BUSINESS_MANAGER, area_id=areas[0])):
        assert await compiled(stored()["NationalAreas"], by=by, variables={"search": MARK, **TABLE}) is None
