"""What a command shows while it works: a moving line at a terminal, one plain line for each step in a log."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console

CONSOLE = Console(highlight=False, soft_wrap=True)

Say = Callable[[str], None]


@contextmanager
def step(title: str, *, console: Console = CONSOLE) -> Iterator[Say]:
    """Show that `title` is being done, and how long it took; the function inside says how far it is."""
    began = time.monotonic()
    with console.status(f"{title} …") as status:
        yield lambda detail: status.update(f"{title}: {detail}")
    console.print(f"[green]✓[/] {title} [dim]{time.monotonic() - began:.1f} s[/]")
