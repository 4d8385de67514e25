"""Runs the SQL beside it."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from infra.database.migrate import sql_migration

ID = "tenancy_0014"
VERSION = "1.38.0"
DESCRIPTION = "a session changes nothing of its account that has ended; sign-in tokens are kept sealed"


async def forwards() -> MigrationManager:
    """Return the migration: the SQL file beside this one."""
    return sql_migration(file=__file__, app="tenancy", migration_id=ID, description=DESCRIPTION)
