"""Who may import whom: the contracts of pyproject.toml, and a capability's tables being its own."""

from functools import cache

import grimp
import pytest
from importlinter.cli import lint_imports

from tests.shape.files import ROOT, committed

ROOM_PACKAGES = ("backend", "concordat_graphql", "integrations", "tenants", "infra")
TABLES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for path in committed()
    if path.name == "tables.py" and path.is_relative_to(ROOT / "tenants")
)


@cache
def _graph() -> grimp.ImportGraph:
    return grimp.build_graph(*ROOM_PACKAGES)


def test_every_import_contract_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    broken = lint_imports(str(ROOT / "pyproject.toml"), no_logo=True)
    assert broken == 0, capsys.readouterr().out


@pytest.mark.parametrize("tables", TABLES)
def test_tables_are_private_to_their_capability(tables: str) -> None:
    capability = ".".join(tables.split(".")[:2])
    importers = _graph().find_modules_that_directly_import(tables)
    strangers = sorted(name for name in importers if not name.startswith(f"{capability}."))
    assert strangers == [], f"call {capability}.service or {capability}.queries instead of its tables"


def test_no_module_of_ours_imports_the_tests() -> None:
    graph = grimp.build_graph(*ROOM_PACKAGES, "tests")
    importers = {
        importer
        for module in graph.find_descendants("tests") | {"tests"}
        for importer in graph.find_modules_that_directly_import(module)
    }
    assert sorted(name for name in importers if name.split(".")[0] != "tests") == []
