"""Nobody reads or writes another area's figures; the Department and the public read none at all."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from infra.database import sql
from tenants.indicators import queries, service
from tenants.indicators.permissions import SENDERS
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import NotAllowed
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import national_scope, public_scope, tenant_scope
from tests.support.cluster import Cluster
from tests.support.indicators import CODE, DEFINITION, SUPPLIED, act, csv_of, quarter_lines, send_figures
from tests.support.world import actor, make_area, manager

NIL = UUID(int=1)
TABLES = [
    "indicator_definition",
    "indicator_import",
    "indicator_observation",
    "indicator_target",
    "indicator_neighbour",
    "indicator_benchmark",
]
TARGET: dict[str, Any] = {"code": CODE, "direction": "at_most", "value": "20", "from_on": date(2026, 4, 1)}
CHOSEN = [service.Neighbour(la_code="901", la_name="Elsewhere Council")]


async def test_another_area_finds_nothing(database: Cluster) -> None:
    area, other = await make_area(), await make_area()
    sent = await send_figures(area, *quarter_lines([12, 13, 14], starts_on=date(2026, 7, 1)))
    await act(manager(area), service.set_target, area.id, **TARGET)
    await act(manager(area), service.choose_neighbours, area.id, neighbours=CHOSEN)
    reads: list[Callable[[], Awaitable[object]]] = [
        lambda: queries.points(area_id=area.id),
        lambda: queries.definitions(area_id=area.id, code=CODE),
        lambda: queries.editions(area_id=area.id),
        lambda: queries.targets(area_id=area.id),
        lambda: queries.neighbours(area_id=area.id),
        lambda: queries.files(area_id=area.id),
        lambda: queries.file(area_id=area.id, import_id=sent.id),
    ]
    for read in reads:
        async with tenant_scope(manager(area), readonly=True):
            assert await read()
        async with tenant_scope(manager(other), readonly=True):
            assert not await read()
    async with tenant_scope(manager(other), readonly=True):
        found = await queries.scorecard(area_id=area.id)
    assert (found.points, found.measures, found.targets, found.benchmarks) == ([], [], [], [])


def verbs(area_id: int, by: Actor) -> dict[str, Callable[[], Awaitable[Any]]]:
    common: dict[str, Any] = {"by": by, "area_id": area_id}
    on_file = {**common, "import_id": NIL, "version": 1}
    return {
        "upload": lambda: service.upload(**common, file_name="a.csv", content=csv_of(), **SUPPLIED),
        "accept": lambda: service.accept(**on_file),
        "discard": lambda: service.discard(**on_file),
        "define": lambda: service.define(**common, **DEFINITION),
        "set_target": lambda: service.set_target(**common, **TARGET),
        "remove_target": lambda: service.remove_target(**common, target_id=NIL, version=1, reason="A reason."),
        "choose_neighbours": lambda: service.choose_neighbours(**common, neighbours=CHOSEN),
        "record": lambda: service.record(**common, connection_id=NIL, figures=[], published_at=datetime.now(UTC)),
        "record_benchmarks": lambda: service.record_benchmarks(**common, figures=[]),
    }


SENDING = {"upload", "accept", "discard"}
RECORDING = {"record", "record_benchmarks"}


def test_every_verb_of_the_service_is_tried_below() -> None:
    named = {"Benchmark", "Neighbour", "Published", "Recorded"}
    assert set(verbs(1, actor(Role.VIEWER))) == set(service.__all__) - named


@pytest.mark.parametrize("role", sorted(Role))
async def test_nobody_does_what_their_role_does_not(database: Cluster, role: Role) -> None:
    area = await make_area()
    who = actor(role, area_id=area.id)
    may = SENDING if role in SENDERS else set()
    may = set(verbs(1, who)) - RECORDING if role is Role.BUSINESS_MANAGER else may
    for name, verb in verbs(area.id, who).items():
        if name not in may:
            with pytest.raises(NotAllowed):
                async with tenant_scope(who):
                    await verb()


async def test_a_manager_of_another_area_or_whose_role_has_ended_does_nothing(database: Cluster) -> None:
    area, other = await make_area(), await make_area()
    for who in (manager(other), replace(manager(area), grants=())):
        for verb in verbs(area.id, who).values():
            with pytest.raises(NotAllowed):
                async with tenant_scope(who):
                    await verb()


@pytest.mark.parametrize("table", TABLES)
async def test_the_department_and_the_public_cannot_ask(database: Cluster, table: str) -> None:
    for scope in (national_scope, public_scope):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with scope():
                await sql.fetch(f"select area_id from {table}")


@pytest.mark.parametrize("table", TABLES)
async def test_no_login_deletes(database: Cluster, table: str) -> None:
    area = await make_area()
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with tenant_scope(manager(area)):
            await sql.execute(f"delete from {table}")
