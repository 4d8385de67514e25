"""What is known today beside what was proposed at some time: people may have entered or ended somebody since."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from uuid import UUID

from infra.database import sql
from tenants.connections.queries.proposals import ProposalRow
from tenants.connections.rules.settling import CONTACTS, Contact, Proposed, concerned

_CONTACTS = """
select id, organisation_id, post, name, email, phone, entered_by, external_id, version from named_contact
where area_id = $1 and organisation_id = any ($2) and valid_to is null order by id
"""


async def contacts_at(*, area_id: int, organisation_ids: Collection[UUID | None]) -> dict[UUID | None, list[Contact]]:
    """Return every contact of today at these organisations, by organisation. One statement."""
    wanted = list({one for one in organisation_ids if one is not None})
    found: dict[UUID | None, list[Contact]] = {}
    for row in await sql.fetch(_CONTACTS, area_id, wanted):
        found.setdefault(row["organisation_id"], []).append(Contact(**row))
    return found


async def beside_today(*, area_id: int, rows: Sequence[ProposalRow]) -> list[ProposalRow]:
    """Return the proposals with what is known today: of those that wait for a decision about a contact."""
    about = [row.organisation_id for row in rows if _is_compared(row)]
    if not about:
        return list(rows)
    contacts = await contacts_at(area_id=area_id, organisation_ids=about)
    return [_compared(row, contacts.get(row.organisation_id, ())) if _is_compared(row) else row for row in rows]


def as_proposed(row: ProposalRow) -> Proposed:
    """Return what a proposal says, as the connection said it."""
    return Proposed(
        organisation_id=row.organisation_id,
        external_id=row.external_id,
        action=row.action,
        subject_kind=row.subject_kind,
        proposed=row.proposed,
    )


def _is_compared(row: ProposalRow) -> bool:
    return row.state == "open" and row.subject_kind in CONTACTS


def _compared(row: ProposalRow, contacts: Sequence[Contact]) -> ProposalRow:
    known = concerned(as_proposed(row), contacts=contacts)
    action = row.action if row.action == "end" else "add" if known is None else "change"
    return replace(row, action=action, present=None if known is None else known.shown())
