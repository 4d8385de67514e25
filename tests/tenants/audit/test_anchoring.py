"""Anchors: who may see where chains end, what the nightly sweep keeps, and the rewriting that only an anchor finds."""

from __future__ import annotations

import os
from pathlib import Path

import asyncpg
import pytest

from tenants.audit import queries
from tenants.audit.anchoring import anchor
from tenants.audit.jobs import anchor_chains
from tenants.audit.rules import Anchor, Head, public_key_of, read
from tenants.audit.service import PLATFORM, record
from tenants.tenancy.actor import Actor
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import public_scope, system_scope, tenant_scope, worker_actor
from tests.support.cluster import Cluster
from tests.support.world import AreaMade, actor, make_area, manager, official
from tests.tenants.audit.rewriting import rewrite

ADMIN = actor(Role.PLATFORM_ADMINISTRATOR)
NIGHT = worker_actor("audit.anchor", powers=["anchor"])
SEED = bytes(range(32))


async def written(count: int = 3) -> AreaMade:
    area = await make_area()
    by = manager(area)
    async with tenant_scope(by):
        for number in range(count):
            await record(by=by, area_id=area.id, action="board.link", subject=("board", number), reason=f"No. {number}")
    return area


async def anchored(by: Actor = NIGHT) -> Anchor:
    async with tenant_scope(by):
        return await anchor(by=by)


def head_of(made: Anchor, area: AreaMade) -> Head:
    [head] = [head for head in made.heads if head.area_id == area.id]
    return head


async def contains(head: Head) -> bool:
    async with system_scope("test", areas=[head.area_id]):
        return await queries.contains(head)


async def whole(area: AreaMade) -> bool:
    async with system_scope("test", areas=[area.id]):
        return await queries.first_broken_link(area_id=area.id) is None


async def test_an_anchor_says_where_each_chain_ends(database: Cluster) -> None:
    area = await written()
    await anchored()  # an entry of the platform's chain
    made = await anchored()
    async with system_scope("test", areas=[area.id]):
        [last] = await queries.entries(area_id=area.id, limit=1)
    assert head_of(made, area) == Head(area_id=area.id, chain=area.slug, seq=last.seq, hash=last.hash)
    assert made.heads[0].chain == "platform"


async def test_a_chain_that_went_on_still_contains_its_anchored_end(database: Cluster) -> None:
    area = await written()
    head = head_of(await anchored(), area)
    async with tenant_scope(manager(area)):
        await record(by=manager(area), area_id=area.id, action="board.link", subject=("board", 9))
    assert await contains(head)


@pytest.mark.parametrize(
    "change",
    [
        "update audit.event set reason = 'Never said' where area_id = {area} and seq = 1",
        "delete from audit.event where area_id = {area} and seq = 3",
    ],
    ids=["content", "tail"],
)
async def test_a_chain_written_anew_verifies_and_only_the_anchor_tells(database: Cluster, change: str) -> None:
    area = await written()
    head = head_of(await anchored(), area)
    await rewrite(database, area_id=area.id, change=change.format(area=area.id))
    assert await whole(area), "the chain by itself says nothing"
    assert not await contains(head)


async def test_anchoring_is_an_entry_with_the_root(database: Cluster) -> None:
    made = await anchored()
    async with tenant_scope(ADMIN, readonly=True):
        [entry] = await queries.entries(area_id=PLATFORM, where=queries.Filter(subject_id=made.root))
    assert (entry.action, entry.after) == ("audit.anchor", {"root": made.root, "chains": len(made.heads)})


async def test_only_the_platform_and_the_nightly_anchor_see_where_all_chains_end(database: Cluster) -> None:
    area = await written()
    for by, sees in ((ADMIN, True), (NIGHT, True), (manager(area), False), (official(), False)):
        async with tenant_scope(by, readonly=True):
            assert bool(await queries.heads()) is sees
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with public_scope():
            await queries.heads()


async def sweep() -> None:
    async with tenant_scope(NIGHT):
        await anchor_chains(by=NIGHT)


async def test_every_night_a_file_more_is_kept(
    database: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONCORDAT_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("CONCORDAT_ANCHOR_KEY", SEED.hex())
    area = await written()
    await sweep()
    await sweep()
    files = sorted((tmp_path / "anchors").iterdir())
    assert len(files) == 2
    kept = read(files[0].read_text(), public_key=public_key_of(SEED))
    assert await contains(head_of(kept, area))


async def test_without_a_key_none_is_made(database: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONCORDAT_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("CONCORDAT_ANCHOR_KEY", raising=False)
    await sweep()
    assert os.listdir(tmp_path) == []
