"""The people and places of the tests: there are always enough of them."""

from __future__ import annotations

from infra.database import sql
from tenants.tenancy.scope import system_scope
from tests.support.cluster import Cluster
from tests.support.world import make_area


async def test_a_code_that_was_used_before_goes_to_the_newest_area(database: Cluster) -> None:
    made = [await make_area(la_code="899") for _ in range(3)]
    async with system_scope("test"):
        covers = await sql.fetch("select area_id from area_local_authority where la_code = '899' and valid_to is null")
    assert [row["area_id"] for row in covers] == [made[-1].id]
