"""The rules of the house, read from the files themselves, so that the hundredth capability still keeps them."""

import ast
import re
import statistics
from pathlib import Path

import pytest

from tests.shape.files import PACKAGES, ROOT, committed, named, python_files, text_of

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
MEDIAN_FILE = 90

MACHINE_PATH = re.compile(r"(?<![\w./-])/(work|home|root|Users)/[\w.-]+")
REGISTRY = re.compile(
    r"--(extra-)?index-url\s+\S|--find-links\s+\S|registry\.npmjs\.org|registry\.yarnpkg\.com|files\.pythonhosted\.org"
    r"|pypi\.org/simple|registry\s*=\s*https?:|\"resolved\":"
)
BESIDE_THE_FIVE = {
    ".ci",
    ".gitignore",
    "CONTRIBUTING.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "docs",
    "pyproject.toml",
}


def test_the_graphql_folder_is_not_a_package() -> None:
    assert not (ROOT / "graphql" / "__init__.py").exists(), "`import graphql` must stay graphql-core"


def test_the_house_has_five_rooms_and_little_beside() -> None:
    top = {path.relative_to(ROOT).parts[0] for path in committed()}
    assert top - BESIDE_THE_FIVE == {*PACKAGES, "graphql"}


@pytest.mark.parametrize("package", [*PACKAGES, "graphql/concordat_graphql"])
def test_every_folder_with_code_is_a_package(package: str) -> None:
    inside = [path for path in python_files() if path.is_relative_to(ROOT / package)]
    folders = {folder for path in inside for folder in _folders(path, above=ROOT / package)}
    assert [named(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


def test_no_file_is_too_long_to_read() -> None:
    long = {named(path): lines for path in python_files() if (lines := _lines(path)) > LONGEST_FILE}
    assert long == {}


def test_most_files_fit_on_two_screens() -> None:
    filled = [lines for path in python_files() if (lines := _lines(path)) > 0]
    assert statistics.median(filled) < MEDIAN_FILE


def test_no_function_is_too_long_to_hold_in_mind() -> None:
    long = {
        f"{named(path)}: {node.name}": length
        for path in python_files()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    }
    assert long == {}


def test_every_module_says_what_it_is() -> None:
    silent = [
        named(path)
        for path in python_files()
        if path.read_text().strip() and ast.get_docstring(ast.parse(path.read_text())) is None
    ]
    assert silent == []


def test_no_file_names_a_machine_or_a_registry() -> None:
    itself = Path(__file__)
    found = {
        named(path): match.group()
        for path in committed()
        if path != itself and (text := text_of(path)) is not None
        for match in [MACHINE_PATH.search(text) or REGISTRY.search(text)]
        if match is not None
    }
    assert found == {}


def test_every_locked_package_has_a_hash() -> None:
    for name in ("runtime.txt", "dev.txt"):
        text = (ROOT / "infra" / "requirements" / name).read_text()
        entries = re.split(r"\n(?=[a-zA-Z0-9])", text)
        unlocked = [entry.split()[0] for entry in entries if "==" in entry and "--hash=sha256:" not in entry]
        assert unlocked == [], name


def test_no_third_party_asset_is_committed() -> None:
    ending = (".woff", ".woff2", ".ttf", ".otf", ".min.js", ".min.css")
    assert [named(path) for path in committed() if path.name.endswith(ending)] == []


def _folders(path: Path, *, above: Path) -> list[Path]:
    return [folder for folder in path.parents if folder.is_relative_to(above)]


def _lines(path: Path) -> int:
    return len(path.read_text().splitlines())
