"""Runs the SQL beside it."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from infra.database.migrate import sql_migration

ID = "cooperation_0010"
VERSION = "1.38.0"
DESCRIPTION = "the functions that count are only for their own triggers"


async def forwards() -> MigrationManager:
    """Return the migration: the SQL file beside this one."""
    return sql_migration(file=__file__, app="cooperation", migration_id=ID, description=DESCRIPTION)
