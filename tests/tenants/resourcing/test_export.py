"""The contributions as a file: pounds, words as people read them, and a name that cannot become a formula."""

from __future__ import annotations

import csv
import io

import openpyxl

from tenants.resourcing import queries, service
from tests.support.cluster import Cluster
from tests.support.membership import make_bodies
from tests.support.resourcing import act, open_budget, pledge, sheet


async def test_both_files_hold_every_contribution(database: Cluster) -> None:
    made = await make_bodies()
    budget_id = await open_budget(made)
    await pledge(made, budget_id, pence=10_000_50)
    odd = await pledge(made, budget_id, partner_id=None, contributor='=HYPERLINK("x")', pence=1_00)
    await act(made.manager, service.withdraw, made.area.id, contribution_id=odd, version=1, reason="Not theirs.")
    found = await sheet(made)
    rows = list(csv.DictReader(io.StringIO(queries.as_csv(found).decode("utf-8-sig"))))
    assert [(row["Financial year"], row["Contributor"], row["Amount (£)"], row["State"]) for row in rows] == [
        ("2026-27", f"{made.area.name} Police", "10000.50", "Pledged"),
        ("2026-27", '\'=HYPERLINK("x")', "1.00", "Withdrawn"),
    ]
    assert [row["Still to come (£)"] for row in rows] == ["10000.50", "0.00"]
    page = openpyxl.load_workbook(io.BytesIO(queries.as_xlsx(found))).worksheets[0]
    assert (page.title, page["D2"].value, page["B3"].value, page["B3"].data_type) == (
        "Contributions 2026-27",
        10000.5,
        '=HYPERLINK("x")',
        "s",
    )
