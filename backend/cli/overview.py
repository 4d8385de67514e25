"""`concordat overview`: whether the national table says what the areas' records say."""

import rich_click as click
from rich.progress import Progress

from backend.cli.console import CONSOLE
from backend.cli.errors import CommandError
from backend.cli.operator import run


@click.group()
def overview() -> None:
    """The rows of the national table, which the worker keeps as the records behind them change."""


@overview.command()
@click.argument("area", required=False)
def verify(*, area: str | None) -> None:
    """Compare the rows of AREA (its web name), or of every area, with the records, as the worker does every night.

    Names each row that was wrong, puts it right, and ends with exit code 1 when there was one; the platform
    administrators are written to as well.
    """
    from backend.cli import overview_work

    with Progress(console=CONSOLE) as progress:
        task = progress.add_task("Comparing", total=None)
        wrong = run(
            lambda: overview_work.verify(
                area, on_progress=lambda done, total: progress.update(task, completed=done, total=total)
            ),
            logins=("worker",),
        )
        progress.update(task, description="Compared")
    if wrong:
        raise CommandError("\n".join(wrong))
    CONSOLE.print("Every row that was shown says what the records say.")
