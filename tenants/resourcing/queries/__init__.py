"""Reading budgets: a year's sheet for members of the area, totals of many areas for the Department, files."""

from tenants.resourcing.queries.budgets import (
    budget,
    contribution,
    contribution_of_receipt,
    contributions,
    line,
    receipts,
    sheet,
    years,
)
from tenants.resourcing.queries.export import as_csv, as_xlsx
from tenants.resourcing.queries.overview import totals_of
from tenants.resourcing.queries.waiting import AGREEABLE, WAITS, Place, agreeable, areas_led, waiting_for

__all__ = [
    "AGREEABLE",
    "WAITS",
    "Place",
    "agreeable",
    "areas_led",
    "as_csv",
    "as_xlsx",
    "budget",
    "contribution",
    "contribution_of_receipt",
    "contributions",
    "line",
    "receipts",
    "sheet",
    "totals_of",
    "waiting_for",
    "years",
]
