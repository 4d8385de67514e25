"""Runs the SQL beside it."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from infra.database.migrate import sql_migration

ID = "cooperation_0012"
VERSION = "1.38.0"
DESCRIPTION = "the older way to send a return is gone"


async def forwards() -> MigrationManager:
    """Return the migration: the SQL file beside this one."""
    return sql_migration(file=__file__, app="cooperation", migration_id=ID, description=DESCRIPTION)
