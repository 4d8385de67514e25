"""The command line, `concordat`: one module for each command, registered here.

A new command is a module with a function decorated by `click.command`, added to `COMMANDS`. It raises
`CommandError` (or a domain error listed in `errors`) with a sentence; it never prints a traceback for
something a person can mend.
"""

import rich_click as click

from backend.cli.area import area
from backend.cli.audit import audit
from backend.cli.connection import connection
from backend.cli.demo import demo
from backend.cli.errors import told_in_a_sentence
from backend.cli.import_ import import_
from backend.cli.migrate import migrate
from backend.cli.overview import overview
from backend.cli.provider import provider
from backend.cli.reseal import reseal
from backend.cli.serve import serve
from backend.cli.user import user
from backend.cli.worker import worker

COMMANDS: tuple[click.Command, ...] = (
    demo, serve, worker, migrate, area, user, provider, connection, reseal, import_, audit, overview,
)  # fmt: skip


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def concordat() -> None:
    """Concordat: the portal in which England's child-safeguarding partnerships run their arrangements.

    Settings come from CONCORDAT_* variables (docs/configuration.md). With no database address set, commands
    work on the embedded PostgreSQL of the demo.
    """


for command in COMMANDS:
    concordat.add_command(command)


def main() -> None:
    """Run the command line; an expected error is one sentence on stderr and exit code 1."""
    with told_in_a_sentence():
        concordat()
