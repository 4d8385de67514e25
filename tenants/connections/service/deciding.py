"""Accepting and refusing what connections propose, one by one or many at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from infra.clock import now, today
from infra.database import sql
from infra.ids import uuid7
from tenants.audit.service import Entry, record_each
from tenants.connections import errors
from tenants.connections.permissions import check_can_decide
from tenants.connections.queries import proposals as queries
from tenants.connections.queries.proposals import ProposalRow
from tenants.connections.rules.deciding import Accepted, Outcome, outcome
from tenants.connections.rules.settling import CONTACTS, Contact, Proposed
from tenants.connections.service.inviting import end_roles, invite
from tenants.tenancy import checks
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Conflict, Invalid, NotFound

MOST_AT_ONCE = 200
_END = """
update named_contact n set valid_to = greatest(n.valid_from, $3::date), ended_reason = $4, version = n.version + 1
where n.area_id = $1 and n.id = any ($2) and n.valid_to is null
"""
_BEGIN = """
insert into named_contact (area_id, id, organisation_id, post, name, email, phone, entered_by, entered_by_name,
    external_id, valid_from)
select $1, row.*, $2 from unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
    $10::text[], $11::text[]) as row (id, organisation_id, post, name, email, phone, entered_by, entered_by_name,
    external_id)
"""
_DECIDE = """
update connection_proposal p set state = $3, decided_at = now(), decided_by_name = $4, reason = $5,
    contact_id = done.contact_id, version = p.version + 1
from unnest($2::uuid[], $6::uuid[]) as done (id, contact_id)
where p.area_id = $1 and p.id = done.id and p.state = 'open'
"""


async def accept(
    *,
    by: Actor,
    area_id: int,
    proposals: Mapping[UUID, int],
    reason: str | None = None,
    invite_people: bool = False,
) -> int:
    """Accept proposals, each as it was seen at its version, all or none; return how many.

    A contact becomes a named contact, and the one it takes the place of ends; an `end` ends it; a role becomes an
    invitation, or ends. With `invite_people` those who became contacts and have an address are invited as well.
    """
    rows = await _find(by=by, area_id=area_id, proposals=proposals)
    why = checks.optional_text(reason, name="the reason", field="reason", most=1000)
    contacts = await _contacts_of(area_id, rows)
    done = outcome([_accepted(row) for row in rows], contacts=contacts)
    await _write_contacts(by=by, area_id=area_id, done=done, contacts=contacts)
    for row in rows:
        if row.action == "end" and row.subject_kind not in CONTACTS:
            await end_roles(by=by, area_id=area_id, row=row)
        elif row.action != "end" and (invite_people or row.subject_kind not in CONTACTS):
            await invite(by=by, area_id=area_id, row=row, needed=row.subject_kind not in CONTACTS)
    await _decide(by=by, area_id=area_id, rows=rows, state="accepted", why=why, concerns=done.concerns)
    return len(rows)


async def refuse(*, by: Actor, area_id: int, proposals: Mapping[UUID, int], reason: str) -> int:
    """Refuse proposals, all or none; return how many. Refused they stay until the agency says something else."""
    rows = await _find(by=by, area_id=area_id, proposals=proposals)
    await _decide(by=by, area_id=area_id, rows=rows, state="refused", why=checks.reason(reason), concerns={})
    return len(rows)


async def _find(*, by: Actor, area_id: int, proposals: Mapping[UUID, int]) -> list[ProposalRow]:
    check_can_decide(by, area_id=area_id)
    if not proposals:
        raise Invalid("Select at least one proposal.", field="proposals")
    if len(proposals) > MOST_AT_ONCE:
        raise Invalid(f"Decide on at most {MOST_AT_ONCE} proposals at once.", field="proposals")
    rows = await queries.proposals_by_id(area_id=area_id, proposal_ids=list(proposals), lock=True)
    if len(rows) != len(proposals):
        raise NotFound("proposal", field="proposals")
    for row in rows:
        if row.version != proposals[row.id] and row.state == "open":
            raise Conflict("proposal", version=row.version)
        if row.state != "open":
            raise errors.decided()
    return rows


def _accepted(row: ProposalRow) -> Accepted:
    proposed = Proposed(
        organisation_id=row.organisation_id,
        external_id=row.external_id,
        action=row.action,
        subject_kind=row.subject_kind,
        proposed=row.proposed,
    )
    return Accepted(proposal_id=row.id, contact_id=uuid7(), source=row.source, row=proposed)


async def _contacts_of(area_id: int, rows: Sequence[ProposalRow]) -> list[Contact]:
    organisations = [row.organisation_id for row in rows if row.organisation_id is not None]
    found = await queries.contacts_of(area_id=area_id, organisation_ids=organisations)
    parts = Contact.__slots__
    return [Contact(**{part: getattr(row, part) for part in parts}) for row in found]


async def _write_contacts(*, by: Actor, area_id: int, done: Outcome, contacts: Sequence[Contact]) -> None:
    if done.ends:
        last = today() - timedelta(days=1)
        await sql.execute(_END, area_id, list(done.ends), last, "A proposal was accepted.")
    if done.begins:
        made = [contact for _, contact in done.begins]
        await sql.execute(
            _BEGIN,
            area_id,
            today(),
            [one.id for one in made],
            [one.organisation_id for one in made],
            [one.post for one in made],
            [one.name for one in made],
            [one.email for one in made],
            [one.phone for one in made],
            [one.entered_by for one in made],
            [accepted.source for accepted, _ in done.begins],
            [one.external_id for one in made],
        )
    known = {one.id: one.shown() for one in contacts}
    ended = [_entry(area_id, "end", one, before=known.get(one)) for one in done.ends]
    begun = [_entry(area_id, "begin", one.id, after=one.shown()) for _, one in done.begins]
    if ended or begun:
        await record_each(by=by, entries=[*ended, *begun])


def _entry(
    area_id: int, verb: str, contact_id: UUID, *, before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> Entry:  # fmt: skip
    subject = ("named_contact", contact_id)
    return Entry(area_id=area_id, action=f"contact.{verb}", subject=subject, before=before, after=after)


async def _decide(
    *, by: Actor, area_id: int, rows: Sequence[ProposalRow], state: str, why: str | None, concerns: Mapping[UUID, UUID]
) -> None:
    proposal_ids = [row.id for row in rows]
    contact_ids = [concerns.get(row.id) for row in rows]
    await sql.execute(_DECIDE, area_id, proposal_ids, state, by.name[:200], why, contact_ids)
    verb = "accept" if state == "accepted" else "refuse"
    entries = [
        Entry(
            area_id=area_id,
            action=f"proposal.{verb}",
            subject=("connection_proposal", row.id),
            reason=why,
            before={"present": row.present} if row.present else None,
            after={"action": row.action, "kind": row.subject_kind, "source": row.source, "decided_at": now()},
        )
        for row in rows
    ]
    await record_each(by=by, entries=entries)
