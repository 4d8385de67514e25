"""A real PostgreSQL for the whole test session: embedded, provisioned, migrated once, open on every login."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest_asyncio

from infra.database import ENGINE
from infra.database.migrate import migrate
from infra.postgres import embedded
from tenants.tenancy.context import install_key, use_key
from tests.support.data_folder import temporary_data_folder

CONTEXT_KEY = bytes(range(32))


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """Where the test database listens, as each login."""

    superuser: str
    dsns: dict[str, str]


LOGINS = ("owner", "app", "worker", "national", "public")


@pytest_asyncio.fixture(scope="session")
async def cluster() -> AsyncIterator[Cluster]:
    """A running server with a migrated database; its folder goes when the session ends."""
    with temporary_data_folder() as folder:
        server = embedded.start(folder, durable=False)
        dsns = {login: server.dsn(f"concordat_{login}") for login in LOGINS}
        await migrate(dsns["owner"])
        await install_key(dsns["owner"], kid=1, key=CONTEXT_KEY)
        yield Cluster(superuser=server.superuser_dsn(database="concordat"), dsns=dsns)


@pytest_asyncio.fixture(scope="session")
async def database(cluster: Cluster) -> AsyncIterator[Cluster]:
    """The cluster, with this process's engine open on every login but the owner's."""
    use_key(kid=1, key=CONTEXT_KEY)
    await ENGINE.open({login: cluster.dsns[login] for login in ("app", "worker", "national", "public")})
    yield cluster
    await ENGINE.close()
