"""A setting that nothing reads is a promise that nobody keeps."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from infra.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("backend", "graphql", "tenants", "integrations", "infra")
BY_LOGIN = re.compile(r"database(_[a-z]+)?_url")  #: the five addresses are read together, by the login's name


@cache
def source() -> str:
    return "\n".join(path.read_text() for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")))


@pytest.mark.parametrize("name", [name for name in Settings.model_fields if not BY_LOGIN.fullmatch(name)])
def test_every_setting_is_read_somewhere(name: str) -> None:
    assert re.search(rf"\.{name}\b", source())
