"""Recording which body lies in which board's geography, from what a directory last said of each."""

from __future__ import annotations

from datetime import date, timedelta

from infra.clock import today
from infra.database import sql
from tenants.audit.service import PLATFORM, Entry, record_each
from tenants.organisations.directory import statements
from tenants.organisations.directory.service import Fact
from tenants.organisations.permissions import check_can_import
from tenants.tenancy.actor import Actor


async def record_affiliations(*, by: Actor, source: str) -> list[Fact]:
    """Record what the directory says of who lies where, once every body of a run is known; return what was new.

    What it no longer says of a body counts as ended yesterday. A board that the register does not have is left out
    until it does.
    Each change has an audit entry on the platform's chain. Raises `NotAllowed`.
    """
    check_can_import(by)
    rows = await sql.fetch(statements.AFFILIATE, source, today() - timedelta(days=1))
    facts = [
        Fact(
            organisation_id=row["member_id"],
            organisation=row["member"],
            what="lies in",
            before=_told(row["board_before"], row["from_before"], row["to_before"]),
            after=_told(row["board"], row["valid_from"], row["valid_to"]),
        )
        for row in rows
    ]
    if facts:
        await record_each(by=by, entries=[_entry(fact, source) for fact in facts])
    return facts


def _told(board: str | None, start: date | None, end: date | None) -> str | None:
    if board is None:
        return None
    began = "" if start is None else f" from {start}"
    return f"{board}{began}" if end is None else f"{board}{began} to {end}"


def _entry(fact: Fact, source: str) -> Entry:
    return Entry(
        area_id=PLATFORM,
        action="organisation.affiliate",
        subject=("organisation", fact.organisation_id),
        reason=f"As listed by {source}.",
        before=None if fact.before is None else {"lies_in": fact.before},
        after={"lies_in": fact.after},
    )
