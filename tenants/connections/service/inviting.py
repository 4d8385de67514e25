"""Roles that follow from an accepted proposal: through the people service, so that its rules hold here too."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from infra.clock import today
from infra.database import sql
from infra.database.savepoint import savepoint
from tenants.connections import errors
from tenants.connections.queries.proposals import ProposalRow
from tenants.connections.rules.deciding import role_of
from tenants.connections.rules.settling import CONTACTS
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Problem, Problems
from tenants.tenancy.people import queries as people
from tenants.tenancy.people import service

_INVITED = """
select exists (select from invitation where area_id = $1 and organisation_id = $2 and email = $3
    and accepted_at is null and revoked_at is null and expires_at > now())
"""


async def roles(*, by: Actor, area_id: int, rows: Sequence[ProposalRow]) -> dict[UUID, Problem]:
    """Do what accepting the proposals of roles among the rows comes to, each by itself; return why some were not."""
    left: dict[UUID, Problem] = {}
    for row in rows:
        if row.subject_kind in CONTACTS:
            continue
        try:
            async with savepoint():
                if row.action == "end":
                    await end_roles(by=by, area_id=area_id, row=row)
                else:
                    await invite(by=by, area_id=area_id, row=row, needed=True)
        except Problem as wrong:
            left[row.id] = wrong
        except Problems as wrong:
            left[row.id] = wrong.problems[0]
    return left


async def invitations(*, by: Actor, area_id: int, rows: Sequence[ProposalRow]) -> dict[UUID, str]:
    """Invite those who became contacts, each by itself; return why some were not."""
    notes: dict[UUID, str] = {}
    for row in rows:
        if row.subject_kind not in CONTACTS or row.action == "end":
            continue
        try:
            async with savepoint():
                await invite(by=by, area_id=area_id, row=row, needed=False)
        except Problem as wrong:
            notes[row.id] = f"Accepted, but nobody was invited. {wrong.message}"
        except Problems as wrong:
            notes[row.id] = f"Accepted, but nobody was invited. {' '.join(one.message for one in wrong.problems)}"
    return notes


async def invite(*, by: Actor, area_id: int, row: ProposalRow, needed: bool) -> UUID | None:
    """Invite the person, unless they act for the organisation already or an invitation is open; None then.

    Without an address there is nobody to invite: raises `WrongState` when it is `needed`.
    """
    email = str(row.proposed.get("email") or "").lower()
    if not email or row.organisation_id is None:
        if needed:
            raise errors.no_email()
        return None
    holders = await people.assignments_of_organisation(area_id=area_id, organisation_id=row.organisation_id)
    if any(one.email == email for one in holders):
        return None
    if await sql.fetch_value(_INVITED, area_id, row.organisation_id, email):
        return None
    kind = await sql.fetch_value("select kind from organisation_fact where id = $1", row.organisation_id)
    return await service.invite(
        by=by,
        email=email,
        name=str(row.proposed.get("name") or email),
        role=role_of(row.proposed, kind=kind),
        area_id=area_id,
        organisation_id=row.organisation_id,
    )


async def end_roles(*, by: Actor, area_id: int, row: ProposalRow) -> None:
    """End what the person holds for the organisation in the area today."""
    if row.organisation_id is None:
        return
    email = str(row.proposed.get("email") or (row.present or {}).get("email") or "").lower()
    holders = await people.assignments_of_organisation(area_id=area_id, organisation_id=row.organisation_id)
    for one in holders:
        if email and one.email == email and one.valid_to is None:
            await service.end_role(
                by=by,
                assignment_id=one.id,
                ends_on=today(),
                reason=f"{row.source} says that it has ended, and the proposal was accepted.",
                version=one.version,
            )
