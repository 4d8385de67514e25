"""The table's order and its narrowing are the same in PostgreSQL as in Python: an operation may be compiled to SQL."""

from __future__ import annotations

import pytest
import pytest_asyncio

from concordat_graphql.national.table import Line, lines, name_key, narrowed, ordered
from infra.database import sql
from infra.ids import uuid7
from tenants.overview.rules import Subject
from tenants.tenancy import queries as tenancy
from tenants.tenancy.scope import national_scope, system_scope
from tests.support.cluster import Cluster
from tests.support.queue import as_superuser

NAMES = (
    "Ashmere", "ashmere", "ASHMERE", "Ash mere", "Brindle Vale", "brindle-vale", "Éastmarch", "éastmarch", "Eastmarch",
    "Straße", "STRASSE", "Łowick", "łowick", "Ynys Môn", "YNYS MÔN", "İzmir Street", "Ωmega", "O’Hare", "O'Hare",
    "東 Ward", "Zed_1", "Zed%1",
)  # fmt: skip
AMOUNTS = (0.0, None, 0.5, 3.0, 0.3333333333333333, None, 1.0, 0.1 + 0.2, 0.3, 12.0)
LIFECYCLES = ("live", "setting_up")
BY_NAME = 'lower(area.name collate "C")'
MAKE = "insert into area (slug, name, lifecycle) values ($1, $2, $3) returning id"
COLUMNS = {"name": BY_NAME, "lifecycle": 'area.lifecycle collate "C"'} | dict.fromkeys(Subject, "fact.amount")


@pytest_asyncio.fixture(scope="module")
async def areas(database: Cluster) -> list[int]:
    """Areas with such names, two with each, and rows whose amounts repeat."""
    ids = []
    for number, name in enumerate(NAMES * 2):
        async with system_scope("test world", powers=["platform"]):
            row = (f"odd-{uuid7()}", name, LIFECYCLES[number % 3 == 0])
            ids.append(await sql.fetch_value(MAKE, *row))
        for place, subject in enumerate(Subject):
            amount = AMOUNTS[(number * (place + 1)) % len(AMOUNTS)]
            standing = "not_reported" if amount is None else ("attention" if amount > 0.4 else "met")
            await as_superuser(
                database,
                "insert into area_fact (area_id, subject, standing, words, amount) values ($1, $2, $3, 'So it is', $4)",
                ids[-1], subject.value, standing, amount,
            )  # fmt: skip
    return ids


async def read(ids: list[int]) -> list[Line]:
    async with national_scope():
        return await lines(await tenancy.areas(ids=ids, limit=1000))


async def in_sql(ids: list[int], *, by: str, descending: bool, where: str = "true") -> list[int]:
    subject = by if by in set(Subject) else "flags"
    direction = "desc" if descending else "asc"
    async with national_scope():
        rows = await sql.fetch(
            f"select area.id from area join area_fact fact on fact.area_id = area.id and fact.subject = '{subject}' "
            f"where area.id = any ($1) and {where} "
            f"order by {COLUMNS[by]} {direction} nulls last, {BY_NAME}, area.id",
            ids,
        )
    return [row["id"] for row in rows]


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("by", sorted(COLUMNS))
async def test_sorted_alike(areas: list[int], by: str, descending: bool) -> None:
    here = [line.area.id for line in ordered(await read(areas), by=by, descending=descending)]
    assert here == await in_sql(areas, by=by, descending=descending)
    assert len(here) == len(areas)


@pytest.mark.parametrize("subject", sorted(Subject))
async def test_narrowed_alike(areas: list[int], subject: str) -> None:
    here = ordered(narrowed(await read(areas), attention=subject, lifecycle="live"), by=subject)
    where = "fact.standing = 'attention' and area.lifecycle = 'live'"
    assert [line.area.id for line in here] == await in_sql(areas, by=subject, descending=False, where=where)
    assert 0 < len(here) < len(areas)


@pytest.mark.parametrize("name", NAMES)
async def test_a_name_is_sorted_by_the_same_bytes(database: Cluster, name: str) -> None:
    async with national_scope():
        there = await sql.fetch_value("select convert_to(lower($1::text collate \"C\"), 'UTF8')", name)
    assert name_key(name) == there
