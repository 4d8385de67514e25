"""Making a signing key takes seconds: nobody waits for them behind a lock, and who may not make one costs none."""

from __future__ import annotations

import asyncio
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from concordat_graphql.connections import signing_keys
from concordat_graphql.operations import DEADLINE_SECONDS
from tenants.connections.signing_keys.service import new_key
from tests.graphql.census.recipes_connections import rotate_key
from tests.graphql.cooperation.sending import problem_of, send
from tests.support.cluster import Cluster
from tests.support.loop_clock import set_forward
from tests.support.queue import as_superuser
from tests.support.world import make_area, manager

_WRITING = "select count(*) as n from pg_stat_activity where usename = 'concordat_app' and backend_xid is not null"


@pytest.fixture
def writing(monkeypatch: pytest.MonkeyPatch, database: Cluster) -> list[int]:
    """How many transactions had written something while a key was made."""
    seen: list[int] = []

    async def made() -> rsa.RSAPrivateKey:
        seen.append((await as_superuser(database, _WRITING))[0]["n"])
        return await new_key(2048)

    monkeypatch.setattr(signing_keys, "new_key", made)
    return seen


async def test_two_at_once_make_one_key_and_hold_nothing_meanwhile(writing: list[int]) -> None:
    ready = await rotate_key()
    key = str(uuid4())
    first, twin = await asyncio.gather(*(send("RotateSigningKey", ready.by, key=key, **ready.input) for _ in range(2)))
    assert problem_of(first) == problem_of(twin) == ""
    assert first["keys"] == twin["keys"]
    assert len(first["keys"]) == 1
    assert writing[0] == 0


async def test_no_key_is_made_for_who_may_not(writing: list[int]) -> None:
    ready = await rotate_key()
    answer = await send("RotateSigningKey", manager(await make_area()), **ready.input)
    assert problem_of(answer) == "NOT_FOUND"
    assert writing == []


async def test_a_key_that_chance_or_a_busy_machine_makes_slowly_is_still_in_time(
    database: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def slowly() -> rsa.RSAPrivateKey:
        set_forward(seconds=DEADLINE_SECONDS + 1)
        await asyncio.sleep(0.01)  # whatever is late by then is stopped
        return await new_key(2048)

    monkeypatch.setattr(signing_keys, "new_key", slowly)
    ready = await rotate_key()
    answer = await send("RotateSigningKey", ready.by, **ready.input)
    assert (problem_of(answer), len(answer.get("keys", []))) == ("", 1)
