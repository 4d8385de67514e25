"""Agreeing much at once: in one area, each thing by itself, so that one that has moved on does not stop the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from infra.clock import today
from infra.database.savepoint import savepoint
from tenants.membership import queries as membership
from tenants.resourcing.permissions import check_can_agree
from tenants.resourcing.rules import Agreed
from tenants.resourcing.service.budgets import agree_budget
from tenants.resourcing.service.contributions import agree_contribution
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Problem


@dataclass(frozen=True, kw_only=True, slots=True)
class ToAgree:
    """A budget or a contribution as the person saw it at `version`."""

    what: Agreed
    id: UUID
    version: int


@dataclass(frozen=True, kw_only=True, slots=True)
class AgreeOutcome:
    """What became of one thing: agreed, or why not."""

    what: Agreed
    id: UUID
    problem: str | None


async def agree_each(*, by: Actor, area_id: int, items: Sequence[ToAgree]) -> list[AgreeOutcome]:
    """Agree each thing for the bodies that the actor leads in the area; return what became of each, in order.

    Raises `NotAllowed` for anyone but a lead of the area, and writes nothing then.
    """
    check_can_agree(by, area_id=area_id, leads=await membership.lead_partners(area_id=area_id, as_at=today()))
    return [await _agree(one, by=by, area_id=area_id) for one in items]


async def _agree(one: ToAgree, *, by: Actor, area_id: int) -> AgreeOutcome:
    problem = None
    try:
        async with savepoint():
            if one.what is Agreed.BUDGET:
                await agree_budget(by=by, area_id=area_id, budget_id=one.id, version=one.version)
            else:
                await agree_contribution(by=by, area_id=area_id, contribution_id=one.id, version=one.version)
    except Problem as refused:
        problem = refused.message
    return AgreeOutcome(what=one.what, id=one.id, problem=problem)
