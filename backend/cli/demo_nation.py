"""The demo's invented nation: built once for each data folder, and begun again when building was cut off.

`backend.demo` builds it: `await build(issuer=…, progress=…)`, through the services, with the engine open; and
`people()` answers who may sign in, as `(name, what they do)`.
"""

import asyncio
import importlib
import importlib.util
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, cast

from backend.cli.database import database
from infra.settings import Settings

BUILDER = "backend.demo"

Progress = Callable[[int, int, str], None]


class NationBuilder(Protocol):
    """What `backend.demo` offers. `progress` takes what is done, out of how much, and what it is."""

    build: Callable[..., Awaitable[None]]
    people: Callable[[], Sequence[tuple[str, str]]]


@dataclass(frozen=True, kw_only=True)
class NationRecord:
    """What the data folder says of its nation: whether it is whole, and the issuer its people sign in with."""

    whole: bool
    issuer: str


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
        return NationRecord(whole=bool(content["whole"]), issuer=str(content["issuer"]))
    except (ValueError, KeyError, TypeError):
        return NationRecord(whole=False, issuer="")


def build(nation: NationBuilder, *, settings: Settings, issuer: str, progress: Progress) -> None:
    """Build the nation; its record says that it is whole only once that is so."""
    _keep(settings.data_dir, NationRecord(whole=False, issuer=issuer))
    asyncio.run(_build(nation, settings=settings, issuer=issuer, progress=progress))
    _keep(settings.data_dir, NationRecord(whole=True, issuer=issuer))


async def _build(nation: NationBuilder, *, settings: Settings, issuer: str, progress: Progress) -> None:
    async with database(settings, logins=("app", "worker", "national", "public")):
        await nation.build(issuer=issuer, progress=progress)


def _keep(data_dir: Path, record: NationRecord) -> None:
    scratch = data_dir / "nation.json.new"
    scratch.write_text(json.dumps({"whole": record.whole, "issuer": record.issuer}))
    scratch.replace(data_dir / "nation.json")
