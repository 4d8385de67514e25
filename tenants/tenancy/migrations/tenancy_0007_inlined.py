"""Runs the SQL beside it."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from infra.database.migrate import sql_migration

ID = "tenancy_0007_inlined"
VERSION = "1.38.0"
DESCRIPTION = "functions of shapes that are written into the query"


async def forwards() -> MigrationManager:
    """Return the migration: the SQL file beside this one."""
    return sql_migration(file=__file__, app="tenancy", migration_id=ID, description=DESCRIPTION)
