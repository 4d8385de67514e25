"""One provider process for the sign-in pages' tests."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.support.cluster import Cluster
from tests.support.identity_provider import PEOPLE, RunningProvider, running_provider
from tests.web.signing_in.world import CLIENT, know

NEW = {"sub": "new-person", "name": "Nia New", "email": "nia@council.example", "group": "Testshire Council"}
KIT = {"sub": "kit", "name": "Kit Obi", "email": "kit@health.example", "group": "Testshire Health"}
#: at DfE Sign-in somebody of a school in an authority that no other test names
DORA = {**NEW, "sub": "dora", "organisation": {"name": "Meadow School", "localAuthority": {"code": "963"}}}


@pytest_asyncio.fixture(scope="session")
async def provider(database: Cluster, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[RunningProvider]:
    folder: Path = tmp_path_factory.mktemp("provider")
    issuers = ("a=Schools sign-in", "b=Health sign-in", "c=Department's sign-in")
    with running_provider(folder, people=[*PEOPLE, NEW, KIT, DORA], clients=[CLIENT], issuers=issuers) as running:
        await know(running)
        await know(running, slug="health", issuer="b")
        await know(running, slug="dfe", issuer="c", scopes="openid profile email organisation")
        yield running
