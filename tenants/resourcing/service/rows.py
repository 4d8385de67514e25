"""Finding, adding and changing one row of resourcing, with its audit entry; and checking amounts."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from piccolo.table import Table

from tenants.resourcing.errors import REFUSED, budget_agreed
from tenants.resourcing.rules import MOST_PENCE
from tenants.resourcing.tables import Budget
from tenants.tenancy import rows
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Invalid
from tenants.tenancy.rows import About, Row

#: whose rows name a person
PERSONAL: Mapping[str, About] = {"funding_agreement": About(columns=("agreed_name",), account="agreed_by")}
WORDS: Mapping[str, str] = {
    "budget": "budget",
    "budget_line": "budget line",
    "contribution": "contribution",
    "receipt": "receipt",
    "funding_agreement": "agreement",
}


async def find(table: type[Table], *, area_id: int, id: UUID, field: str) -> Row:
    """Return the row, locked until the transaction ends; raises `NotFound`."""
    return await rows.find(table, area_id=area_id, id=id, what=WORDS[table._meta.tablename], field=field, lock=True)


async def add(table: type[Table], *, by: Actor, values: Row, verb: str, reason: str | None = None) -> UUID:
    """Insert a row and audit it; return its id."""
    about = PERSONAL.get(table._meta.tablename)
    return await rows.add(table, by=by, values=values, verb=verb, refused=REFUSED, reason=reason, about=about)


async def change(
    table: type[Table], *, by: Actor, row: Row, version: int, values: Row, verb: str, reason: str | None = None
) -> None:
    """Change the row if its version is still `version`; raises `Conflict`."""
    what = WORDS[table._meta.tablename]
    await rows.change(
        table, by=by, row=row, version=version, values=values, verb=verb, what=what, refused=REFUSED, reason=reason
    )


async def draft(*, area_id: int, budget_id: UUID) -> Row:
    """Return the budget when it is still a draft; raises `NotFound` or `WrongState`."""
    row = await find(Budget, area_id=area_id, id=budget_id, field="budgetId")
    if row["state"] != "draft":
        raise budget_agreed()
    return row


def amount(pence: int, *, field: str, least: int = 1) -> int:
    """Return an amount in pence; raises `Invalid` when it is too small or beyond belief."""
    if not least <= pence <= MOST_PENCE:
        words = "£0 or more" if least == 0 else "more than £0"
        raise Invalid(f"Enter an amount in pounds that is {words} and less than a thousand million.", field=field)
    return pence
