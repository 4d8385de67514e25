"""Types of resourcing: each is close to one row, and says which one. Money is whole pence and formatted text."""

from __future__ import annotations

from datetime import date
from typing import Self

import strawberry

from concordat_graphql import ids
from concordat_graphql.scalars import Pence
from tenants.resourcing.queries import rows
from tenants.resourcing.rules import FORM_LABELS, LINE_LABELS, STATE_LABELS, Balance, pounds, year_label


@strawberry.type
class Money:
    """An amount of money."""

    pence: Pence
    text: str = strawberry.field(description="£1,234.50; whole pounds without pence.")

    @classmethod
    def of(cls, pence: int) -> Self:
        """Return an amount of so many pence."""
        return cls(pence=Pence(pence), text=pounds(pence))


def money(pence: int | None) -> Money | None:
    """Return the amount, or None."""
    return None if pence is None else Money.of(pence)


@strawberry.type
class Budget:
    """An area's budget for one financial year: one row of `budget`."""

    id: strawberry.ID
    year: int = strawberry.field(description="The calendar year in which the financial year starts, on 1 April.")
    label: str = strawberry.field(description="2026-27")
    state: str = strawberry.field(description="draft or agreed")
    note: str | None
    agreed_on: date | None
    version: int

    @classmethod
    def of(cls, row: rows.BudgetRow) -> Self:
        """Return the type of a row."""
        return cls(
            id=ids.encode("Budget", row.id),
            year=row.year,
            label=year_label(row.year),
            state=row.state,
            note=row.note,
            agreed_on=row.agreed_on,
            version=row.version,
        )


@strawberry.type
class BudgetLine:
    """What money is planned for, and what was spent: one row of `budget_line`."""

    id: strawberry.ID
    kind: str
    kind_label: str
    description: str
    planned: Money
    outturn: Money | None
    version: int

    @classmethod
    def of(cls, row: rows.Line) -> Self:
        """Return the type of a row."""
        return cls(
            id=ids.encode("BudgetLine", row.id),
            kind=row.kind.value,
            kind_label=LINE_LABELS[row.kind],
            description=row.description,
            planned=Money.of(row.planned_pence),
            outturn=money(row.outturn_pence),
            version=row.version,
        )


@strawberry.type
class Contribution:
    """What a partner body or another organisation gives: one row of `contribution`."""

    id: strawberry.ID
    partner_id: strawberry.ID | None
    contributor: str
    form: str = strawberry.field(description="cash or in_kind")
    form_label: str
    amount: Money
    received: Money
    valuation_method: str | None
    description: str | None
    payer: str | None = strawberry.field(description="Who pays, when it is not the contributor.")
    state: str
    state_label: str
    invoice_reference: str | None
    invoiced_on: date | None
    withdrawn_reason: str | None
    reduced_from: Money | None = strawberry.field(description="What was promised before it was reduced.")
    reduced_reason: str | None
    agreed_by: list[strawberry.ID] = strawberry.field(description="The bodies whose lead agreed it as it stands.")
    version: int

    @classmethod
    def of(cls, row: rows.ContributionRow) -> Self:
        """Return the type of a row."""
        return cls(
            id=ids.encode("Contribution", row.id),
            partner_id=None if row.partner_id is None else ids.encode("PartnerBody", row.partner_id),
            contributor=row.contributor,
            form=row.form.value,
            form_label=FORM_LABELS[row.form],
            amount=Money.of(row.amount_pence),
            received=Money.of(row.received_pence),
            valuation_method=row.valuation_method,
            description=row.description,
            payer=row.payer,
            state=row.state.value,
            state_label=STATE_LABELS[row.state],
            invoice_reference=row.invoice_reference,
            invoiced_on=row.invoiced_on,
            withdrawn_reason=row.withdrawn_reason,
            reduced_from=money(row.reduced_from_pence),
            reduced_reason=row.reduced_reason,
            agreed_by=[ids.encode("PartnerBody", body) for body in row.agreed_by],
            version=row.version,
        )


