"""One lead's agreement for the bodies they lead, and whether it was the last one needed."""

from __future__ import annotations

from uuid import UUID

from infra.clock import today
from infra.ids import uuid7
from tenants.membership.queries.rows import LeadPartner
from tenants.resourcing.errors import agreed_already
from tenants.resourcing.rules import all_agreed
from tenants.resourcing.service.rows import add
from tenants.resourcing.tables import FundingAgreement
from tenants.tenancy.actor import Actor
from tenants.tenancy.rows import Row


async def sign(*, by: Actor, row: Row, mine: list[LeadPartner], budget_id: UUID, contribution_id: UUID | None) -> None:
    """Write the actor's agreement, for each body they lead that has not agreed, to the thing as it is in `row`.

    Raises `WrongState` when all of them have.
    """
    given = await _given(row=row, budget_id=budget_id, contribution_id=contribution_id)
    waiting = [lead for lead in mine if lead.partner_id not in given]
    if not waiting:
        raise agreed_already()
    for lead in waiting:
        values: Row = {
            "area_id": row["area_id"],
            "id": uuid7(),
            "budget_id": budget_id,
            "contribution_id": contribution_id,
            "partner_id": lead.partner_id,
            "appointment_id": lead.appointment_id,
            "agreed_by": by.id,
            "agreed_name": lead.person_name or by.name,
            "agreed_on": today(),
            "of_terms": row["terms"],
        }
        await add(FundingAgreement, by=by, values=values, verb="give")


async def everyone_agreed(*, row: Row, leads: list[LeadPartner], budget_id: UUID, contribution_id: UUID | None) -> bool:
    """Return whether the lead of every body of today has agreed the thing as it is in `row`."""
    given = await _given(row=row, budget_id=budget_id, contribution_id=contribution_id)
    return all_agreed(needed=[lead.partner_id for lead in leads], agreed=given)


async def _given(*, row: Row, budget_id: UUID, contribution_id: UUID | None) -> set[UUID]:
    same = FundingAgreement.contribution_id.is_null()
    if contribution_id is not None:
        same = FundingAgreement.contribution_id == contribution_id
    given = await FundingAgreement.select(FundingAgreement.partner_id).where(
        (FundingAgreement.area_id == row["area_id"])
        & (FundingAgreement.budget_id == budget_id)
        & same
        & (FundingAgreement.of_terms == row["terms"])
    )
    return {each["partner_id"] for each in given}
