"""What the queries return. Money in pence, shares in basis points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tenants.resourcing.rules import Agreed, Balance, Form, LineKind, State


@dataclass(frozen=True, kw_only=True, slots=True)
class BudgetRow:
    """A year's budget by itself."""

    id: UUID
    year: int
    state: str
    note: str | None
    agreed_on: date | None
    version: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """What money is planned for, and what was spent on it."""

    id: UUID
    kind: LineKind
    description: str
    planned_pence: int
    outturn_pence: int | None
    version: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ContributionRow:
    """What one body or organisation gives. `agreed_by` are the bodies whose lead agreed it as it stands."""

    id: UUID
    budget_id: UUID
    partner_id: UUID | None
    contributor: str
    form: Form
    amount_pence: int
    received_pence: int
    valuation_method: str | None
    description: str | None
    payer: str | None
    state: State
    invoice_reference: str | None
    invoiced_on: date | None
    withdrawn_reason: str | None
    reduced_from_pence: int | None
    reduced_reason: str | None
    version: int
    agreed_by: Sequence[UUID] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ReceiptRow:
    """Money that came, or something in kind that was given; below zero when it `reverses` one made by mistake."""

    id: UUID
    received_on: date
    amount_pence: int
    reference: str | None
    reverses: UUID | None
    reason: str | None
    reversed: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Agreement:
    """A body whose lead's agreement to the budget is needed today, and whether it was given."""

    partner_id: UUID
    partner_name: str
    lead_name: str | None
    agreed_name: str | None
    agreed_on: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """One contributor's part of the whole this year, beside last year's (None: there was no budget)."""

    contributor: str
    partner_id: UUID | None
    amount_pence: int
    basis_points: int
    last_year_pence: int | None

    @property
    def change_pence(self) -> int | None:
        """Return the change on last year."""
        return None if self.last_year_pence is None else self.amount_pence - self.last_year_pence


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """A year's budget as people read it."""

    budget: BudgetRow
    lines: Sequence[Line]
    contributions: Sequence[ContributionRow]
    agreements: Sequence[Agreement]
    shares: Sequence[Share]
    balance: Balance


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaBudget:
    """One area's budget for the national overview. Totals are None until it is agreed; no state: none is opened."""

    area_id: int
    year: int
    state: str | None
    agreed_on: date | None
    planned_pence: int | None
    promised_pence: int | None
    received_pence: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Agreeable:
    """A budget, with all it plans, or a contribution (with who gives it; reduced from what) of a year."""

    area_id: int
    what: Agreed
    id: UUID
    year: int
    version: int
    contributor: str | None
    form: Form | None
    amount_pence: int
    reduced_from_pence: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """Something that waits for one person's agreement, for these bodies that they lead."""

    thing: Agreeable
    bodies: Sequence[str]
