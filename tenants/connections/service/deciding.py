"""Accepting and refusing what connections propose, one by one or many at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from infra.clock import now, today
from infra.database import sql
from infra.ids import uuid7
from tenants.audit.personal import personal
from tenants.audit.service import Entry, record_each
from tenants.connections import errors
from tenants.connections.permissions import check_can_decide
from tenants.connections.queries import known
from tenants.connections.queries import proposals as queries
from tenants.connections.queries.proposals import ProposalRow
from tenants.connections.rules.deciding import Accepted, Outcome, outcome
from tenants.connections.rules.settling import Contact
from tenants.connections.service import inviting
from tenants.connections.service.contacts import NAMING
from tenants.tenancy import checks
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Conflict, Invalid, NotFound, Problem, Problems

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


@dataclass(frozen=True, kw_only=True, slots=True)
class Decided:
    """What became of one proposal: decided, or left as it was and why. `said` is a sentence for people."""

    proposal_id: UUID
    done: bool
    said: str | None = None


async def accept(
    *,
    by: Actor,
    area_id: int,
    proposals: Mapping[UUID, int],
    reason: str | None = None,
    invite_people: bool = False,
) -> list[Decided]:
    """Accept proposals as they were seen at their version, each by itself; return what became of each.

    Raises `Problems` where none of them could be decided: then nothing is written.

    A contact becomes a named contact, and the one it takes the place of ends; an `end` ends it; a role becomes an
    invitation, or ends. With `invite_people` those who became contacts and have an address are invited as well.
    """
    rows, left = await find(by=by, area_id=area_id, proposals=proposals)
    why = checks.optional_text(reason, name="the reason", field="reason", most=1000)
    left |= await inviting.roles(by=by, area_id=area_id, rows=rows)
    rows = [row for row in rows if row.id not in left]
    some(rows, left)
    contacts = await _contacts_of(area_id, rows)
    done = outcome([_accepted(row) for row in rows], contacts=contacts)
    await _write_contacts(by=by, area_id=area_id, done=done, contacts=contacts)
    notes = await inviting.invitations(by=by, area_id=area_id, rows=rows) if invite_people else {}
    await _decide(by=by, area_id=area_id, rows=rows, state="accepted", why=why, concerns=done.concerns)
    return report(proposals, left, notes)


async def refuse(*, by: Actor, area_id: int, proposals: Mapping[UUID, int], reason: str) -> list[Decided]:
    """Refuse proposals, each by itself; return what became of each.

    Refused they stay until the agency says something else. Raises `Problems` where none could be decided.
    """
    rows, left = await find(by=by, area_id=area_id, proposals=proposals)
    why = checks.reason(reason)
    some(rows, left)
    await _decide(by=by, area_id=area_id, rows=rows, state="refused", why=why, concerns={})
    return report(proposals, left, {})


def some(rows: Sequence[ProposalRow], left: Mapping[UUID, Problem]) -> None:
    """Raise `Problems`, each sentence once, unless something of what was asked for can be done."""
    if not rows:
        raise Problems(list({one.message: one for one in left.values()}.values()))


def report(proposals: Iterable[UUID], left: Mapping[UUID, Problem], notes: Mapping[UUID, str]) -> list[Decided]:
    """Return what became of each proposal: done, or left with why; `notes` is what else there is to know."""
    said = {**notes, **{one: problem.message for one, problem in left.items()}}
    return [Decided(proposal_id=one, done=one not in left, said=said.get(one)) for one in proposals]


async def find(
    *, by: Actor, area_id: int, proposals: Mapping[UUID, int], state: str = "open"
) -> tuple[list[ProposalRow], dict[UUID, Problem]]:
    """Return the proposals of this state that were seen as they are, and why the others cannot be decided."""
    check_can_decide(by, area_id=area_id)
    if not proposals:
        raise Invalid("Select at least one proposal.", field="proposals")
    if len(proposals) > MOST_AT_ONCE:
        raise Invalid(f"Decide on at most {MOST_AT_ONCE} proposals at once.", field="proposals")
    found = await queries.proposals_by_id(area_id=area_id, proposal_ids=list(proposals), lock=True)
    rows = {row.id: row for row in found}
    left: dict[UUID, Problem] = {one: NotFound("proposal", field="proposals") for one in proposals if one not in rows}
    for row in rows.values():
        if row.state != state:
            left[row.id] = errors.decided() if state == "open" else errors.not_refused()
        elif row.version != proposals[row.id]:
            left[row.id] = Conflict("proposal", version=row.version)
    seen = [row for row in rows.values() if row.id not in left]
    return await known.beside_today(area_id=area_id, rows=seen), left


def _accepted(row: ProposalRow) -> Accepted:
    return Accepted(proposal_id=row.id, contact_id=uuid7(), source=row.source, row=known.as_proposed(row))


async def _contacts_of(area_id: int, rows: Sequence[ProposalRow]) -> list[Contact]:
    found = await known.contacts_at(area_id=area_id, organisation_ids={row.organisation_id for row in rows})
    return [contact for here in found.values() for contact in here]


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
    before = {one.id: one.shown() for one in contacts}
    ended = [_entry(area_id, "end", one, before=before.get(one)) for one in done.ends]
    begun = [_entry(area_id, "begin", one.id, after=one.shown()) for _, one in done.begins]
    if ended or begun:
        await record_each(by=by, entries=[*ended, *begun])


def _entry(
    area_id: int, verb: str, contact_id: UUID, *, before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> Entry:  # fmt: skip
    subject = ("named_contact", contact_id)
    said = [part and personal(part, *NAMING, of=subject) for part in (before, after)]
    return Entry(area_id=area_id, action=f"contact.{verb}", subject=subject, before=said[0], after=said[1])


async def _decide(
    *, by: Actor, area_id: int, rows: Sequence[ProposalRow], state: str, why: str | None, concerns: Mapping[UUID, UUID]
) -> None:
    if not rows:
        return
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
            before=_present(row),
            after={"action": row.action, "kind": row.subject_kind, "source": row.source, "decided_at": now()},
        )
        for row in rows
    ]
    await record_each(by=by, entries=entries)


def _present(row: ProposalRow) -> Mapping[str, object] | None:
    if not row.present:
        return None
    return {"present": personal(row.present, *NAMING, of=("connection_proposal", row.id))}
