"""Every migration runs: Piccolo keeps one of two that share an id, and says nothing of the other."""

from __future__ import annotations

import importlib.util
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(file for top in ("tenants", "infra") for file in ROOT.glob(f"{top}/**/migrations/*_0*.py"))


def id_of(file: Path) -> str:
    spec = importlib.util.spec_from_file_location(file.stem, file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return str(module.ID)


def number_of(file: Path) -> str:
    return "_".join(file.stem.split("_")[:2])


def test_no_two_migrations_share_an_id() -> None:
    assert len(FILES) > 10
    assert [found for found, times in Counter(map(id_of, FILES)).items() if times > 1] == []


def test_no_two_migrations_of_a_folder_share_a_number() -> None:
    assert [found for found, times in Counter(map(number_of, FILES)).items() if times > 1] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_an_id_begins_with_the_number_of_its_file_and_the_sql_is_beside_it(file: Path) -> None:
    assert id_of(file).startswith(number_of(file))
    assert file.with_suffix(".sql").exists()
