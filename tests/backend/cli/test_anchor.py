"""`concordat audit anchor` and `concordat audit verify --against`: what an area does with a file it has kept."""

from __future__ import annotations

import subprocess
from pathlib import Path

from infra.database import sql
from tenants.audit.rules import public_key_of
from tenants.audit.service import PLATFORM, record
from tenants.tenancy.scope import system_scope, tenant_scope
from tests.backend.cli.runner import concordat, settings_of
from tests.support.cluster import Cluster
from tests.support.world import AreaMade, make_area, manager
from tests.tenants.audit.rewriting import rewrite

SEED = bytes(range(32))
OTHER = bytes(32)
Done = subprocess.CompletedProcess[str]


def audit(cluster: Cluster, *arguments: str, key: bytes | None = SEED, folder: Path) -> Done:
    keys = {} if key is None else {"ANCHOR_KEY": key.hex()}
    return concordat("audit", *arguments, data_dir=folder, **settings_of(cluster), **keys)


async def written() -> AreaMade:
    area = await make_area()
    by = manager(area)
    async with tenant_scope(by):
        await record(by=by, area_id=area.id, action="board.link", subject=("board", 1), reason="As it was")
    return area


def anchored(cluster: Cluster, folder: Path) -> str:
    done = audit(cluster, "anchor", "--to", str(folder / "kept"), folder=folder)
    [file] = (folder / "kept").iterdir()
    assert done.stdout == f"Written to {file}.\nPublic key: {public_key_of(SEED)}\n", done.stderr
    return str(file)


async def test_a_chain_that_was_written_anew_is_named_by_the_anchor_alone(database: Cluster, tmp_path: Path) -> None:
    area = await written()
    file = anchored(database, tmp_path)
    whole = audit(database, "verify", area.slug, "--against", file, folder=tmp_path)
    assert "Each chain contains the end that it had" in whole.stdout
    assert "no link is broken" in whole.stdout

    await rewrite(
        database, area_id=area.id, change=f"update audit.event set reason = 'x' where area_id = {area.id} and seq = 1"
    )
    assert audit(database, "verify", area.slug, folder=tmp_path).returncode == 0
    named = audit(database, "verify", "--against", file, folder=tmp_path)
    assert named.returncode == 1
    [line] = [line for line in named.stderr.splitlines() if line.startswith(f"{area.slug}:")]
    assert line.startswith(f"{area.slug}: entry 1, where the chain ended on ")
    assert line.endswith("is not in it any more: it was cut or written anew.")


async def test_a_folder_that_cannot_be_made_is_a_sentence_and_no_anchor_is_told_of(
    database: Cluster, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    before = await anchors_told()
    done = audit(database, "anchor", "--to", str(tmp_path / "file" / "kept"), folder=tmp_path)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert f"{tmp_path / 'file'}" in done.stderr
    assert await anchors_told() == before


async def anchors_told() -> object:
    async with system_scope("a look", powers=["platform"]):
        return await sql.fetch_value(
            "select count(*) from audit.event where area_id = $1 and action = 'audit.anchor'", PLATFORM
        )


async def test_a_file_that_another_key_signed_proves_nothing(database: Cluster, tmp_path: Path) -> None:
    await written()
    file = anchored(database, tmp_path)
    refused = audit(database, "verify", "platform", "--against", file, key=OTHER, folder=tmp_path)
    assert refused.returncode == 1
    assert "proves nothing. It was changed after it was signed, or signed with another key." in refused.stderr
    known = ("--against", file, "--public-key", public_key_of(SEED))
    assert audit(database, "verify", "platform", *known, key=None, folder=tmp_path).returncode == 0


async def test_an_area_that_was_not_there_yet_is_told_so(database: Cluster, tmp_path: Path) -> None:
    await written()
    file, later = anchored(database, tmp_path), await written()
    refused = audit(database, "verify", later.slug, "--against", file, folder=tmp_path)
    assert refused.stderr == f"This anchor says nothing of {later.slug}: its chain had no entry then.\n"


def test_without_a_key_it_says_which_setting_is_missing(database: Cluster, tmp_path: Path) -> None:
    refused = audit(database, "anchor", key=None, folder=tmp_path)
    assert refused.returncode == 1
    assert refused.stderr.startswith("CONCORDAT_ANCHOR_KEY is not set.")
