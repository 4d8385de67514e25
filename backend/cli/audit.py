"""`concordat audit`: whether the audit chains are whole, and one chain as a file."""

import sys
from pathlib import Path

import rich_click as click
from rich.progress import Progress

from backend.cli.console import CONSOLE
from backend.cli.errors import CommandError
from backend.cli.operator import run


@click.group()
def audit() -> None:
    """The audit chains: one for each area, and one (`platform`) for the service and for national work."""


@audit.command()
@click.argument("area", required=False)
def verify(*, area: str | None) -> None:
    """Verify the chain of AREA (its web name, or `platform`), or of every area.

    Names the first broken link of each chain and ends with exit code 1 when there is one.
    """
    from backend.cli import audit_work

    with Progress(console=CONSOLE) as progress:
        task = progress.add_task("Verifying", total=None)
        broken = run(
            lambda: audit_work.verify(
                area, on_progress=lambda done, total: progress.update(task, completed=done, total=total)
            )
        )
        progress.update(task, description="Verified")
    if broken:
        raise CommandError("\n".join(broken))
    CONSOLE.print("Every entry is linked to the one before it, and no link is broken.")


@audit.command()
@click.argument("area")
@click.option("--to", "file", type=click.Path(dir_okay=False, path_type=Path), help="A file; standard output if none.")
def export(*, area: str, file: Path | None) -> None:
    """Write the whole trail of AREA (its web name, or `platform`) as CSV, oldest first. The export is an entry too."""
    from backend.cli import audit_work

    body = run(lambda: audit_work.export(area))
    if file is None:
        sys.stdout.buffer.write(body)
        return
    file.write_bytes(body)
    CONSOLE.print(f"Written to {file}.", markup=False)


