"""docs/configuration.md, printed from the settings themselves: `python -m infra.settings_table` writes it."""

from pathlib import Path

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from infra.settings import PREFIX, Settings
from infra.settings_problems import OTHERS, choices, example

DOCUMENT = Path(__file__).parents[1] / "docs" / "configuration.md"

_HEAD = """\
# Configuration

Concordat is configured by environment variables. At start every value is checked, and every problem is
listed at once. With none of the five database addresses set it uses an embedded PostgreSQL in
`CONCORDAT_DATA_DIR`, which is for demo and tests; `concordat migrate --print-logins` prints the SQL that
prepares a server of your own (PostgreSQL 18 or newer).

A variable that begins with `CONCORDAT_` and is not in this table stops the start, and the setting that was
probably meant is named. Let through are only what Kubernetes says of the services of a namespace, and what the
Makefile and the tests read: {others}.

This page is printed by `make snapshots` from `infra/settings.py`.

| variable | what it is | default | example |
|---|---|---|---|
"""


def configuration_page() -> str:
    """The whole page in Markdown."""
    others = ", ".join(f"`{PREFIX}{name}`" for name in sorted(OTHERS))
    return _HEAD.format(others=others) + "".join(_row(name, field) for name, field in Settings.model_fields.items())


def write() -> None:
    """Write the page where the documentation keeps it."""
    DOCUMENT.parent.mkdir(exist_ok=True)
    DOCUMENT.write_text(configuration_page())


def _row(name: str, field: FieldInfo) -> str:
    options = " or ".join(f"`{choice}`" for choice in choices(Settings, name))
    described = f"{field.description} ({options})" if options else str(field.description)
    shown = example(Settings, name) if field.examples else ""
    cells = (f"`{PREFIX}{name.upper()}`", described, _code(_default(field)), _code(shown))
    return f"| {' | '.join(cells)} |\n"


def _default(field: FieldInfo) -> str:
    if field.default is None or isinstance(field.default, SecretStr):
        return ""
    return str(field.default).lower() if isinstance(field.default, bool) else str(field.default)


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


if __name__ == "__main__":
    write()