@strawberry.type
class Receipt:
    """What came of a contribution: one row of `receipt`. A reversal is below zero."""

    id: strawberry.ID
    received_on: date
    amount: Money
    reference: str | None
    reverses: strawberry.ID | None = strawberry.field(description="The receipt made by mistake that this reverses.")
    reason: str | None = strawberry.field(description="Why it was reversed.")
    reversed: bool

    @classmethod
    def of(cls, row: rows.ReceiptRow) -> Self:
        """Return the type of a row."""
        return cls(
            id=ids.encode("Receipt", row.id),
            received_on=row.received_on,
            amount=Money.of(row.amount_pence),
            reference=row.reference,
            reverses=None if row.reverses is None else ids.encode("Receipt", row.reverses),
            reason=row.reason,
            reversed=row.reversed,
        )


@strawberry.type
class BudgetAgreement:
    """A body whose lead's agreement the budget needs, and whether it was given."""

    partner_id: strawberry.ID
    partner_name: str
    lead_name: str | None = strawberry.field(description="Null: nobody leads the body, so nobody can agree for it.")
    agreed_name: str | None
    agreed_on: date | None
    mine: bool = strawberry.field(description="Whether the reader leads this body today.")

    @classmethod
    def of(cls, row: rows.Agreement, *, mine: bool) -> Self:
        """Return the type of an agreement."""
        return cls(
            partner_id=ids.encode("PartnerBody", row.partner_id),
            partner_name=row.partner_name,
            lead_name=row.lead_name,
            agreed_name=row.agreed_name,
            agreed_on=row.agreed_on,
            mine=mine,
        )


@strawberry.type
class FundingShare:
    """One contributor's part of the whole. Shares are shown, never judged: no formula exists."""

    contributor: str
    amount: Money
    basis_points: int = strawberry.field(description="Of 10,000, which is all contributions together.")
    last_year: Money | None
    change: Money | None

    @classmethod
    def of(cls, row: rows.Share) -> Self:
        """Return the type of a share."""
        return cls(
            contributor=row.contributor,
            amount=Money.of(row.amount_pence),
            basis_points=row.basis_points,
            last_year=money(row.last_year_pence),
            change=money(row.change_pence),
        )


@strawberry.type
class BudgetBalance:
    """A year's money at a glance."""

    planned: Money
    promised: Money
    received: Money
    spent: Money
    unfunded: Money = strawberry.field(description="Planned and not promised; below zero when more is promised.")
    outstanding: Money = strawberry.field(description="Promised and not received.")

    @classmethod
    def of(cls, balance: Balance) -> Self:
        """Return the type of a balance."""
        return cls(
            planned=Money.of(balance.planned),
            promised=Money.of(balance.promised),
            received=Money.of(balance.received),
            spent=Money.of(balance.spent),
            unfunded=Money.of(balance.unfunded),
            outstanding=Money.of(balance.outstanding),
        )


@strawberry.type
class BudgetSheet:
    """A year's budget as people read it."""

    budget: Budget
    lines: list[BudgetLine]
    contributions: list[Contribution]
    agreements: list[BudgetAgreement]
    shares: list[FundingShare]
    balance: BudgetBalance
    may_edit: bool = strawberry.field(description="Whether the reader keeps this budget today.")
    may_agree: bool = strawberry.field(description="Whether the reader leads a partner body today.")

    @classmethod
    def of(cls, found: rows.Sheet, *, may_edit: bool, leads: set[object]) -> Self:
        """Return the type of a sheet; `leads` are the bodies that the reader leads."""
        return cls(
            budget=Budget.of(found.budget),
            lines=[BudgetLine.of(row) for row in found.lines],
            contributions=[Contribution.of(row) for row in found.contributions],
            agreements=[BudgetAgreement.of(row, mine=row.partner_id in leads) for row in found.agreements],
            shares=[FundingShare.of(row) for row in found.shares],
            balance=BudgetBalance.of(found.balance),
            may_edit=may_edit,
            may_agree=bool(leads),
        )
