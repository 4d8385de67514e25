"""The settings of a command on this machine: with no database address, those of the embedded server."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from infra.postgres.secrets_file import load_or_create
from infra.settings import PREFIX, Settings, load_settings

if TYPE_CHECKING:  # its driver is 20 MB, which a process on a server of its own never needs
    from infra.postgres.embedded import EmbeddedServer

KEYS = ("SECRET_KEY", "CONTEXT_KEY", "ANCHOR_KEY")


@contextmanager
def ready_settings() -> Iterator[Settings]:
    """The settings to work with. When they are embedded, the server runs meanwhile, and `os.environ` names it
    for whoever calls `load_settings()`; a server that ran before keeps running.

    Raises `SettingsError` or `EmbeddedError`.
    """
    settings = load_settings()
    if not settings.is_embedded:
        yield settings
        return
    from infra.postgres import embedded

    was_running = embedded.is_running(settings.data_dir)
    server = embedded.start(settings.data_dir)
    try:
        os.environ.update(embedded_environment(server, data_dir=settings.data_dir))
        yield load_settings()
    finally:
        if not was_running:
            server.stop()


def embedded_environment(server: "EmbeddedServer", *, data_dir: Path) -> dict[str, str]:
    """The variables that tell a process of the embedded server, with the keys kept in `data_dir`.

    A key that is set in the environment already is the one that counts.
    """
    kept = load_or_create(data_dir / "keys.json", names=KEYS)
    keys = {f"{PREFIX}{name}": os.environ.get(f"{PREFIX}{name}") or key for name, key in kept.items()}
    return server.environment() | keys | {f"{PREFIX}DATA_DIR": str(data_dir.absolute())}
