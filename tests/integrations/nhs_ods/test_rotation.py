"""Keys are rotated while workers sign: the platform, which keeps our key set for an hour, never refuses one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from integrations.errors import NeedsReauthorisation
from tests.integrations.nhs_ods.conftest import prefixes
from tests.integrations.nhs_ods.signing import SharedClock, Signed, signed_connection
from tests.support.agencies import RunningAgencies
from tests.support.cluster import Cluster

STEP = timedelta(minutes=20)
WORKERS = 3


@pytest.fixture
async def signed(database: Cluster, agencies: RunningAgencies) -> AsyncIterator[Signed]:
    async with signed_connection(agencies, next(prefixes)) as made:
        yield made


@pytest.fixture
def shared(agencies: RunningAgencies, monkeypatch: pytest.MonkeyPatch) -> SharedClock:
    clock = SharedClock(agencies)
    clock.install(monkeypatch)
    return clock


async def test_two_rotations_in_seven_hours_and_no_worker_is_ever_refused(signed: Signed, shared: SharedClock) -> None:
    work, made, granted = await signed.work(), ["int-1"], 0
    for step in range(21):
        shared.move_to(step * STEP)
        if step in (1, 10):
            made.append(await signed.rotate())
        tokens = await asyncio.gather(*(signed.token(work) for _ in range(WORKERS)))
        granted += len(tokens)
    told = signed.agencies.show("nhs")["seen"]
    assert granted == told["tokens_issued"] == 21 * WORKERS
    assert made == ["int-1", "int-2", "int-3"]
    assert told["key_set_fetches"] == 7, "once an hour, as the platform does"


async def test_a_key_put_in_place_at_once_is_refused_until_the_platform_fetches_the_set(
    signed: Signed, shared: SharedClock
) -> None:
    """What the overlap is for; and what a leak costs."""
    work = await signed.work()
    await signed.token(work)
    await signed.rotate(at_once=True)
    with pytest.raises(NeedsReauthorisation, match="no matching public key"):
        await signed.token(work)
    shared.move_to(timedelta(minutes=61))
    assert await signed.token(work)
