"""A compiled read whose connections are lost, whatever asyncpg calls it, is answered the ordinary way."""

from __future__ import annotations

import asyncpg
import pytest

from concordat_graphql.operations import run_stored
from infra.database.readers import ReadConnection
from tenants.tenancy.roles import Role
from tests.support.cluster import Cluster
from tests.support.world import actor, make_area

LOST = (
    asyncpg.ConnectionDoesNotExistError("connection was closed in the middle of operation"),
    asyncpg.InterfaceError("connection is closed"),
    asyncpg.InternalClientError("got result for unknown protocol state 3"),
)


@pytest.mark.parametrize("error", LOST, ids=lambda error: type(error).__name__)
async def test_the_page_is_answered_all_the_same(
    database: Cluster, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    area, asked = await make_area(), list[str]()

    async def lost(_: ReadConnection, query: str, *__: object) -> None:
        asked.append(query)
        raise error

    monkeypatch.setattr("infra.database.readers.ReadConnection._plan", lost)
    by = actor(Role.VIEWER, area_id=area.id)
    result = await run_stored("AreaSettings", actor=by, variables={"slug": area.slug})
    assert result.errors is None
    assert result.data is not None
    assert result.data["area"]["slug"] == area.slug
    assert asked, "it was not tried in one statement"
