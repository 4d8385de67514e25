"""What the mutations of resourcing are given. Amounts are in pence."""

from __future__ import annotations

from datetime import date

import strawberry

from concordat_graphql import ids
from concordat_graphql.scalars import Pence
from tenants.resourcing.service import Pledge


@strawberry.input
class PledgeInput:
    """What is given: by a partner body, or by another organisation by name. In kind needs how it was valued."""

    form: str
    amount_pence: Pence
    partner_id: strawberry.ID | None = None
    contributor: str | None = None
    valuation_method: str | None = None
    description: str | None = None
    payer: str | None = None

    def pledge(self) -> Pledge:
        """Return the domain's pledge; raises `NotFound` for an id that is not a partner's."""
        partner = (
            None if self.partner_id is None else ids.decode_uuid("PartnerBody", self.partner_id, field="partnerId")
        )
        return Pledge(
            form=self.form,
            amount_pence=self.amount_pence,
            partner_id=partner,
            contributor=self.contributor,
            valuation_method=self.valuation_method,
            description=self.description,
            payer=self.payer,
        )


@strawberry.input
class OpenBudgetInput:
    """A financial year to plan for, by the year in which it starts; `copyFrom` is a year to begin from."""

    idempotency_key: str
    area_id: strawberry.ID
    year: int
    copy_from: int | None = None
    note: str | None = None


@strawberry.input
class AddBudgetLineInput:
    """Something to plan for."""

    idempotency_key: str
    area_id: strawberry.ID
    budget_id: strawberry.ID
    kind: str
    description: str
    planned_pence: Pence


@strawberry.input
class ChangeBudgetLineInput:
    """What a line plans instead, by someone who saw `version`."""

    idempotency_key: str
    area_id: strawberry.ID
    line_id: strawberry.ID
    version: int
    kind: str
    description: str
    planned_pence: Pence


@strawberry.input
class RemoveBudgetLineInput:
    """A line to take out of a draft, and why."""

    idempotency_key: str
    area_id: strawberry.ID
    line_id: strawberry.ID
    version: int
    reason: str


@strawberry.input
class RecordOutturnInput:
    """What was spent on a line."""

    idempotency_key: str
    area_id: strawberry.ID
    line_id: strawberry.ID
    version: int
    outturn_pence: Pence


@strawberry.input
class AgreeBudgetInput:
    """A budget as it was at `version`, to agree for the body the person leads."""

    idempotency_key: str
    area_id: strawberry.ID
    budget_id: strawberry.ID
    version: int


@strawberry.input
class ReopenBudgetInput:
    """An agreed budget to change, and why."""

    idempotency_key: str
    area_id: strawberry.ID
    budget_id: strawberry.ID
    version: int
    reason: str


@strawberry.input
class PledgeContributionInput:
    """A contribution to a year's budget."""

    idempotency_key: str
    area_id: strawberry.ID
    budget_id: strawberry.ID
    what: PledgeInput


@strawberry.input
class ChangePledgeInput:
    """What is given instead, before it is invoiced."""

    idempotency_key: str
    area_id: strawberry.ID
    contribution_id: strawberry.ID
    version: int
    what: PledgeInput
    reason: str


@strawberry.input
class AgreeContributionInput:
    """A contribution as it was at `version`, to agree for the body the person leads."""

    idempotency_key: str
    area_id: strawberry.ID
    contribution_id: strawberry.ID
    version: int


@strawberry.input
class InvoiceContributionInput:
    """The invoice that was sent."""

    idempotency_key: str
    area_id: strawberry.ID
    contribution_id: strawberry.ID
    version: int
    reference: str
    invoiced_on: date


@strawberry.input
class CorrectInvoiceInput:
    """The invoice as it should have been recorded, and why."""

    idempotency_key: str
    area_id: strawberry.ID
    contribution_id: strawberry.ID
    version: int
    reference: str
    invoiced_on: date
    reason: str


@strawberry.input
class ReceiveContributionInput:
    """What came, in part or in full."""

    idempotency_key: str
    area_id: strawberry.ID
    contribution_id: strawberry.ID
    version: int
    amount_pence: Pence
    received_on: date
    reference: str | None = None


@strawberry.input
class ReverseReceiptInput:
    """A receipt recorded by mistake, and why; `version` is its contribution's."""

    idempotency_key: str
    area_id: strawberry.ID
    receipt_id: strawberry.ID
    version: int
    reason: str


@strawberry.input
class ReduceContributionInput:
    """All that will come of a contribution of which a part has come, and why not more."""

    idempotency_key: str
    area_id: strawberry.ID
    contribution_id: strawberry.ID
    version: int
    amount_pence: Pence
    reason: str


@strawberry.input
class WithdrawContributionInput:
    """A contribution that will not come, and why."""

    idempotency_key: str
    area_id: strawberry.ID
    contribution_id: strawberry.ID
    version: int
    reason: str
