"""The whole way in over real HTTP: an agency's system of the sandbox tells, and the web process takes it."""

from __future__ import annotations

import asyncio
from typing import Any

from litestar import Litestar

from tests.support.agencies import RunningAgencies
from tests.support.hooks import arrived, runs_of, told
from tests.support.serving import served


async def test_the_sandbox_tells_and_is_believed_once(app: Litestar, agencies: RunningAgencies) -> None:
    hook = await told()
    async with served(app) as base_url:
        message = {"address": f"{base_url}{hook.path}", "secret": hook.secret, "id": "msg_sandbox"}
        assert [await _tells(agencies, message) for _ in range(2)] == [202, 202]
        assert await _tells(agencies, {**message, "secret": (await told()).secret}) == 401
    assert sorted((one.outcome, one.times) for one in await arrived(hook)) == [("refused", 1), ("taken", 2)]
    assert [run.cause for run in await runs_of(hook)] == ["hook"]


async def _tells(agencies: RunningAgencies, message: dict[str, Any]) -> int:
    answer = await asyncio.to_thread(agencies.do, "office", "tell", **message)
    return int(answer["status"])
