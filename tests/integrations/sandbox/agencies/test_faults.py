"""Any agency of the sandbox misbehaves as it is told, for as many answers as it is told."""

from __future__ import annotations

import gzip
import time
from typing import Any

import httpx
import pytest


async def fault(caller: httpx.AsyncClient, kind: str, **values: Any) -> None:
    answer = await caller.post("/controls/echo/faults", json={"kind": kind, **values})
    assert answer.status_code == 201, answer.text


async def ask(caller: httpx.AsyncClient, path: str = "/echo/things/7") -> httpx.Response:
    return await caller.get(path, headers={"Accept-Encoding": "identity"})


async def test_a_status_comes_in_the_agencys_own_words_and_as_often_as_said(caller: httpx.AsyncClient) -> None:
    await fault(caller, "status", status=429, retry_after="3", times=2)
    answers = [await ask(caller) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [429, 429, 200]
    assert [answer.headers.get("retry-after") for answer in answers] == ["3", "3", None]
    assert answers[0].json() == {"oops": 429}


async def test_several_faults_of_a_kind_come_in_their_order(caller: httpx.AsyncClient) -> None:
    await fault(caller, "status", status=429)
    await fault(caller, "status", status=503)
    assert [(await ask(caller)).status_code for _ in range(3)] == [429, 503, 200]


async def test_a_fault_until_cleared_stays_until_it_is(caller: httpx.AsyncClient) -> None:
    await fault(caller, "status", status=500, times=None)
    assert [(await ask(caller)).status_code for _ in range(3)] == [500, 500, 500]
    assert (await caller.delete("/controls/faults")).status_code == 204
    assert (await ask(caller)).status_code == 200


async def test_a_fault_of_one_path_leaves_the_others_alone(caller: httpx.AsyncClient) -> None:
    await fault(caller, "status", status=500, path="page=2")
    assert (await ask(caller)).status_code == 200
    assert (await ask(caller, "/echo/things/7?page=2")).status_code == 500


async def test_half_a_body_and_then_nothing(caller: httpx.AsyncClient) -> None:
    await fault(caller, "truncate")
    with pytest.raises(httpx.RemoteProtocolError):
        await ask(caller)
    assert (await ask(caller)).status_code == 200


async def test_half_a_body_as_if_it_were_whole(caller: httpx.AsyncClient) -> None:
    whole = (await ask(caller)).content
    await fault(caller, "malformed")
    assert (await ask(caller)).content == whole[: len(whole) // 2]


async def test_more_than_there_is_to_say(caller: httpx.AsyncClient) -> None:
    await fault(caller, "oversize", bytes=100_000)
    assert len((await ask(caller)).content) > 100_000


async def test_a_bomb(caller: httpx.AsyncClient) -> None:
    await fault(caller, "gzip_bomb", bytes=1_000_000)
    async with caller.stream("GET", "/echo/things/7") as answer:
        packed = b"".join([piece async for piece in answer.aiter_raw()])
    assert (answer.headers["content-encoding"], len(gzip.decompress(packed))) == ("gzip", 1_000_000)
    assert len(packed) < 2_000


async def test_maintenance_says_it_is_well(caller: httpx.AsyncClient) -> None:
    await fault(caller, "html")
    answer = await ask(caller)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")


async def test_a_redirect_leads_elsewhere(caller: httpx.AsyncClient) -> None:
    await fault(caller, "redirect", to="https://elsewhere.example/")
    answer = await ask(caller)
    assert (answer.status_code, answer.headers["location"]) == (302, "https://elsewhere.example/")


@pytest.mark.parametrize("values", [{"kind": "slow", "seconds": 0.2}, {"kind": "drip", "seconds": 0.01}])
async def test_slow_is_slow(caller: httpx.AsyncClient, values: dict[str, Any]) -> None:
    await fault(caller, **values)
    began = time.monotonic()
    assert (await ask(caller)).status_code == 200
    assert time.monotonic() - began > 0.2


@pytest.mark.parametrize("document", [{"kind": "fly"}, {"kind": "status", "times": "often"}, {}])
async def test_what_is_no_fault_is_not_taken(caller: httpx.AsyncClient, document: dict[str, Any]) -> None:
    assert (await caller.post("/controls/echo/faults", json=document)).status_code == 422
