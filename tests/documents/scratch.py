"""A migrated database for a printer: made, read and gone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from infra.database.migrate import migrate
from infra.postgres import embedded
from tests.support.data_folder import temporary_data_folder


@asynccontextmanager
async def scratch_database() -> AsyncIterator[asyncpg.Connection]:
    """Yield a superuser's connection to a database that has every migration and no row."""
    with temporary_data_folder() as folder:
        server = embedded.start(folder, durable=False)
        await migrate(server.dsn("concordat_owner"))
        connection = await asyncpg.connect(server.superuser_dsn(database="concordat"))
        try:
            yield connection
        finally:
            await connection.close()
