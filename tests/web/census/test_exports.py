"""Whatever leaves as a file leaves an audit entry: who took it, from which area."""

from __future__ import annotations

import httpx
import pytest
from litestar import Litestar

from tests.graphql.census.footprint import footprint
from tests.support.cluster import Cluster
from tests.support.product import COOKIE, session_token
from tests.web.census.routes import Route, make_world, routes
from tests.web.settings import BASE_URL

#: Not about any area or person: line numbers of the public register's own file; an empty template with its headings.
UNTOLD = {"/platform/imports/{run:str}/rejected.csv", "/area/{slug:str}/indicators/template.csv"}
FILES = [route for route in routes() if route.path.endswith((".csv", ".xlsx")) and route.path not in UNTOLD]


@pytest.mark.parametrize("route", FILES, ids=lambda route: route.name)
async def test_an_export_is_an_entry(app: Litestar, database: Cluster, route: Route) -> None:
    world = await make_world()
    transport = httpx.ASGITransport(app=app)  # type: ignore[arg-type]
    cookies = {COOKIE: await session_token(world.right[route.access])}
    async with httpx.AsyncClient(transport=transport, base_url=BASE_URL, cookies=cookies) as client:
        before = (await footprint(database, reads=True))["audit.event"]
        answer = await client.get(route.filled(world.values))
        after = (await footprint(database, reads=True))["audit.event"]
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment")
    assert after[0] == before[0] + 1
