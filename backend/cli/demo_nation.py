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

    async def build(
        self, *, settings: Settings, identity_url: str, client_secret: str, agencies_url: str, progress: Progress
    ) -> None:
        """Fill an empty, migrated database through the services; the engine is open on every login but the
        owner's, and the agencies answer. `progress` takes what is done, out of how much, and what it is."""

    def agencies(self, *, data_dir: Path) -> Mapping[str, Any]:
        """What the agencies' invented systems hold of the nation, as their `--nation` file has it."""

    def identity_people(self) -> Sequence[Mapping[str, Any]]:
        """The people of the identity provider, as in its `--people` file."""

    def identity_clients(self, *, base_url: str, client_secret: str) -> Sequence[Mapping[str, Any]]:
        """The clients of the identity provider, as in its `--clients` file; `base_url` is the web's."""

    def introductions(self) -> Sequence[tuple[str, str]]:
        """A few people worth signing in as: name, and what they do."""


@dataclass(frozen=True, kw_only=True)
class NationRecord:
    """What the data folder says of its nation: whether it is whole, where its people sign in, and where its agencies
    answer (empty for a nation that is older than they are)."""

    whole: bool
    identity_url: str
    agencies_url: str = ""


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
        whole, agencies_url = bool(content["whole"]), str(content.get("agencies_url", ""))
        return NationRecord(whole=whole, identity_url=str(content["identity_url"]), agencies_url=agencies_url)
    except (ValueError, KeyError, TypeError):
        return NationRecord(whole=False, identity_url="")


def write_agencies(data_dir: Path, *, nation: NationBuilder | None) -> None:
    """Write what the agencies hold; they read it when they start."""
    agencies_file(data_dir).parent.mkdir(parents=True, exist_ok=True)
    holds = {} if nation is None else nation.agencies(data_dir=data_dir)
    agencies_file(data_dir).write_text(json.dumps(holds, indent=1))


def agencies_file(data_dir: Path) -> Path:
    """Where the agencies' file lies."""
    return data_dir / "agencies" / "nation.json"


def registered_file(data_dir: Path) -> Path:
    """Where the NHS platform's invented developer portal keeps who registered: the building of the nation does."""
    return data_dir / "agencies" / "nhs-applications.json"


def build(
    nation: NationBuilder,
    *,
    settings: Settings,
    identity_url: str,
    client_secret: str,
    agencies_url: str,
    progress: Progress,
) -> None:
    """Build the nation; its record says that it is whole only once that is so."""

    async def work() -> None:
        async with database(settings, logins=("app", "worker", "national", "public")):
            await nation.build(
                settings=settings,
                identity_url=identity_url,
                client_secret=client_secret,
                agencies_url=agencies_url,
                progress=progress,
            )

    _keep(settings.data_dir, NationRecord(whole=False, identity_url=identity_url, agencies_url=agencies_url))
    asyncio.run(work())
    _keep(settings.data_dir, NationRecord(whole=True, identity_url=identity_url, agencies_url=agencies_url))


def _keep(data_dir: Path, record: NationRecord) -> None:
    scratch = data_dir / "nation.json.new"
    scratch.write_text(json.dumps(asdict(record)))
    scratch.replace(data_dir / "nation.json")
