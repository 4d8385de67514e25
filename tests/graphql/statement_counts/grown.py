"""An area in which there are `n` of everything that some list shows; made through the services where that is quick."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from infra.database import sql
from infra.ids import uuid7
from tenants.cooperation.queries.requests import RequestRow
from tenants.indicators import service as figures
from tenants.organisations.imports.queries import ImportRun, runs
from tenants.tenancy import service as tenancy
from tenants.tenancy.actor import Actor
from tenants.tenancy.people import service as people
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope, worker_actor
from tests.graphql.platform import sending
from tests.graphql.statement_counts.grown_connections import Connected, connected
from tests.support import cooperation, indicators, resourcing
from tests.support.membership import Partnership, complete, make_partnership
from tests.support.organisations import make_trust
from tests.support.product import session_token
from tests.support.world import AreaMade, make_actor, make_area, manager
from tests.tenants.intervention import people as flags
from tests.tenants.overview import keeping

IMPORTER = worker_actor("test importer", powers=["register"])


@dataclass(frozen=True, kw_only=True)
class Grown:
    """What the operations are asked about. Add what a new capability shows, and grow it in `grown`."""

    area: AreaMade
    manager: Actor
    partnership: Partnership
    contribution: UUID
    trust: UUID
    schools: list[UUID]
    request: RequestRow
    flag: UUID
    job: UUID
    register_import: ImportRun
    connected: Connected


async def grown(n: int) -> Grown:
    """Make an area with `n` of everything, and `n` more of what belongs to no area."""
    area = await make_area()
    by = await make_actor(Role.BUSINESS_MANAGER, area=area, name=f"Bea Manager {area.id}")
    partnership, contribution = await _partnership(area, n)
    trust, schools, request = await _cooperation(area, n)
    flag = await _flags(area, n)
    await _figures(area, n)
    await _people(area, by, n)
    job, run = await _platform(area, n)
    await keeping.refresh(area)
    return Grown(area=area, manager=by, partnership=partnership, contribution=contribution, trust=trust,
                 schools=schools, request=request, flag=flag, job=job, register_import=run,
                 connected=await connected(area, n))


async def _partnership(area: AreaMade, n: int) -> tuple[Partnership, UUID]:
    made = await make_partnership(area)
    await complete(made)
    contribution: UUID | None = None
    for year in range(n):
        budget = await resourcing.open_budget(made, year=resourcing.YEAR + year)
        for _ in range(n if year == 0 else 1):
            contribution = await resourcing.pledge(made, budget)
    assert contribution is not None
    await resourcing.agree_by_all(made, contribution)
    return made, contribution


async def _figures(area: AreaMade, n: int) -> None:
    for month in range(n):
        line = f"{indicators.CODE},{{}},month,2026-0{month + 1}-01,{20 + month},final"
        await indicators.send_figures(area, line.format(""), line.format(area.la_code))
        await indicators.act(manager(area), figures.set_target, area.id, code=indicators.CODE, direction="at_most",
                             value="20", from_on=date(2026, 1, month + 1))  # fmt: skip
    chosen = [figures.Neighbour(la_code=str(901 + i), la_name=f"Council {i}") for i in range(n)]
    await indicators.act(manager(area), figures.choose_neighbours, area.id, neighbours=chosen)


async def _cooperation(area: AreaMade, n: int) -> tuple[UUID, list[UUID], RequestRow]:
    trust = await make_trust(area)
    schools = [await cooperation.chosen_school(area, name=f"Meadow {i}", trust_id=trust) for i in range(n)]
    cycles = [await cooperation.ask(area, title=f"Return {i}") for i in range(n)]
    return trust, schools, await cooperation.request_of(area, schools[0], cycle_id=cycles[0])


async def _flags(area: AreaMade, n: int) -> UUID:
    flag = await flags.raised(area)
    for _ in range(n):
        await flags.referred(area)
        await flags.amend(area, flag)
    await flags.refer(area, flag)
    return flag


async def _people(area: AreaMade, manager: Actor, n: int) -> None:
    for i in range(n):
        await make_actor(Role.VIEWER, area=area, name=f"Vera Viewer {i}")
        await session_token(manager)
        async with tenant_scope(manager):
            await tenancy.link_board(by=manager, area_id=area.id, name=f"Board {i}", kind="other")
            await people.invite(by=manager, email=f"i{i}@example.org", name="Ivy", role="viewer", area_id=area.id)


async def _platform(area: AreaMade, n: int) -> tuple[UUID, ImportRun]:
    for i in range(n):
        await sending.a_provider()
        await sending.a_client(scope_roles={"read": "viewer"}, area_id=area.id)
        job = await sending.a_failed_job()
        await _covered_before(area, 1990 + i)
    return job, await _imported(n)


async def _covered_before(area: AreaMade, year: int) -> None:
    async with tenant_scope(sending.OPERATOR):
        await sql.execute(
            "insert into area_local_authority (area_id, la_code, la_name, valid_from, valid_to) "
            "values ($1, $2, 'An old council', $3, $4)",
            area.id,
            area.la_code,
            date(year, 1, 1),
            date(year, 12, 31),
        )


async def _imported(n: int) -> ImportRun:
    async with tenant_scope(IMPORTER):
        for _ in range(n):
            run_id = uuid7()
            values: list[Any] = [run_id, "links", "links.csv", "done", "Pat"]
            await sql.execute(
                "insert into import_run (id, kind, file_name, status, asked_by_name, rejected) "
                "values ($1, $2, $3, $4, $5, $6)",
                *values,
                n,
            )
        await sql.execute(
            "insert into import_rejection (run_id, line, reason, reference) "
            "select $1, line, 'Too short', 'x' from generate_series(1, $2::integer) line",
            run_id,
            n,
        )
        return (await runs(limit=1))[0]
