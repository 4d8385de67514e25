"""`concordat migrate`: bring the database to this version."""

import asyncio

import rich_click as click

from backend.cli.console import CONSOLE, step
from backend.cli.errors import CommandError
from infra.local import ready_settings
from infra.settings import Settings


@click.command()
@click.option("--print-logins", is_flag=True, help="Only print the SQL that a superuser runs once to prepare a server.")
def migrate(*, print_logins: bool) -> None:
    """Bring the database to this version's tables, and give it the key that signs tenant contexts.

    Runs as CONCORDAT_DATABASE_OWNER_URL. Safe to run from several machines at once: one does the work.
    """
    if print_logins:
        from infra.postgres.provision import script  # whose driver a web process never needs

        click.echo(script())
        return
    with ready_settings() as settings:
        with step("Migrations"):
            applied = asyncio.run(bring_up_to_date(settings))
    CONSOLE.print(f"{len(applied)} ran: {', '.join(applied)}" if applied else "Nothing to do.")


async def bring_up_to_date(settings: Settings) -> list[str]:
    """Migrate and install the context key; return the names of the migrations that ran now.

    Raises `UnsupportedServerError`, or `CommandError` when a migration fails.
    """
    from infra.database.migrate import migrate as run_migrations  # Piccolo takes a while to import
    from tenants.tenancy.context import install_key

    owner = settings.dsn("owner")
    try:
        applied = await run_migrations(owner)
    except RuntimeError as error:
        if type(error) is RuntimeError:
            raise CommandError(f"The database could not be brought up to date: {error}") from error
        raise
    key = bytes.fromhex(settings.context_key.get_secret_value())
    await install_key(owner, kid=settings.context_key_id, key=key)
    return applied
