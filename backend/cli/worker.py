"""`concordat worker`: the process for work that happens later."""

import importlib
import sys

import rich_click as click

from infra.garbage import not_yet
from infra.local import ready_settings


@click.command()
def worker() -> None:
    """Relay the outbox and run jobs (emails, imports, sweeps) until stopped.

    On SIGTERM the jobs that have begun are finished; one that is cut off runs again elsewhere, with one effect.
    """
    with ready_settings():
        not_yet()
        sys.exit(importlib.import_module("backend.worker").main())
