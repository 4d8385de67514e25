"""A small demo nation in a database of its own, built once for the session through the services."""

from __future__ import annotations

import contextlib
import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import pytest_asyncio

from backend.cli.demo_nation import registered_file
from backend.demo.agencies import held
from backend.demo.build import build
from backend.demo.dates import Days
from backend.demo.linked import Portal
from backend.demo.plan import SMALL, Scale
from backend.demo.world import World
from infra.clock import today
from infra.database import ENGINE
from infra.database.readers import Readers
from infra.secrets import use_secret
from tenants.tenancy.context import use_key
from tests.support.agencies import RunningAgencies, running_agencies
from tests.support.apart import cloned
from tests.support.cluster import CONTEXT_KEY, SECRET_KEY, Cluster

ADDRESS = "http://127.0.0.1:8010"
WEB = "http://127.0.0.1:8000"  #: where its web would be; nobody asks


@dataclass(frozen=True, kw_only=True)
class Nation:
    """A built nation: what was built, and the way into its database as each login and as superuser."""

    world: World
    superuser: str
    dsns: dict[str, str]
    folder: Path
    pools: dict[str, asyncpg.Pool]
    readers: dict[str, Readers]
    writers: dict[str, Readers]

    @contextlib.contextmanager
    def inside(self) -> Iterator[None]:
        """Let this process's engine work on the nation's database; the tests' own comes back afterwards."""
        before = ENGINE.pools, ENGINE.readers, ENGINE.writers
        ENGINE.pools, ENGINE.readers, ENGINE.writers = self.pools, self.readers, self.writers
        try:
            yield
        finally:
            ENGINE.pools, ENGINE.readers, ENGINE.writers = before


@contextlib.asynccontextmanager
async def nation_of(cluster: Cluster, *, scale: Scale, name: str) -> AsyncIterator[Nation]:
    """Build a nation of that size in a database of that name; its connections are closed at the end."""
    use_key(kid=1, key=CONTEXT_KEY)
    use_secret(SECRET_KEY.encode())
    apart = cloned(cluster, name=name)
    dsns = apart.dsns
    folder = cluster.folder / name
    before = ENGINE.pools, ENGINE.readers, ENGINE.writers
    ENGINE.pools, ENGINE.readers, ENGINE.writers = {}, {}, {}
    try:
        await ENGINE.open({login: dsns[login] for login in ("app", "worker", "national", "public")}, size=4)
        with agencies_of(folder, scale=scale) as agencies:
            world = await build(
                folder=folder, identity_url=ADDRESS, client_secret="s" * 32, progress=lambda *_: None, scale=scale,
                agencies_url=agencies.base_url, portal=Portal(base_url=WEB, file=registered_file(folder)),
            )  # fmt: skip
        assert world is not None
        pools, readers, writers = ENGINE.pools, ENGINE.readers, ENGINE.writers
    finally:
        ENGINE.pools, ENGINE.readers, ENGINE.writers = before
    yield Nation(
        world=world,
        superuser=apart.superuser,
        dsns=dsns,
        folder=folder,
        pools=pools,
        readers=readers,
        writers=writers,
    )
    for kept in (*readers.values(), *writers.values()):
        await kept.close()
    for pool in pools.values():
        await pool.close()


@contextlib.contextmanager
def agencies_of(folder: Path, *, scale: Scale) -> Iterator[RunningAgencies]:
    """The agencies' systems with what they hold of a nation whose register is in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "agencies.json"
    file.write_text(json.dumps(held(scale=scale, days=Days(today=today()), register=folder)))
    with running_agencies(nation=file) as agencies:
        yield agencies


@pytest_asyncio.fixture(scope="session")
async def nation(cluster: Cluster) -> AsyncIterator[Nation]:
    """The small nation: three areas, sixty schools."""
    async with nation_of(cluster, scale=SMALL, name="concordat_nation") as built:
        yield built


@pytest_asyncio.fixture
async def in_nation(nation: Nation) -> AsyncIterator[Nation]:
    """The small nation, with this process's engine on its database while the test runs."""
    with nation.inside():
        yield nation
