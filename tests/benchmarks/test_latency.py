"""Pages and the API against a bare Litestar handler that runs the same statements on the same database.

Both are uvicorn with one worker on the same machine; rounds alternate. The bare handler opens the same transactions
under the same contexts and answers with the last rows as JSON: what is left is sign-in, GraphQL, permission and page.
Memory is the web process's resident size after all of that, against a target of 150 MB.
"""

from __future__ import annotations

import json
import pickle
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from litestar import Litestar

from backend.app import create_app
from concordat_graphql import ids
from tenants.tenancy.actor import Actor
from tenants.tenancy.roles import Hat
from tests.benchmarks import figures
from tests.benchmarks.load import Measured, Target, measure, target
from tests.benchmarks.process import environment, free_port, started
from tests.benchmarks.recording import Step, recorded
from tests.support.cluster import CONTEXT_KEY, Cluster
from tests.support.nation import Nation
from tests.support.product import COOKIE, product_settings, session_token
from tests.web.settings import BASE_URL

ROUNDS, SECONDS, MANY = 5, 2.0, 8
MOST_MEGABYTES = 150


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One thing that is asked for: a page, or with a body an operation."""

    name: str
    who: Actor
    path: str
    body: bytes = b""


async def asked_for(nation: Nation) -> list[Asked]:
    manager = await nation.world.manager("brackenshire")
    contact = next(name for name in nation.world.people if name.startswith("school-"))
    variables = {"areaId": ids.encode("Area", nation.world.areas["brackenshire"])}
    operation = {"operationName": "AreaMembership", "variables": variables}
    return [
        Asked(name="membership-api", who=manager, path="/graphql", body=json.dumps(operation).encode()),
        Asked(name="membership-page", who=manager, path="/area/brackenshire/membership"),
        Asked(name="area-page", who=manager, path="/area/brackenshire"),
        Asked(name="school-page", who=await nation.world.actor(contact), path="/duties"),
        Asked(name="nation-page", who=await nation.world.actor("official", hat=Hat.NATIONAL), path="/national"),
        Asked(name="public-page", who=manager, path="/help"),
    ]


async def steps_of(app: Litestar, asked: Asked, token: str) -> list[Step]:
    """The statements of one answer, taken from the second: the first also fills caches."""
    transport = httpx.ASGITransport(app=app)  # type: ignore[arg-type]
    headers = {"x-concordat-request": "1", "origin": BASE_URL, "content-type": "application/json"}
    async with httpx.AsyncClient(transport=transport, base_url=BASE_URL, cookies={COOKIE: token}) as client:
        method = "POST" if asked.body else "GET"
        await client.request(method, asked.path, content=asked.body, headers=headers)
        with recorded() as steps:
            answer = await client.request(method, asked.path, content=asked.body, headers=headers)
    assert answer.status_code == 200, (asked.name, answer.text[:300])
    assert steps, asked.name
    return steps


async def rounds(
    pairs: Sequence[tuple[Target, Target]], *, connections: int
) -> dict[str, list[tuple[Measured, Measured]]]:
    """Measure ours and the floor in turn, round after round; the first round warms up and is not kept."""
    kept: dict[str, list[tuple[Measured, Measured]]] = {ours.name: [] for ours, _ in pairs}
    for number in range(ROUNDS + 1):
        for ours, floor in pairs:
            both = [await measure(one, connections=connections, seconds=SECONDS) for one in (ours, floor)]
            if number:
                kept[ours.name].append((both[0], both[1]))
    return kept


def rows(
    steps: Mapping[str, Sequence[Step]],
    one: Mapping[str, Sequence[tuple[Measured, Measured]]],
    many: Mapping[str, Sequence[tuple[Measured, Measured]]],
) -> list[list[str]]:
    return [
        [
            name.replace("-", ", "),
            str(len(steps[name])),
            f"{statistics.median(ours.milliseconds for ours, _ in one[name]):.1f} ms",
            figures.spread([ours.milliseconds / floor.milliseconds for ours, floor in one[name]]),
            f"{statistics.median(ours.per_second for ours, _ in many[name]):.0f}/s",
            figures.spread([floor.per_second / ours.per_second for ours, floor in many[name]]),
        ]
        for name in one
    ]


@pytest.mark.benchmark
@pytest.mark.timeout(1200)
async def test_pages_and_api_against_the_floor(database: Cluster, in_nation: Nation, tmp_path: Path) -> None:
    load = figures.machine()
    app = create_app(product_settings(database))
    asked = await asked_for(in_nation)
    tokens = {one.name: await session_token(one.who) for one in asked}
    steps = {one.name: await steps_of(app, one, tokens[one.name]) for one in asked}
    file, bare_port, port = tmp_path / "bare", free_port(), free_port()
    dsns = {login: in_nation.dsns[login] for login in ("app", "national", "public")}
    file.write_bytes(pickle.dumps({"key": CONTEXT_KEY, "dsns": dsns, "steps": steps}))
    given = environment(in_nation.dsns, folder=tmp_path, port=port)
    bare = ("uvicorn", "tests.benchmarks.bare:create_app", "--factory", f"--port={bare_port}", "--log-level=warning")
    with (
        started("backend.cli", "serve", port=port, given=given, path="/health/ready") as web,
        started(*bare, port=bare_port, given=given | {"BARE_FILE": str(file)}, path="/") as floor,
    ):
        pairs = [
            (
                target(one.name, web.address + one.path, cookie=f"{COOKIE}={tokens[one.name]}", body=one.body,
                       origin=web.address),
                target(f"bare {one.name}", f"{floor.address}/{one.name}"),
            )
            for one in asked
        ]  # fmt: skip
        first = web.megabytes()
        alone = await rounds(pairs, connections=1)
        crowd = await rounds(pairs, connections=MANY)
        resident, bare_resident = web.megabytes(), floor.megabytes()
    head = ("asked for", "statements", "1 connection", "times the floor", f"{MANY} connections", "floor times ours")
    figures.write("latency", load=load, body=figures.table(head, rows(steps, alone, crowd)))
    memory = [
        ["web, before load", f"{first:.0f} MB", ""],
        ["web, after load", f"{resident:.0f} MB", f"at most {MOST_MEGABYTES} MB"],
        ["bare handler, after load", f"{bare_resident:.0f} MB", ""],
    ]
    figures.write("memory of the web", load=load, body=figures.table(("process", "resident", "target"), memory))
    assert resident <= MOST_MEGABYTES
