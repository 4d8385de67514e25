"""A whole first sync: 153 areas, each with its schools' OneRoster server; 25,000 establishments and 60,000 staff.

Measured in one process of its own that does what a worker does, one area after the other, beside fetching the same
pages and throwing them away: area by area, in turns, so that both meet the same machine. Then the same again with
nothing changed, once for what changed since (nothing) and once as a full listing. Memory is the process's peak
resident size: at its start, after a tenth of the areas, after the first sync, at the end.
Targets: at least half the rows a second of the bare fetching, under 250 MB, nothing written when nothing changed.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from integrations.sandbox.agencies.invented import school_name
from integrations.sandbox.agencies.oneroster.state import CLIENT_ID, SECRET
from tests.benchmarks import figures as told
from tests.support.agencies import RunningAgencies, running_agencies
from tests.support.cluster import CONTEXT_KEY, SECRET_KEY, Cluster
from tests.support.connections import make_connection, set_credential
from tests.support.school_systems import put_schools, read_people
from tests.support.world import make_area

ROOT = Path(__file__).parents[2]
AREAS, SCHOOLS, STAFF, FIRST_URN = 153, 25_000, 60_000, 640_001
LEAST_RATIO, MOST_MEGABYTES = 0.5, 250


async def linked_areas(agencies: RunningAgencies) -> list[dict[str, Any]]:
    """An area for each server, with its schools in the register and its connection made."""
    made = []
    for server in agencies.do("oneroster", "servers")["servers"]:
        agencies.do("oneroster", "manners", server=server["name"], dialect={"role_fields": ["roles.role"]})
        area, url = await make_area(), f"{agencies.url('oneroster')}/{server['name']}"
        first = server["first_urn"] - FIRST_URN
        names = [school_name(first + nth, seed=1) for nth in range(server["schools"])]
        await put_schools(area, first_urn=server["first_urn"], names=names)
        options = {"token_url": f"{url}/token", "client_id": CLIENT_ID, "calls_per_second": 100_000}
        connection = await make_connection(area, base_url=url, options=options)
        await set_credential(area, connection, kind="client_secret", value=SECRET)
        await read_people(area, connection)
        where = {"area_id": area.id, "connection_id": str(connection), "token_url": f"{url}/token"}
        made.append({**where, "client_id": CLIENT_ID, "secret": SECRET})
    return made


def lines(figures: dict[str, Any]) -> list[list[str]]:
    """The figures as the lines of a table."""
    start, tenth, peak, end = figures["megabytes"]
    return [
        ["fetching the same pages for nothing", f"{figures['bare_rows_a_second']:,}", "1", ""],
        ["first sync", f"{figures['rows_a_second']:,}", f"{figures['ratio']:.2f}", f"at least {LEAST_RATIO}"],
        ["a full listing again", f"{figures['again_rows_a_second']:,}", f"{figures['again_ratio']:.2f}", ""],
        [f"peak memory: {start} MB, {tenth} MB, {peak} MB, {end} MB", "", "", f"under {MOST_MEGABYTES} MB"],
    ]


@pytest.mark.benchmark
@pytest.mark.timeout(1800)
async def test_a_first_sync_of_every_area(database: Cluster) -> None:
    busy = told.machine()
    sizes = (f"oneroster.{key}={value}" for key, value in (("servers", AREAS), ("schools", SCHOOLS), ("staff", STAFF)))
    with running_agencies(*sizes, f"oneroster.first_urn={FIRST_URN}", "oneroster.pupils=30") as agencies:
        given = {
            "dsns": database.dsns,
            "key": CONTEXT_KEY.hex(),
            "secret": SECRET_KEY,
            "connections": await linked_areas(agencies),
        }
        result = subprocess.run(  # noqa: ASYNC221 - nothing else is to run meanwhile
            [sys.executable, "-m", "tests.benchmarks.first_sync"],
            cwd=ROOT,
            input=json.dumps(given),
            capture_output=True,
            text=True,
            check=False,
        )
        assert result.returncode == 0, result.stderr[-3000:]
        pupils = agencies.show("oneroster")["seen"]["handed_out"].get("pupil", 0)
    figures = json.loads(result.stdout.splitlines()[-1])
    sys.stderr.write(f"\nfirst sync: {json.dumps(figures)}\n")
    told.write("first sync", load=busy, body=told.table(("", "rows a second", "of the bare", "target"), lines(figures)))
    assert (figures["rows"], pupils) == (SCHOOLS + STAFF, 0)
    assert figures["proposed"] >= STAFF  # a deputy of two schools is proposed at both
    assert figures["written_when_nothing_changed"] == 0
    assert max(figures["megabytes"]) < MOST_MEGABYTES
    assert figures["ratio"] >= LEAST_RATIO
