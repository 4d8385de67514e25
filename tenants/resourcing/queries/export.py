"""A year's contributions as a file that a spreadsheet program opens."""

from __future__ import annotations

from decimal import Decimal

from infra.export import Cell, to_csv, to_xlsx
from tenants.resourcing.queries.rows import ContributionRow, Sheet
from tenants.resourcing.rules import FORM_LABELS, STATE_LABELS, State, year_label

HEADER = (
    "Financial year",
    "Contributor",
    "Form",
    "Amount (£)",
    "Received (£)",
    "Still to come (£)",
    "State",
    "Paid by",
    "How valued",
    "Description",
    "Invoice number",
    "Invoiced on",
    "Withdrawn because",
    "Reduced from (£)",
    "Reduced because",
)


def as_csv(sheet: Sheet) -> bytes:
    """Return the contributions as CSV, amounts in pounds."""
    return to_csv(header=HEADER, rows=_rows(sheet))


def as_xlsx(sheet: Sheet) -> bytes:
    """Return the contributions as an XLSX workbook, amounts in pounds."""
    return to_xlsx(sheet=f"Contributions {year_label(sheet.budget.year)}", header=HEADER, rows=_rows(sheet))


def _rows(sheet: Sheet) -> list[list[Cell]]:
    return [_row(year_label(sheet.budget.year), each) for each in sheet.contributions]


def _row(year: str, each: ContributionRow) -> list[Cell]:
    open_pence = 0 if each.state is State.WITHDRAWN else each.amount_pence - each.received_pence
    return [
        year,
        each.contributor,
        FORM_LABELS[each.form],
        _pounds(each.amount_pence),
        _pounds(each.received_pence),
        _pounds(open_pence),
        STATE_LABELS[each.state],
        each.payer,
        each.valuation_method,
        each.description,
        each.invoice_reference,
        each.invoiced_on,
        each.withdrawn_reason,
        None if each.reduced_from_pence is None else _pounds(each.reduced_from_pence),
        each.reduced_reason,
    ]


def _pounds(pence: int) -> Decimal:
    return (Decimal(pence) / 100).quantize(Decimal("0.01"))
