"""Budgets for the tests, made through the services."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from tenants.membership.rules import Kind
from tenants.resourcing import queries, service
from tenants.resourcing.queries.rows import ContributionRow, Sheet
from tenants.resourcing.service import Pledge
from tenants.tenancy.actor import Actor
from tenants.tenancy.scope import tenant_scope
from tests.support.membership import Partnership

YEAR = 2026


async def act(by: Actor, verb: Callable[..., Awaitable[UUID]], area_id: int, **values: Any) -> UUID:
    """Run one verb of the service as that actor, in a scope of its own."""
    async with tenant_scope(by):
        return await verb(by=by, area_id=area_id, **values)


async def open_budget(made: Partnership, *, year: int = YEAR, planned: int = 100_000_00, **more: Any) -> UUID:
    """Open a budget with one line of business support."""
    budget_id = await act(made.manager, service.open_budget, made.area.id, year=year, **more)
    if planned:
        await act(made.manager, service.add_line, made.area.id, budget_id=budget_id, kind="business_support",
                  description="The partnership's team", planned_pence=planned)  # fmt: skip
    return budget_id


async def pledge(
    made: Partnership, budget_id: UUID, kind: Kind = Kind.POLICE, pence: int = 10_000_00, **more: Any
) -> UUID:
    """Record a cash pledge of one of the three bodies."""
    what = Pledge(**{"form": "cash", "amount_pence": pence, "partner_id": made.bodies[kind], **more})
    return await act(made.manager, service.pledge, made.area.id, budget_id=budget_id, what=what)


async def sheet(made: Partnership, year: int = YEAR) -> Sheet:
    """Read the year's sheet as the manager."""
    async with tenant_scope(made.manager, readonly=True):
        found = await queries.sheet(area_id=made.area.id, year=year)
    assert found is not None
    return found


async def contribution(made: Partnership, contribution_id: UUID) -> ContributionRow:
    """Read one contribution as the manager."""
    async with tenant_scope(made.manager, readonly=True):
        found = await queries.contribution(area_id=made.area.id, contribution_id=contribution_id)
    assert found is not None
    return found


async def agree_by_all(made: Partnership, contribution_id: UUID) -> None:
    """Let the three leads agree a contribution."""
    version = (await contribution(made, contribution_id)).version
    for lead in made.lead_actors.values():
        await act(lead, service.agree_contribution, made.area.id, contribution_id=contribution_id, version=version)


async def agree_budget_by_all(made: Partnership, budget_id: UUID) -> None:
    """Let the three leads agree a budget."""
    async with tenant_scope(made.manager, readonly=True):
        row = await queries.budget(area_id=made.area.id, budget_id=budget_id)
    assert row is not None
    for lead in made.lead_actors.values():
        await act(lead, service.agree_budget, made.area.id, budget_id=budget_id, version=row.version)
