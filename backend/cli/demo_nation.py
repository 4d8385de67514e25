"""The demo's invented nation: built once for each data folder, and begun again when building was cut off.

The module `backend.demo` builds it; `NationBuilder` says what it offers.
"""

import asyncio
import importlib
import importlib.util
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol, cast

from backend.cli.database import database
from infra.settings import Settings

BUILDER = "backend.demo"

Progress = Callable[[int, int, str], None]


class NationBuilder(Protocol):
    """What `backend.demo` offers. Addresses have no slash at their end."""

    ISSUERS: Mapping[str, str]
    """Path segment below the identity provider's address → title of its sign-in page."""

    async def build(self, *, settings: Settings, identity_url: str, client_secret: str, progress: Progress) -> None:
        """Fill an empty, migrated database through the services; the engine is open on every login but the
        owner's. `progress` takes what is done, out of how much, and what it is."""

    def identity_people(self) -> Sequence[Mapping[str, Any]]:
        """The people of the identity provider, as in its `--people` file."""

    def identity_clients(self, *, base_url: str, client_secret: str) -> Sequence[Mapping[str, Any]]:
        """The clients of the identity provider, as in its `--clients` file; `base_url` is the web's."""

    def introductions(self) -> Sequence[tuple[str, str]]:
        """A few people worth signing in as: name, and what they do."""


@dataclass(frozen=True, kw_only=True)
class NationRecord:
    """What the data folder says of its nation: whether it is whole, and where its people sign in."""

    whole: bool
    identity_url: str


def builder() -> NationBuilder | None:
    """The module that builds the nation, or None when this checkout has none."""
    if importlib.util.find_spec(BUILDER) is None:
        return None
    return cast(NationBuilder, importlib.import_module(BUILDER))


def record_of(data_dir: Path) -> NationRecord | None:
    """The record of the nation in `data_dir`; None when there is none. An unreadable one is not whole."""
    path = data_dir / "nation.json"
    if not path.exists():
        return None
    try:
        content = json.loads(path.read_text())
        return NationRecord(whole=bool(content["whole"]), identity_url=str(content["identity_url"]))
    except (ValueError, KeyError, TypeError):
        return NationRecord(whole=False, identity_url="")


def build(
    nation: NationBuilder, *, settings: Settings, identity_url: str, client_secret: str, progress: Progress
) -> None:
    """Build the nation; its record says that it is whole only once that is so."""

    async def work() -> None:
        async with database(settings, logins=("app", "worker", "national", "public")):
            await nation.build(
                settings=settings, identity_url=identity_url, client_secret=client_secret, progress=progress
            )

    _keep(settings.data_dir, NationRecord(whole=False, identity_url=identity_url))
    asyncio.run(work())
    _keep(settings.data_dir, NationRecord(whole=True, identity_url=identity_url))


def _keep(data_dir: Path, record: NationRecord) -> None:
    scratch = data_dir / "nation.json.new"
    scratch.write_text(json.dumps(asdict(record)))
    scratch.replace(data_dir / "nation.json")
