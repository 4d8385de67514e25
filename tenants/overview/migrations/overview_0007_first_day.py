"""Runs the SQL beside it."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from infra.database.migrate import sql_migration

ID = "overview_0007"
VERSION = "1.38.0"
DESCRIPTION = "the first day on which a kept row no longer holds has an index"


async def forwards() -> MigrationManager:
    """Return the migration: the SQL file beside this one."""
    return sql_migration(file=__file__, app="overview", migration_id=ID, description=DESCRIPTION)
