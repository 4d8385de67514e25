"""kill -9 of the web process in the middle of its work: nothing acknowledged is lost, and a retry doubles nothing."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from concordat_graphql import ids
from infra.database import sql
from tenants.audit import queries as audit
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import system_scope
from tests.support.cluster import CONTEXT_KEY, SECRET_KEY, Cluster
from tests.support.plain_http import TRUSTED
from tests.support.product import COOKIE, session_token
from tests.support.worker_process import until
from tests.support.world import AreaMade, make_actor, make_area

pytestmark = pytest.mark.faults
ROOT = Path(__file__).resolve().parents[2]
COMMANDS = 60
KILLS = 3


def environment(database: Cluster, port: int) -> dict[str, str]:
    others = [login for login in database.dsns if login != "app"]
    urls = {f"CONCORDAT_DATABASE_{login.upper()}_URL": database.dsns[login] for login in others}
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("CONCORDAT_")},
        **urls,
        "CONCORDAT_DATABASE_URL": database.dsns["app"],
        "CONCORDAT_CONTEXT_KEY": CONTEXT_KEY.hex(),
        "CONCORDAT_SECRET_KEY": SECRET_KEY,
        "CONCORDAT_BASE_URL": f"http://127.0.0.1:{port}",
        "CONCORDAT_PORT": str(port),
        "CONCORDAT_RATE_LIMIT_ACCOUNT_PER_MINUTE": "100000",
        "CONCORDAT_RATE_LIMIT_CLIENT_PER_MINUTE": "100000",
        "CONCORDAT_LOG_LEVEL": "warning",
        "PYTHONPATH": f"{ROOT}:{ROOT / 'graphql'}",
    }


class Web:
    """The web process, as often as it is started."""

    def __init__(self, database: Cluster, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self._environment = environment(database, port)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "backend.cli", "serve"], cwd=ROOT, env=self._environment, stdout=subprocess.DEVNULL
        )
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                if httpx.get(f"{self.address}/health/live", trust_env=False, verify=TRUSTED).status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.1)
        raise AssertionError("the web process did not start")

    def kill(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()


async def send(web: Web, token: str, command: dict[str, str]) -> str | None:
    """Send a command; return the id of the board, or None when it was not done, as far as the sender can tell."""
    cookies, headers = {COOKIE: token}, {"x-concordat-request": "1"}
    try:
        async with httpx.AsyncClient(trust_env=False, verify=TRUSTED, cookies=cookies, headers=headers) as client:
            body = {"operationName": "LinkBoard", "variables": {"input": command}}
            answer = await client.post(f"{web.address}/graphql", json=body, timeout=10)
            result = (answer.json()["data"] or {}).get("result") if answer.status_code == 200 else None
            return None if result is None else result.get("id")  # nor where it waited too long behind the others
    except httpx.TransportError:
        return None


async def until_done(web: Web, token: str, command: dict[str, str]) -> str:
    """Send a command under its key until it is answered, as a client would whose machine is busy."""
    done: list[str | None] = []

    async def answered() -> bool:
        done.append(await send(web, token, command))
        return done[-1] is not None

    await until(answered, why=lambda: f"{command} is not answered")
    return str(done[-1])


async def test_what_was_acknowledged_is_there_and_a_retry_doubles_nothing(
    database: Cluster, free_port: int
) -> None:
    area = await make_area()
    token = await session_token(await make_actor(Role.BUSINESS_MANAGER, area=area))
    web = Web(database, free_port)
    commands = [command(area, number) for number in range(COMMANDS)]
    web.start()
    acknowledged = await with_kills(web, token, commands)
    finished = [await until_done(web, token, one) for one in commands]  # every key once more, as a client would
    web.kill()
    assert len(acknowledged) < COMMANDS, "no kill interrupted anything"
    assert all(finished[number] == board for number, board in acknowledged.items())
    async with system_scope("test", areas=[area.id]):
        rows = await sql.fetch("select name from linked_board order by name")
        entries = await audit.entries(area_id=area.id, where=audit.Filter(action="board.link"), limit=500)
        assert await audit.first_broken_link(area_id=area.id) is None
    assert [row["name"] for row in rows] == [one["name"] for one in commands]
    assert len(entries) == COMMANDS


def command(area: AreaMade, number: int) -> dict[str, str]:
    return {
        "idempotencyKey": str(uuid4()),
        "areaId": ids.encode("Area", area.id),
        "name": f"Board {number:03}",
        "kind": "other",
    }


async def with_kills(web: Web, token: str, commands: list[dict[str, str]]) -> dict[int, str]:
    """Send all commands, a few at a time, killing the process now and then; return what was acknowledged."""
    acknowledged: dict[int, str] = {}
    chance = random.Random(7)
    for start in range(0, COMMANDS, COMMANDS // KILLS):
        chunk = range(start, start + COMMANDS // KILLS)
        sent = {number: asyncio.create_task(send(web, token, commands[number])) for number in chunk}
        await asyncio.sleep(chance.uniform(0.02, 0.12))
        web.kill()
        for number, task in sent.items():
            if (board := await task) is not None:
                acknowledged[number] = board
        web.start()
    return acknowledged
