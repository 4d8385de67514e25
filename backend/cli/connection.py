"""`concordat connection`: the keys with which we sign for an agency. Everything else is on the pages."""

from uuid import UUID

import rich_click as click
from rich.table import Table

from backend.cli.console import CONSOLE
from backend.cli.errors import CommandError
from backend.cli.operator import as_operator


@click.group()
def connection() -> None:
    """Connections to agencies: list the national ones, make the next signing key of one."""


@connection.command(name="list")
def list_() -> None:
    """List the national connections, and from where an agency fetches the keys of those that sign."""
    from backend.cli import connection_work

    table = Table("Id", "Name", "System", "State", "Keys")
    for cells in as_operator(connection_work.lines):
        table.add_row(*cells)
    CONSOLE.print(table if table.row_count else "No national connection yet. A platform administrator links one.")


@connection.command(name="rotate-signing-key")
@click.argument("connection_id", metavar="ID")
@click.option("--at-once", is_flag=True, help="After a leak: withdraw every older key now.")
def rotate_signing_key(*, connection_id: str, at_once: bool) -> None:
    """Make the next signing key of the connection ID.

    The first key signs at once. A later one is published now and signs in 70 minutes; the one before it stays
    published for 70 minutes after that, so that an agency that keeps our key set for an hour never refuses us. With
    --at-once such an agency refuses us until it fetches the set again.
    """
    from backend.cli import connection_work

    try:
        which = UUID(connection_id)
    except ValueError:
        raise CommandError("Give the connection's id, as `concordat connection list` shows it.") from None
    rotated = as_operator(lambda by: connection_work.rotate(by, which, at_once=at_once))
    CONSOLE.print(f"Key {rotated.kid} signs from {rotated.signs_from:%d %B %Y %H:%M} UTC.", markup=False)
    CONSOLE.print(f"It is published below this service's address at {rotated.path}", markup=False, soft_wrap=True)
