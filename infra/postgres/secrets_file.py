"""A small file of generated secrets (mode 0600) in the data folder; kept between starts."""

import json
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from infra.postgres.errors import EmbeddedError


def load_or_create(path: Path, *, names: Iterable[str]) -> dict[str, str]:
    """The secret for every name: those in the file, and new random ones (hex, 256 bits) for the others.

    Raises `EmbeddedError` when the file is there but cannot be read as one.
    """
    kept = _read(path) if path.exists() else {}
    wanted = {name: kept.get(name) or secrets.token_hex(32) for name in names}
    if wanted.items() - kept.items():
        _write(path, kept | wanted)
    return wanted


def _read(path: Path) -> dict[str, str]:
    try:
        content = json.loads(path.read_text())
    except (OSError, ValueError) as error:
        raise EmbeddedError(
            f"{path} cannot be read ({error}). Mend its permissions, or remove it to have new passwords made."
        ) from error
    return {str(name): str(secret) for name, secret in content.items()}


def _write(path: Path, content: dict[str, str]) -> None:
    scratch = path.with_suffix(".new")
    descriptor = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(content, file, indent=1)
    scratch.replace(path)
