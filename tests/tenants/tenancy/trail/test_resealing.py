"""A new secret key: the keys of personal text in trails are sealed anew, and every text is read as before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from infra.secrets import use_secret
from tenants.audit import queries
from tenants.audit.opening import LOST
from tenants.audit.service import PLATFORM
from tenants.tenancy.errors import Invalid, NotAllowed
from tenants.tenancy.scope import system_actor, tenant_scope
from tenants.tenancy.trail.resealing import TrailKeys, reseal
from tests.support.cluster import SECRET_KEY, Cluster
from tests.support.world import AreaMade, make_area, manager
from tests.tenants.audit.test_personal import ADDRESS, read, write

NEW, OTHER = b"the secret key of tomorrow, 0123456789", b"a key that nobody remembers, 0123456789"


@pytest.fixture(autouse=True)
def keys() -> Iterator[None]:
    yield
    use_secret(SECRET_KEY.encode())


async def run(*areas: AreaMade, old: bytes = SECRET_KEY.encode()) -> TrailKeys:
    by = system_actor("test", powers=["platform"], areas=[area.id for area in areas])
    async with tenant_scope(by):
        return await reseal(by=by, areas=[area.id for area in areas], old_secret=old)


async def addresses(area: AreaMade) -> list[str]:
    return [(entry.after or {})["email"] for entry in await read(area)]


async def test_every_text_is_read_as_before_and_the_chain_is_whole(database: Cluster) -> None:
    one, two = await make_area(), await make_area()
    await write(one, 1, 2)
    await write(two, 1)
    use_secret(NEW)
    assert await addresses(one) == [LOST, LOST]
    assert await run(one, two) == TrailKeys(anew=3, already=0, lost=())
    assert await addresses(one) + await addresses(two) == [ADDRESS] * 3
    assert await run(one, two) == TrailKeys(anew=0, already=3, lost=())
    async with tenant_scope(manager(one), readonly=True):
        assert await queries.first_broken_link(area_id=one.id) is None


async def test_what_was_written_meanwhile_is_read_too(database: Cluster) -> None:
    area = await make_area()
    await write(area, 1)
    use_secret(NEW)
    await write(area, 1)
    assert await run(area) == TrailKeys(anew=1, already=1, lost=())
    assert await addresses(area) == [ADDRESS, ADDRESS]


async def test_a_key_that_opens_with_neither_stops_nothing_and_is_named(database: Cluster) -> None:
    area, lost = await make_area(), await make_area()
    await write(area, 1)
    use_secret(OTHER)
    await write(lost, 1)
    use_secret(NEW)
    assert await run(area, lost) == TrailKeys(anew=1, already=0, lost=(lost.id,))
    assert await addresses(lost) == [LOST]
    assert await run(lost, old=OTHER) == TrailKeys(anew=1, already=0, lost=())
    assert await addresses(lost) == [ADDRESS], "with the key before it, it opens yet"


async def test_it_is_an_entry_of_the_platforms_trail(database: Cluster) -> None:
    area = await make_area()
    await write(area, 1)
    use_secret(NEW)
    await run(area)
    by = system_actor("test", powers=["platform"])
    async with tenant_scope(by, readonly=True):
        [entry] = await queries.entries(area_id=PLATFORM, where=queries.Filter(action="trail.reseal"), limit=1)
    assert entry.after == {"anew": 1, "already": 0, "lost": 0}


async def test_areas_that_are_not_in_reach_are_left_alone(database: Cluster) -> None:
    area, other = await make_area(), await make_area()
    await write(other, 1)
    use_secret(NEW)
    by = system_actor("test", powers=["platform"], areas=[area.id])
    async with tenant_scope(by):
        assert await reseal(by=by, areas=[area.id, other.id], old_secret=SECRET_KEY.encode()) == TrailKeys(
            anew=0, already=0, lost=()
        )


async def test_only_who_runs_the_service_may_and_the_old_key_must_be_able_to_be_one(database: Cluster) -> None:
    area = await make_area()
    async with tenant_scope(manager(area)):
        with pytest.raises(NotAllowed):
            await reseal(by=manager(area), areas=[area.id], old_secret=SECRET_KEY.encode())
    with pytest.raises(Invalid):
        await run(area, old=b"short")
