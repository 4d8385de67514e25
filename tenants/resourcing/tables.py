"""Piccolo tables of resourcing. The DDL is in `migrations/`. Money is in pence."""

from __future__ import annotations

from piccolo.columns import UUID, BigInt, Date, Integer, SmallInt, Text
from piccolo.table import Table

from infra.database import ENGINE
from infra.ids import uuid7


class Budget(Table, db=ENGINE, tablename="budget"):
    """An area's budget for the financial year that starts on 1 April of `year`."""

    area_id = Integer()
    id = UUID(primary_key=True, default=uuid7)
    year = SmallInt()
    state = Text(default="draft")
    note = Text(null=True, default=None)
    agreed_on = Date(null=True, default=None)
    terms = Integer(default=1)
    version = Integer(default=1)


class BudgetLine(Table, db=ENGINE, tablename="budget_line"):
    """What money is planned for, and what was spent. A removed line stays, with the reason."""

    area_id = Integer()
    id = UUID(primary_key=True, default=uuid7)
    budget_id = UUID(default=None)
    kind = Text()
    description = Text()
    planned_pence = BigInt()
    outturn_pence = BigInt(null=True, default=None)
    removed_reason = Text(null=True, default=None)
    version = Integer(default=1)


class Contribution(Table, db=ENGINE, tablename="contribution"):
    """What a partner body, or another organisation by name, gives in a year: cash or in kind."""

    area_id = Integer()
    id = UUID(primary_key=True, default=uuid7)
    budget_id = UUID(default=None)
    partner_id = UUID(null=True, default=None)
    contributor = Text(null=True, default=None)
    form = Text()
    amount_pence = BigInt()
    valuation_method = Text(null=True, default=None)
    description = Text(null=True, default=None)
    payer = Text(null=True, default=None)
    state = Text(default="pledged")
    invoice_reference = Text(null=True, default=None)
    invoiced_on = Date(null=True, default=None)
    withdrawn_reason = Text(null=True, default=None)
    reduced_from_pence = BigInt(null=True, default=None)
    reduced_reason = Text(null=True, default=None)
    terms = Integer(default=1)
    version = Integer(default=1)


class Receipt(Table, db=ENGINE, tablename="receipt"):
    """Money that came, or something in kind that was given; below zero when it reverses a receipt made by mistake."""

    area_id = Integer()
    id = UUID(primary_key=True, default=uuid7)
    contribution_id = UUID(default=None)
    received_on = Date()
    amount_pence = BigInt()
    reference = Text(null=True, default=None)
    reverses = UUID(null=True, default=None)
    reason = Text(null=True, default=None)


class FundingAgreement(Table, db=ENGINE, tablename="funding_agreement"):
    """One lead's agreement, for their body, to a budget (no contribution) or to a contribution."""

    area_id = Integer()
    id = UUID(primary_key=True, default=uuid7)
    budget_id = UUID(default=None)
    contribution_id = UUID(null=True, default=None)
    partner_id = UUID(default=None)
    appointment_id = UUID(default=None)
    agreed_by = UUID(default=None)
    agreed_name = Text()
    agreed_on = Date()
    of_terms = Integer()
