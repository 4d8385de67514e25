"""Makes the tables of the broker, as its library writes them, then runs the SQL beside it."""

from dramatiq_postgres import generate_init_sql
from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from infra.database.migrate import sql_migration

ID = "queue_0001"
VERSION = "1.38.0"
DESCRIPTION = "initial"


async def forwards() -> MigrationManager:
    """Return the migration: the broker's schema, then the SQL file beside this one."""
    return sql_migration(
        file=__file__, app="queue", migration_id=ID, description=DESCRIPTION, before=generate_init_sql()
    )
