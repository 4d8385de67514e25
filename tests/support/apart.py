"""A database of one's own, for tests that look at everything it holds: what other tests left costs them nothing."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from dataclasses import replace

from infra.database import ENGINE
from infra.postgres.databases import clone_database
from tests.support.cluster import PRISTINE, Cluster


def renamed(dsn: str, name: str) -> str:
    """The same way in, to another database of the test cluster."""
    assert dsn.count("@/concordat?") == 1, "the database's name in a dsn of the test cluster"
    return dsn.replace("@/concordat?", f"@/{name}?")


def cloned(cluster: Cluster, *, name: str) -> Cluster:
    """Make a migrated database in which there is nothing yet."""
    clone_database(superuser_dsn=cluster.superuser, template=PRISTINE, name=name)
    dsns = {login: renamed(dsn, name) for login, dsn in cluster.dsns.items()}
    return replace(cluster, superuser=renamed(cluster.superuser, name), dsns=dsns)


@contextlib.asynccontextmanager
async def engine_on(apart: Cluster, *, size: int = 4) -> AsyncIterator[None]:
    """Let this process's engine work on it; the tests' own database comes back afterwards."""
    before = ENGINE.pools, ENGINE.readers, ENGINE.writers
    ENGINE.pools, ENGINE.readers, ENGINE.writers = {}, {}, {}
    try:
        await ENGINE.open({login: apart.dsns[login] for login in ("app", "worker", "national", "public")}, size=size)
        yield
    finally:
        await ENGINE.close()
        ENGINE.pools, ENGINE.readers, ENGINE.writers = before
