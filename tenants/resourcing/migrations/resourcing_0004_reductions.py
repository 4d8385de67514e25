"""Runs the SQL beside it."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from infra.database.migrate import sql_migration

ID = "resourcing_0004"
VERSION = "1.38.0"
DESCRIPTION = "a contribution is reduced to what comes"


async def forwards() -> MigrationManager:
    """Return the migration: the SQL file beside this one."""
    return sql_migration(file=__file__, app="resourcing", migration_id=ID, description=DESCRIPTION)
