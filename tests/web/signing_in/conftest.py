"""One provider process for the sign-in pages' tests."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.support.cluster import Cluster
from tests.support.identity_provider import PEOPLE, RunningProvider, running_provider
from tests.web.signing_in.world import CLIENT, know

NEW = {"sub": "new-person", "name": "Nia New", "email": "nia@council.example", "group": "Testshire Council"}


@pytest_asyncio.fixture(scope="session")
async def provider(database: Cluster, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[RunningProvider]:
    folder: Path = tmp_path_factory.mktemp("provider")
    with running_provider(folder, people=[*PEOPLE, NEW], clients=[CLIENT]) as running:
        await know(running)
        await know(running, slug="health", issuer="b")
        yield running
