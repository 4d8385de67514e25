"""One instant has one spelling, whichever of the two read paths writes it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from concordat_graphql.scalars import SCALARS
from infra.database import sql
from tenants.tenancy.scope import public_scope
from tests.support.cluster import Cluster


@pytest.mark.parametrize("microsecond", [0, 1, 73_700, 73_701, 100_000, 999_999])
async def test_an_instant_is_written_as_the_database_writes_it(database: Cluster, microsecond: int) -> None:
    moment = datetime(2026, 6, 22, 10, 19, 49, microsecond, tzinfo=UTC)
    async with public_scope():
        written = await sql.fetch_value("select to_json($1::timestamptz) #>> '{}'", moment)
    write = SCALARS[datetime].serialize
    assert write is not None
    assert write(moment) == written
