"""What the server does again for each row: no sub-select for a part of the row, no sum twice, no call of a function."""

from __future__ import annotations

import pytest

from concordat_graphql.compiled import plans
from concordat_graphql.shape_checks import explained
from infra.database import sql
from tenants.tenancy.scope import national_scope, system_scope
from tests.support.cluster import Cluster


async def test_the_parts_of_a_line_of_the_national_table_run_no_sub_select(database: Cluster) -> None:
    async with national_scope():
        plan = await explained(plans()["NationalAreas"])
    assert "SubPlan" in plan  # of the search, hashed: once for all rows
    assert plan.count("SubPlan") == plan.count("(hashed SubPlan") * 2


@pytest.mark.parametrize(("name", "sums"), [("OneContribution", 1), ("BudgetYear", 2)])
async def test_what_has_been_received_is_added_up_once_wherever_it_is_told(
    database: Cluster, name: str, sums: int
) -> None:
    async with system_scope("explaining"):
        plan = await explained(plans()[name])
    assert plan.count(" on receipt r") == sums


@pytest.mark.parametrize("call", ["shape.pounds(i::bigint)", "shape.year_label(i)"])
async def test_the_words_of_an_amount_and_a_year_are_written_into_the_query(database: Cluster, call: str) -> None:
    async with system_scope("explaining"):
        rows = await sql.fetch(f"explain (verbose) select {call} from generate_series(1, 2) as i")
    assert "shape." not in "\n".join(row[0] for row in rows)
