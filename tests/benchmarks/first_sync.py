"""The measured process of the first sync: carries the runs of many areas, and fetches the same pages for nothing.

Area by area, the sync and the bare fetching take turns. Prints its figures as one line of JSON.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx

from infra.database import ENGINE, sql
from infra.garbage import look_seldom
from infra.secrets import use_secret
from integrations import agency as door
from integrations.engine.carry import Work, link_of
from integrations.engine.ending import carry_to_an_end
from integrations.engine.scopes import scopes_of
from integrations.hosts import only_hosts
from integrations.http import Door
from integrations.schools_oneroster.oauth import SCOPE
from integrations.schools_oneroster.sync import CONNECTOR
from tenants.connections import runs
from tenants.tenancy.context import use_key

DOOR = Door(permits=only_hosts("127.0.0.1"), total_seconds=30.0, max_bytes=20_000_000)
_ROWS = "select read, proposed, unchanged, state, problem from connection_run where id = $1"
_TABLES = ("connection_record", "connection_proposal", "connection_rejection", "connection_change")


@dataclass
class Told:
    """What the runs of one round came to."""

    seconds: float = 0.0
    bare_seconds: float = 0.0
    read: int = 0
    proposed: int = 0
    pages: int = 0
    pages_asked: list[str] = field(default_factory=list)


async def sync(told: Told, *, area_id: int, connection_id: UUID) -> None:
    """One area's whole run, from the message to the end."""
    began = time.perf_counter()
    scopes = scopes_of(area_id=area_id)
    async with scopes.open():
        run_id = await runs.ask(by=scopes.by, connection_id=connection_id, cause="schedule")
    async with scopes.open():
        begun = await runs.begin(run_id=run_id)
    assert begun is not None
    work = Work(begun=begun, link=link_of(begun), connector=CONNECTOR, scopes=scopes, door=DOOR)
    await carry_to_an_end(work, pause=None)
    told.seconds += time.perf_counter() - began
    async with scopes.open():
        row = await sql.fetch_one(_ROWS, run_id)
    assert row is not None
    assert row["state"] == "done", row["problem"]
    told.read += row["read"]
    told.proposed += row["proposed"]


async def bare(told: Told, client: httpx.AsyncClient, token: str) -> None:
    """The same pages, fetched and thrown away."""
    began = time.perf_counter()
    for url in told.pages_asked:
        async with client.stream("GET", url, headers={"Authorization": f"Bearer {token}"}) as answer:
            async for _ in answer.aiter_raw():
                pass
            assert answer.status_code == 200
    told.bare_seconds += time.perf_counter() - began
    told.pages += len(told.pages_asked)
    told.pages_asked.clear()


async def round_of(connections: list[dict[str, Any]]) -> Told:
    """Sync every area, and fetch the same pages for nothing, in turns."""
    told, send = Told(), door.send

    async def noted(*, url: str, **rest: Any) -> Any:
        told.pages_asked.append(url)
        return await send(url=url, **rest)

    door.send = noted  # type: ignore[attr-defined]
    async with httpx.AsyncClient(trust_env=False, timeout=30) as client:
        for each in connections:
            token = await _token(client, each)
            await sync(told, area_id=each["area_id"], connection_id=UUID(each["connection_id"]))
            await bare(told, client, token)
    door.send = send  # type: ignore[attr-defined]
    return told


async def _token(client: httpx.AsyncClient, each: dict[str, Any]) -> str:
    form = {"grant_type": "client_credentials", "scope": SCOPE, "client_id": each["client_id"]}
    answer = await client.post(each["token_url"], data={**form, "client_secret": each["secret"]})
    return str(answer.json()["access_token"])


async def written(connections: list[dict[str, Any]]) -> list[tuple[int, int]]:
    """How many rows there are, and which transactions wrote them."""
    found = []
    for table in _TABLES:
        rows, writers = 0, 0
        for each in connections:
            async with scopes_of(area_id=each["area_id"]).open():
                row = await sql.fetch_one(f"select count(*), coalesce(sum(xmin::text::bigint), 0) from {table}")
            assert row is not None
            rows, writers = rows + row[0], writers + int(row[1])
        found.append((rows, writers))
    return found


async def all_again(connections: list[dict[str, Any]]) -> None:
    """Let the next runs be full listings."""
    for each in connections:
        async with scopes_of(area_id=each["area_id"]).open():
            await sql.execute("update agency_connection set watermark = null")


def megabytes() -> float:
    """The peak of this process's resident memory; `ru_maxrss` would count whoever started it."""
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1024  # type: ignore[index]


async def measure(connections: list[dict[str, Any]]) -> dict[str, Any]:
    """The first sync, a sync of what changed, and a full listing again."""
    at_start = megabytes()
    first = await round_of(connections[: len(connections) // 10])
    after_a_tenth = megabytes()
    rest = await round_of(connections[len(connections) // 10 :])
    peak = megabytes()
    before = await written(connections)
    delta = await round_of(connections)
    await all_again(connections)
    again = await round_of(connections)
    rows, seconds, floor = first.read + rest.read, first.seconds + rest.seconds, first.bare_seconds + rest.bare_seconds
    return {
        "rows": rows,
        "pages": first.pages + rest.pages,
        "proposed": first.proposed + rest.proposed,
        "rows_a_second": round(rows / seconds),
        "bare_rows_a_second": round(rows / floor),
        "ratio": round(floor / seconds, 2),
        "again_ratio": round(again.bare_seconds / again.seconds, 2),
        "again_rows_a_second": round(again.read / again.seconds),
        "delta_seconds": round(delta.seconds, 1),
        "delta_rows": delta.read,
        "written_when_nothing_changed": delta.proposed + again.proposed + (await written(connections) != before),
        "megabytes": [round(at_start), round(after_a_tenth), round(peak), round(megabytes())],
    }


async def main() -> None:
    """Open the worker's login, and measure."""
    given = json.loads(sys.stdin.read())
    use_key(kid=1, key=bytes.fromhex(given["key"]))
    use_secret(given["secret"].encode())
    look_seldom()  # as a worker does
    await ENGINE.open({"worker": given["dsns"]["worker"]})
    sys.stdout.write(f"{json.dumps(await measure(given['connections']))}\n")
    await ENGINE.close()


if __name__ == "__main__":
    asyncio.run(main())
