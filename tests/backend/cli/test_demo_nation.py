"""A nation is built once, and one that was cut off counts as none."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import cast

import pytest

from backend.cli import demo_identity, demo_nation
from backend.cli.demo_nation import NationBuilder
from backend.cli.demo_run import _begin
from backend.cli.errors import CommandError
from infra.settings import Settings

ADDRESS, AGENCIES = "http://127.0.0.1:8010", "http://127.0.0.1:8020"


def test_a_nation_whose_agencies_answered_elsewhere_is_told(tmp_path: Path) -> None:
    _write(tmp_path, f'{{"whole": true, "identity_url": "{ADDRESS}", "agencies_url": "http://127.0.0.1:9999"}}')
    with pytest.raises(CommandError, match=r"linked to agencies at http://127\.0\.0\.1:9999.*--fresh"):
        _begin(tmp_path, identity_url=ADDRESS, agencies_url=AGENCIES, fresh=False)


class CutOff(Exception):
    """The power went."""


def _write(data_dir: Path, text: str) -> None:
    (data_dir / "nation.json").write_text(text)
    (data_dir / "mail").mkdir()


def test_a_new_folder_has_no_nation(tmp_path: Path) -> None:
    assert demo_nation.record_of(tmp_path) is None


@pytest.mark.parametrize("text", ['{"whole": false, "identity_url": "http://127.0.0.1:8010"}', "{", "[]"])
def test_a_half_built_nation_is_cleared_away(tmp_path: Path, text: str) -> None:
    _write(tmp_path, text)
    _begin(tmp_path, identity_url=ADDRESS, agencies_url=AGENCIES, fresh=False)
    assert demo_nation.record_of(tmp_path) is None
    assert not (tmp_path / "mail").exists()


def test_a_whole_nation_stays_unless_a_fresh_one_is_asked_for(tmp_path: Path) -> None:
    _write(tmp_path, f'{{"whole": true, "identity_url": "{ADDRESS}"}}')
    _begin(tmp_path, identity_url=ADDRESS, agencies_url=AGENCIES, fresh=False)
    assert (tmp_path / "mail").exists()
    _begin(tmp_path, identity_url=ADDRESS, agencies_url=AGENCIES, fresh=True)
    assert demo_nation.record_of(tmp_path) is None


def test_a_nation_that_signs_in_elsewhere_is_told(tmp_path: Path) -> None:
    _write(tmp_path, '{"whole": true, "identity_url": "http://127.0.0.1:9999"}')
    with pytest.raises(CommandError, match=r"sign in at http://127\.0\.0\.1:9999.*--fresh"):
        _begin(tmp_path, identity_url=ADDRESS, agencies_url=AGENCIES, fresh=False)


class UnluckyBuilder:
    """A builder that is cut off half-way."""

    async def build(self, **_named: object) -> None:
        raise CutOff


def test_a_build_that_fails_leaves_a_record_that_is_not_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo_nation, "database", _no_database)
    with pytest.raises(CutOff):
        demo_nation.build(
            cast(NationBuilder, UnluckyBuilder()),
            settings=Settings(data_dir=tmp_path),
            identity_url=ADDRESS,
            client_secret="s",
            agencies_url=AGENCIES,
            progress=lambda *_: None,
        )
    record = demo_nation.record_of(tmp_path)
    assert record is not None
    assert not record.whole


@asynccontextmanager
async def _no_database(*_arguments: object, **_named: object) -> AsyncIterator[None]:
    yield


def test_the_web_and_the_provider_keep_one_secret(tmp_path: Path) -> None:
    demo_identity.write(tmp_path, nation=None, base_url="http://127.0.0.1:8000")
    first = demo_identity.client_secret(tmp_path)
    demo_identity.write(tmp_path, nation=None, base_url="http://127.0.0.1:8001")
    assert demo_identity.client_secret(tmp_path) == first
    assert json.loads((demo_identity.folder(tmp_path) / "people.json").read_text()) == []
