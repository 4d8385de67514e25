"""What the relay reads: as little for an area with thousands of messages as for one with ten."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from backend.worker import opening
from infra.database import sql
from infra.queue import waiting
from infra.queue.processes import Process, beat
from infra.queue.runner import BOOKKEEPING
from tests.support.cluster import Cluster
from tests.support.two_areas import flood
from tests.support.world import make_area

FLOOD, FEW = 2000, 3
SLOTS = {"interactive": 4}


def of_outbox(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The nodes of a plan that read the outbox."""
    if node.get("Relation Name") == "outbox":
        yield node
    for inner in node.get("Plans", []):
        yield from of_outbox(inner)


async def test_thousands_of_one_area_are_not_read_for_the_few_that_may_go(empty_queue: Cluster) -> None:
    """PostgreSQL uses an index under row-level security only where it trusts the expression not to leak."""
    flooded, other = await make_area(), await make_area()
    await flood(empty_queue, flooded.id, FLOOD)
    await flood(empty_queue, other.id, FEW)
    async with opening("queue", None, BOOKKEEPING).scope:
        await beat(Process(slots=SLOTS))
        found = await waiting.look(limit=100)
        query = f"explain (analyze, format json) {waiting._LOOK.replace('$1', '100')}"
        (told,) = json.loads(await sql.fetch_value(query))
    assert found is not None
    assert [one.area_id for one in found.due] == [flooded.id] * 4 + [other.id] * FEW
    read = sum(
        node["Actual Loops"] * (node["Actual Rows"] + node.get("Rows Removed by Filter", 0))
        for node in of_outbox(told["Plan"])
    )
    assert read < 20
