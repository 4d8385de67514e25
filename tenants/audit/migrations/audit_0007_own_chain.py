"""Runs the SQL beside it."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from infra.database.migrate import sql_migration

ID = "audit_0007"
VERSION = "1.38.0"
DESCRIPTION = "a chain is verified for who may read it"


async def forwards() -> MigrationManager:
    """Return the migration: the SQL file beside this one."""
    return sql_migration(file=__file__, app="audit", migration_id=ID, description=DESCRIPTION)
