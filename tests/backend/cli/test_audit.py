"""`concordat audit`: what a superuser changed behind the application's back is named; a chain as a file."""

from pathlib import Path

import pytest

from tenants.audit.queries import last_seq
from tenants.audit.service import record
from tenants.tenancy.scope import tenant_scope
from tests.backend.cli.runner import Say, on_cluster
from tests.support.cluster import Cluster
from tests.support.queue import as_superuser
from tests.support.world import AreaMade, make_area, manager


@pytest.fixture
def say(database: Cluster, tmp_path: Path) -> Say:
    return on_cluster(database, data_dir=tmp_path)


async def written(area: AreaMade, *reasons: str) -> None:
    by = manager(area)
    async with tenant_scope(by):
        for reason in reasons:
            await record(by=by, area_id=area.id, action="board.link", subject=("board", 1), reason=reason)


async def test_a_whole_chain_is_whole(say: Say) -> None:
    area = await make_area()
    await written(area, "one", "two")
    assert "no link is broken" in say("audit", "verify", area.slug).stdout
    assert "no link is broken" in say("audit", "verify", "platform").stdout


async def test_the_first_broken_link_is_named_with_exit_code_one(database: Cluster, say: Say) -> None:
    area = await make_area()
    await written(area, "one", "two", "three")
    await as_superuser(database, "alter table audit.event disable trigger no_change")
    try:
        change = "update audit.event set reason = 'x' where area_id = $1 and seq = 2"
        await as_superuser(database, change, area.id)
        sentence = f"{area.slug}: the chain is broken at entry 2 (content changed)."
        assert say("audit", "verify", area.slug, code=1).stderr == f"{sentence}\n"
        assert sentence in say("audit", "verify", code=1).stderr.splitlines(), "and among all areas"
        await as_superuser(database, change.replace("'x'", "'two'"), area.id)
    finally:
        await as_superuser(database, "alter table audit.event enable trigger no_change")
    assert "no link is broken" in say("audit", "verify", area.slug).stdout


async def test_a_trail_is_exported_and_the_export_is_its_last_entry(say: Say, tmp_path: Path) -> None:
    area = await make_area()
    await written(area, "=1+1")
    assert "'=1+1" in say("audit", "export", area.slug).stdout
    file = tmp_path / "trail.csv"
    say("audit", "export", area.slug, "--to", str(file))
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("seq,at,actor_name")
    assert [line.split(",")[4] for line in lines[1:]] == ["board.link", "audit.export", "audit.export"]


async def test_a_file_that_cannot_be_written_is_a_sentence_and_no_entry(say: Say, tmp_path: Path) -> None:
    area = await make_area()
    await written(area, "one")
    nowhere = tmp_path / "none" / "trail.csv"
    assert say("audit", "export", area.slug, "--to", str(nowhere), code=1).stderr == (
        f"The file or folder {nowhere} cannot be used: no such file or directory.\n"
    )
    async with tenant_scope(manager(area)):
        assert await last_seq(area_id=area.id) == 1


def test_an_unknown_area_is_a_sentence(say: Say) -> None:
    assert "There is no area 'nowhere'" in say("audit", "verify", "nowhere", code=1).stderr
