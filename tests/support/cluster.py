"""A real PostgreSQL for the whole test session: embedded, provisioned, migrated once, open on every login."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import pytest_asyncio

from infra.database import ENGINE
from infra.database.migrate import migrate
from infra.postgres import embedded
from infra.postgres.databases import clone_database
from infra.secrets import use_secret
from tenants.tenancy.context import install_key, use_key
from tests.support.data_folder import temporary_data_folder

CONTEXT_KEY = bytes(range(32))
SECRET_KEY = "a secret for tests only, 0123456789"
PRISTINE = "concordat_pristine"  #: a copy that nobody connects to: what other databases are cloned from
LOGINS = ("owner", "app", "worker", "national", "public")


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """Where the test database listens, as each login, and the data folder it lives in."""

    superuser: str
    dsns: dict[str, str]
    folder: Path


OPEN: list[Cluster] = []  #: the session's, while its engine is open
#: for a look at a hundred small tables the server starts two helpers, at thirty times the cost of looking
_ALONE = {"max_parallel_workers_per_gather": "0"}
LOOKING: dict[str, asyncpg.Connection] = {}  #: a superuser's connection for each database that was looked at


@pytest_asyncio.fixture(scope="session")
async def cluster() -> AsyncIterator[Cluster]:
    """A running server with a migrated database; its folder goes when the session ends."""
    with temporary_data_folder() as folder:
        server = embedded.start(folder, durable=False)
        dsns = {login: server.dsn(f"concordat_{login}") for login in LOGINS}
        await migrate(dsns["owner"])
        await install_key(dsns["owner"], kid=1, key=CONTEXT_KEY)
        superuser = server.superuser_dsn(database="concordat")
        clone_database(superuser_dsn=server.superuser_dsn(), template="concordat", name=PRISTINE)
        yield Cluster(superuser=superuser, dsns=dsns, folder=folder)


@pytest_asyncio.fixture(scope="session")
async def database(cluster: Cluster) -> AsyncIterator[Cluster]:
    """The cluster, with this process's engine open on every login but the owner's."""
    use_key(kid=1, key=CONTEXT_KEY)
    use_secret(SECRET_KEY.encode())
    await ENGINE.open({login: cluster.dsns[login] for login in ("app", "worker", "national", "public")})
    OPEN.append(cluster)
    yield cluster
    OPEN.clear()
    while LOOKING:
        await LOOKING.popitem()[1].close()
    await ENGINE.close()


async def looking_on(cluster: Cluster) -> asyncpg.Connection:
    """Return a superuser's connection that is kept for the session, to look past every policy and change nothing."""
    kept = LOOKING.get(cluster.superuser)
    if kept is None or kept.is_closed():
        kept = LOOKING[cluster.superuser] = await asyncpg.connect(cluster.superuser, server_settings=_ALONE)
    return kept
