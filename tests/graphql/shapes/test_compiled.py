"""The committed SQL is what the code compiles, and PostgreSQL answers each tenant read from an index."""

from __future__ import annotations

import re

import pytest

from concordat_graphql.compiled import FOLDER, plan_of, plans
from concordat_graphql.shape_checks import explained
from infra.database import sql
from tenants.tenancy.scope import system_scope
from tests.graphql.shapes.test_stored_operations import COMPILED
from tests.support.cluster import Cluster

#: tables of the whole nation that are read whole, being small or asked for by no key
READ_WHOLE = frozenset({"agency_category", "area", "area_local_authority"})
#: no index finds a part of a name
SEARCHED = {"Accounts": {"person"}, "BodiesToLink": {"organisation"}}
#: mutations that are written, and their payload read, in one round trip
COMMANDS = frozenset({"SubmitReturn", "SubmitReturn.written"})
SEQUENTIAL = re.compile(r"Seq Scan on (\w+)")
MY_DUTIES = "query Q($first: Int!) { myDuties(first: $first) { nodes { %s } } }"
AGENCIES = "query Q($areaId: ID!) { relevantAgencies(areaId: $areaId) { nodes { %s } } }"


def test_the_committed_sql_is_what_is_compiled() -> None:
    committed = {path.stem: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.sql")}
    assert committed == {name: f"select {plan.sql}\n" for name, plan in plans().items()}, "run `make snapshots`"


def test_every_compiled_operation_has_its_sql_committed() -> None:
    assert set(plans()) == COMPILED | COMMANDS


@pytest.mark.parametrize("name", sorted(COMPILED | COMMANDS))
async def test_every_table_of_an_area_is_read_from_an_index(database: Cluster, name: str) -> None:
    async with system_scope("explaining"):
        await sql.execute("set local enable_seqscan = off")
        plan = await explained(plans()[name])
    assert set(SEQUENTIAL.findall(plan)) <= READ_WHOLE | SEARCHED.get(name, set()), plan
    assert "Gather" not in plan, "a parallel plan would read before the context is set"


async def test_whether_kept_rows_hold_is_one_look_into_an_index(database: Cluster) -> None:
    async with system_scope("explaining"):
        await sql.execute("set local enable_seqscan = off")
        plan = await explained(plans()["NationalAreas"])
    assert "area_fact_holds_until" in plan, plan


@pytest.mark.parametrize(
    ("document", "field", "joined"),
    [
        (MY_DUTIES, "areaName", "join area "),
        (MY_DUTIES, "categoryLabel", "join agency_category "),
        (MY_DUTIES, "step", "join lateral (select f.step"),
        (AGENCIES, "areaName", "join area "),
        (AGENCIES, "categoryLabel", "join agency_category "),
    ],
)
def test_a_row_is_joined_only_where_something_of_it_is_asked_for(document: str, field: str, joined: str) -> None:
    without, beside = plan_of(document % "__typename"), plan_of(document % f"__typename {field}")
    assert without is not None
    assert joined not in without.sql
    assert beside is not None
    assert joined in beside.sql
