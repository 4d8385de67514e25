"""Bring a database to the newest schema: Piccolo migrations, as the owner, one migrator at a time."""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.apps.migrations.commands.forwards import ForwardsMigrationManager
from piccolo.apps.migrations.tables import Migration
from piccolo.engine.postgres import PostgresEngine

from infra.database import piccolo_conf
from infra.database.guards import check_version

LOCK = 0x434F4E43  # "CONC": one migrator at a time, whoever starts it


class OwnerEngine(PostgresEngine):
    """The migrator's engine: the owner's login, one connection at a time."""

    async def check_version(self) -> None:
        """Do nothing: `migrate` has checked."""

    async def prep_database(self) -> None:
        """Do nothing: extensions are made when the database is provisioned."""


async def migrate(owner_dsn: str) -> list[str]:
    """Run every migration that has not run; return the names of those that ran now.

    Raises `UnsupportedServerError` below PostgreSQL 18. A second migrator waits, then finds nothing to do.
    """
    os.environ["PICCOLO_CONF"] = "infra.database.piccolo_conf"
    connection = await asyncpg.connect(owner_dsn)
    try:
        check_version(connection)
        await connection.execute("set lock_timeout = 0")  # the first may take longer than its login waits for a table
        await connection.execute("select pg_advisory_lock($1)", LOCK)
        async with _owner_engine(owner_dsn):
            before = set(await _ran())
            for app in piccolo_conf.APP_REGISTRY.apps:
                await _forwards(app)
            return [name for name in await _ran() if name not in before]
    finally:
        await connection.close()


@contextlib.asynccontextmanager
async def _owner_engine(dsn: str) -> AsyncIterator[None]:
    engine = OwnerEngine(config={"dsn": dsn}, extensions=())
    scoped = piccolo_conf.DB
    piccolo_conf.DB = engine  # type: ignore[assignment]
    Migration._meta._db = engine
    try:
        yield
    finally:
        piccolo_conf.DB = scoped


async def _forwards(app: str) -> None:
    name = app.split(".")[-2]
    with contextlib.redirect_stdout(io.StringIO()):  # Piccolo prints; callers show progress themselves
        result = await ForwardsMigrationManager(app_name=name).run()
    if not result.success:
        raise RuntimeError(f"migrations of {name} failed: {result.message}")


async def _ran() -> list[str]:
    if not await Migration.table_exists().run():
        return []
    rows: list[dict[str, Any]] = await Migration.select(Migration.name).order_by(Migration.ran_on).run()
    return [row["name"] for row in rows]


def sql_migration(
    *, file: str, app: str, migration_id: str, description: str, before: str = ""
) -> MigrationManager:
    """Return a migration that runs `before`, then the `.sql` file beside the migration `file`, in one transaction."""
    manager = MigrationManager(migration_id=migration_id, app_name=app, description=description)
    text = before + Path(file).with_suffix(".sql").read_text(encoding="utf-8")

    async def run() -> None:
        current = piccolo_conf.DB.current_transaction.get()
        assert current is not None
        await current.connection.execute(text)

    manager.add_raw(run)
    return manager
