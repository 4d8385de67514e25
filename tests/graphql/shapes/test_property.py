"""Whatever document of shaped fields is made, whoever sends it: both paths answer the same, errors included."""

from __future__ import annotations

import os
import random
import time
from typing import Any

import pytest
import pytest_asyncio

from concordat_graphql import ids, operations
from concordat_graphql.answering import ready_for
from concordat_graphql.operations import run
from tenants.tenancy.actor import ANONYMOUS, Actor
from tenants.tenancy.roles import Role
from tests.graphql.shapes.documents import Writer, Written
from tests.graphql.shapes.same import normal
from tests.graphql.statement_counts.cases import ADMINISTRATOR
from tests.graphql.statement_counts.grown import Grown, grown
from tests.support.cluster import Cluster
from tests.support.cooperation import contact
from tests.support.world import actor, make_area, official

SECONDS = float(os.environ.get("CONCORDAT_FUZZ_SECONDS", "10"))


@pytest_asyncio.fixture(scope="module")
async def made(database: Cluster) -> Grown:
    return await grown(4)


@pytest_asyncio.fixture(scope="module")
async def readers(made: Grown) -> list[Actor]:
    """The area's own people come up most often: for them there is most to compare."""
    other = await make_area()
    school = contact(made.area, made.schools[0])
    return [
        *[made.manager] * 6,
        *[school] * 2,
        ANONYMOUS,
        actor(Role.VIEWER, area_id=made.area.id),
        actor(Role.BUSINESS_MANAGER, area_id=other.id),
        official(),
        ADMINISTRATOR,
    ]


def known(made: Grown) -> dict[str, Any]:
    """Arguments that mean something in the area that was made."""
    request = made.request
    return {
        "areaId": [ids.encode("Area", made.area.id)] * 9 + [ids.encode("Area", 999_999), "nonsense"],
        "slug": [made.area.slug] * 5 + ["nowhere"],
        "id": [
            ids.encode(kind, f"{made.area.id}.{value}")
            for kind, value in (
                ("RelevantAgency", request.agency_id),
                ("DutyCycle", request.cycle_id),
                ("Duty", request.duty_id),
                ("DutyRequest", request.id),
                ("InterventionFlag", made.flag),
            )
        ],
        "first": [1, 2, 3, 50],
        "asAt": ["2026-06-01", "2031-01-01"],
    }


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a machine that stands still for seconds one path would be stopped and the other not."""
    monkeypatch.setattr(operations, "DEADLINE_SECONDS", 60.0)


async def both(written: Written, by: Actor) -> tuple[Any, Any]:
    answers = []
    for compiled in (True, False):
        result = await run(written.text, actor=by, variables=written.variables, compiled=compiled)
        answers.append((normal(result.data), [error.formatted for error in result.errors or []]))
    return answers[0], answers[1]


async def test_documents_made_at_random_are_answered_alike_on_both_paths(made: Grown, readers: list[Actor]) -> None:
    deadline, compiled, seed = time.monotonic() + SECONDS, 0, random.randrange(10**9)
    while time.monotonic() < deadline:
        seed += 1
        written = Writer(seed, known(made)).write()
        by = readers[seed % len(readers)]
        one, other = await both(written, by)
        assert one == other, f"seed {seed} as {by.name}: {written.text}\n{written.variables}"
        compiled += ready_for(written.text, actor=by, variables=written.variables, name=None) is not None
    assert compiled >= SECONDS, f"only {compiled} of the documents took the compiled path: the test compares little"
