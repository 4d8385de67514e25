"""What the floor replays is what an answer sent: also the one statement of a compiled read, freshly signed."""

from __future__ import annotations

import json
from typing import Any

import asyncpg
import pytest
from litestar import Litestar

from tenants.tenancy.roles import Role
from tests.benchmarks import bare
from tests.benchmarks.recording import SIGNED, recorded
from tests.support.cluster import Cluster
from tests.support.product import Api, session_token
from tests.support.world import make_actor, make_area


async def replayed(steps: Any, database: Cluster, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    async with asyncpg.create_pool(database.dsns["app"], min_size=1, max_size=2) as pool:
        monkeypatch.setattr(bare, "POOLS", {"app": pool})
        return await bare._run(steps)


async def test_a_compiled_read_is_replayed_on_another_connection(
    app: Litestar, database: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    area = await make_area()
    manager = await make_actor(Role.BUSINESS_MANAGER, area=area)
    async with Api(app, token=await session_token(manager)).http as http:
        asked = {"operationName": "AreaSettings", "variables": {"slug": area.slug}}
        await http.post("/graphql", json=asked)
        with recorded() as steps:
            answer = await http.post("/graphql", json=asked)
    (step,) = steps
    assert SIGNED in step.args
    assert step.actor is not None
    assert step.actor.id == manager.id
    ((text,),) = await replayed(steps, database, monkeypatch)
    assert json.loads(text) == answer.json()


async def test_the_first_answer_of_a_session_begins_with_the_account(
    app: Litestar, database: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    area = await make_area()
    token = await session_token(await make_actor(Role.BUSINESS_MANAGER, area=area))
    async with Api(app, token=token).http as http:
        with recorded() as steps:
            answer = await http.post(
                "/graphql", json={"operationName": "AreaSettings", "variables": {"slug": area.slug}}
            )
    assert len(steps) > 1
    assert all(step.actor is not None for step in (steps[0], steps[-1]))
    ((text,),) = await replayed(steps, database, monkeypatch)
    assert json.loads(text) == answer.json()
