"""A nation is built once, and one that was cut off counts as none."""

from pathlib import Path

import pytest

from backend.cli import demo_nation
from backend.cli.demo_run import _begin
from backend.cli.errors import CommandError
from infra.settings import Settings

ISSUER = "http://127.0.0.1:8010"


class CutOff(Exception):
    """The power went."""


def _write(data_dir: Path, text: str) -> None:
    (data_dir / "nation.json").write_text(text)
    (data_dir / "mail").mkdir()


def test_a_new_folder_has_no_nation(tmp_path: Path) -> None:
    assert demo_nation.record_of(tmp_path) is None


@pytest.mark.parametrize("text", ['{"whole": false, "issuer": "http://127.0.0.1:8010"}', "{", "[]"])
def test_a_half_built_nation_is_cleared_away(tmp_path: Path, text: str) -> None:
    _write(tmp_path, text)
    _begin(tmp_path, issuer=ISSUER, fresh=False)
    assert demo_nation.record_of(tmp_path) is None
    assert not (tmp_path / "mail").exists()


def test_a_whole_nation_stays_unless_a_fresh_one_is_asked_for(tmp_path: Path) -> None:
    _write(tmp_path, f'{{"whole": true, "issuer": "{ISSUER}"}}')
    _begin(tmp_path, issuer=ISSUER, fresh=False)
    assert (tmp_path / "mail").exists()
    _begin(tmp_path, issuer=ISSUER, fresh=True)
    assert demo_nation.record_of(tmp_path) is None


def test_a_nation_that_signs_in_elsewhere_is_told(tmp_path: Path) -> None:
    _write(tmp_path, '{"whole": true, "issuer": "http://127.0.0.1:9999"}')
    with pytest.raises(CommandError, match=r"sign in at http://127\.0\.0\.1:9999.*--fresh"):
        _begin(tmp_path, issuer=ISSUER, fresh=False)


def test_a_build_that_fails_leaves_a_record_that_is_not_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def cut_off(*_arguments: object, **_named: object) -> None:
        raise CutOff

    monkeypatch.setattr(demo_nation, "_build", cut_off)
    settings = Settings(data_dir=tmp_path)
    with pytest.raises(CutOff):
        demo_nation.build(
            demo_nation, settings=settings, issuer=ISSUER, progress=lambda *_: None  # type: ignore[arg-type]
        )
    record = demo_nation.record_of(tmp_path)
    assert record is not None
    assert not record.whole
