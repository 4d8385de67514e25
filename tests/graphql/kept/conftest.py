"""Two web processes for every test of these; each test has a person of its own."""

from __future__ import annotations

import pytest_asyncio
from litestar import Litestar

from backend.app import create_app
from tests.graphql.kept.world import Warm, warm
from tests.support.cluster import Cluster
from tests.support.product import product_settings


@pytest_asyncio.fixture(scope="session")
async def processes(database: Cluster) -> tuple[Litestar, Litestar]:
    return create_app(product_settings(database)), create_app(product_settings(database))


@pytest_asyncio.fixture
async def world(processes: tuple[Litestar, Litestar]) -> Warm:
    return await warm(processes)
