"""The Jinja environment: GOV.UK macros, our own macros, and one `templates/` folder for each capability."""

from __future__ import annotations

from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    select_autoescape,
)

from backend.web import conflicts, formats
from backend.web.devices import device
from backend.web.tenancy.words import said

HERE = Path(__file__).parent


class _Templates(Environment):
    """The environment with its globals settled: a chain of maps is compared key by key at each macro imported."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **(d or {})}


def make_environment(*, extra: dict[str, Path] | None = None) -> Environment:
    """Returns the environment; `backend/web/resourcing/templates/x.html` is named `resourcing/x.html`.

    `extra` adds folders under a prefix (the component gallery of the tests). Undefined stays lenient because the
    GOV.UK macros need it; data is strict instead, see `strict`.
    """
    environment = _Templates(
        loader=_loader({**_capability_folders(), **(extra or {})}),
        autoescape=select_autoescape(default=True),
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=1000,
    )
    environment.filters.update(
        money=formats.money,
        date=formats.long_date,
        day=formats.day,
        instant=formats.instant,
        number=formats.number,
        said=said,
        device=device,
    )
    environment.globals.update(percent=formats.percent, plural=formats.plural)
    environment.globals.update(saved_now=conflicts.saved_now, is_conflict=conflicts.is_conflict)
    return environment


def _loader(folders: dict[str, Path]) -> BaseLoader:
    prefixes: dict[str, BaseLoader] = {name: FileSystemLoader(path) for name, path in folders.items()}
    prefixes["govuk_frontend_jinja"] = PackageLoader("govuk_frontend_jinja")
    return ChoiceLoader([FileSystemLoader(HERE / "templates"), PrefixLoader(prefixes)])


def _capability_folders() -> dict[str, Path]:
    return {path.parent.name: path for path in sorted(HERE.glob("*/templates")) if path.is_dir()}
