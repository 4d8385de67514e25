"""Choosing relevant agencies, with reasons (Children Act 2004 s.16E(1)(b)); notes on them; ending an inclusion."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from infra.database import sql
from infra.ids import uuid7
from tenants.audit.personal import personal
from tenants.audit.service import record
from tenants.cooperation import errors, permissions
from tenants.cooperation.queries import agencies as queries
from tenants.cooperation.rules.agencies import AgencyState, can_move
from tenants.cooperation.service.agency_row import change, leave, locked
from tenants.cooperation.tables import AgencyNote, RelevantAgency
from tenants.organisations import queries as register
from tenants.organisations.service import add_presence
from tenants.tenancy import checks
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Invalid, NotFound

BASIS = "Children Act 2004 s.16E(1)(b); SI 2018/789, Schedule"


async def choose(
    *,
    by: Actor,
    area_id: int,
    organisation_id: UUID,
    reason: str,
    category: str | None = None,
    expectation: str | None = None,
    contact_name: str | None = None,
    contact_email: str | None = None,
    chosen: bool = True,
) -> UUID:
    """Put an organisation on the area's list of relevant agencies; return the agency's id.

    `category` may be left out for an establishment: the register knows it. `chosen=False` records that it was
    considered and not chosen. An agency that was not chosen, or has ceased, can be chosen again.
    Raises `NotAllowed`, `NotFound`, `Invalid`, `WrongState`.
    """
    permissions.check_can_manage(by, area_id=area_id)
    found = await register.organisation(organisation_id=organisation_id)
    if found is None:
        raise NotFound("organisation", field="organisationId")
    known = [row.code for row in await queries.categories()]
    values: dict[str, Any] = {
        "name": found.name,
        "category": checks.choice(category or found.category, of=known, field="category", name="a statutory category"),
        "state": (AgencyState.SELECTED if chosen else AgencyState.NOT_SELECTED).value,
        "reason": checks.reason(reason, name="why this agency was chosen" if chosen else "why it was not chosen"),
        "expectation": _expectation(expectation),
        **_contact(contact_name, contact_email),
    }
    agency_id = await _again(area_id, found.id, found.name, values) or await _first(area_id, found.id, values)
    await _ensure_presence(by=by, area_id=area_id, organisation_id=found.id)
    verb = "choose" if chosen else "consider"
    await record(
        by=by,
        area_id=area_id,
        action=f"agency.{verb}",
        subject=("relevant_agency", agency_id),
        reason=values["reason"],
        legal_basis=BASIS,
        after=_said(agency_id, values),
    )
    return agency_id


async def _again(area_id: int, organisation_id: UUID, name: str, values: dict[str, Any]) -> UUID | None:
    row = await sql.fetch_one(
        "select id, state from relevant_agency where area_id = $1 and organisation_id = $2 for update",
        area_id,
        organisation_id,
    )
    if row is None:
        return None
    if not can_move(row["state"], "choose"):
        raise errors.already_chosen(name)
    changes: dict[Any, Any] = {**values, "state_reason": None, "notified_on": None, "acknowledged_on": None}
    await (
        RelevantAgency.update({**changes, RelevantAgency.version: RelevantAgency.version + 1})
        .where((RelevantAgency.area_id == area_id) & (RelevantAgency.id == row["id"]))
        .run()
    )
    agency_id: UUID = row["id"]
    return agency_id


async def _first(area_id: int, organisation_id: UUID, values: dict[str, Any]) -> UUID:
    agency_id = uuid7()
    row = RelevantAgency(area_id=area_id, id=agency_id, organisation_id=organisation_id, **values)
    await RelevantAgency.insert(row).run()
    return agency_id


async def _ensure_presence(*, by: Actor, area_id: int, organisation_id: UUID) -> None:
    if area_id not in await register.areas_of(organisation_id=organisation_id):
        await add_presence(by=by, area_id=area_id, organisation_id=organisation_id, basis="chosen_agency")


def _expectation(value: str | None) -> str | None:
    return checks.optional_text(value, name="what you expect of the agency", field="expectation", most=4000)


def _contact(name: str | None, email: str | None) -> dict[str, str | None]:
    return {
        "contact_name": checks.optional_text(name, name="the contact's name", field="contactName"),
        "contact_email": checks.email(email, field="contactEmail") if (email or "").strip() else None,
    }


def _said(agency_id: UUID, values: dict[str, Any]) -> dict[str, Any]:
    return personal(values, "contact_name", "contact_email", of=("relevant_agency", agency_id))


async def choose_establishments(
    *, by: Actor, area_id: int, categories: Sequence[str], reason: str, expectation: str | None = None
) -> int:
    """Choose every open establishment of the register in the area that has one of these categories and is not on
    the list yet; return how many. Raises `NotAllowed`, `Invalid`."""
    permissions.check_can_manage(by, area_id=area_id)
    known = [row.code for row in await queries.categories()]
    for category in categories:
        checks.choice(category, of=known, field="categories", name="one or more statutory categories")
    if not categories:
        raise Invalid("Select one or more statutory categories.", field="categories")
    why = checks.reason(reason, name="why these agencies were chosen")
    tag = await sql.execute(
        """insert into relevant_agency (area_id, organisation_id, name, category, state, reason, expectation)
        select $1, o.id, o.name, o.category, 'selected', $3, $4 from organisation_fact o
        where o.status = 'open' and o.category = any ($2) and o.id in (
            select organisation_id from area_organisation where area_id = $1 and valid_to is null)
        on conflict (area_id, organisation_id) do nothing""",
        area_id,
        list(categories),
        why,
        _expectation(expectation),
    )
    count = int(tag.split()[-1])
    await record(
        by=by,
        area_id=area_id,
        action="agency.choose_many",
        subject=("area", area_id),
        reason=why,
        legal_basis=BASIS,
        after={"categories": list(categories), "chosen": count},
    )
    return count


async def revise(
    *,
    by: Actor,
    area_id: int,
    agency_id: UUID,
    version: int,
    reason: str,
    expectation: str | None,
    contact_name: str | None = None,
    contact_email: str | None = None,
) -> UUID:
    """Change why an agency is chosen, what is expected of it and whom to write to. Raises as `choose`, `Conflict`."""
    permissions.check_can_manage(by, area_id=area_id)
    before = await locked(area_id, agency_id, version)
    values = {
        "reason": checks.reason(reason, name="why this agency was chosen"),
        "expectation": _expectation(expectation),
        **_contact(contact_name, contact_email),
    }
    await change(before, values)
    await record(
        by=by,
        area_id=area_id,
        action="agency.revise",
        subject=("relevant_agency", agency_id),
        before=_said(agency_id, {key: getattr(before, key) for key in values}),
        after=_said(agency_id, values),
    )
    return agency_id


async def cease(*, by: Actor, area_id: int, agency_id: UUID, version: int, reason: str) -> UUID:
    """End an agency's inclusion; what it still owed is cancelled. Raises `NotAllowed`, `WrongState`, `Conflict`."""
    permissions.check_can_manage(by, area_id=area_id)
    before = await locked(area_id, agency_id, version)
    why = checks.reason(reason)
    await sql.execute(
        """update duty_request set state = 'cancelled', state_reason = $3, question_open = false, version = version + 1
        where area_id = $1 and agency_id = $2 and state in ('not_started', 'draft', 'more_needed', 'declined')""",
        area_id,
        agency_id,
        why,
    )
    return await leave(by, before, move="cease", state=AgencyState.CEASED, why=why, said="removed")


async def add_note(*, by: Actor, area_id: int, agency_id: UUID, body: str) -> UUID:
    """Write a note that only the area reads; return its id. Raises `NotAllowed`, `NotFound`, `Invalid`."""
    permissions.check_can_reply(by, area_id=area_id)
    text = checks.text(body, name="a note", field="body", most=4000)
    if await queries.agency(area_id=area_id, agency_id=agency_id) is None:
        raise NotFound("agency")
    note_id = uuid7()
    await AgencyNote.insert(
        AgencyNote(area_id=area_id, id=note_id, agency_id=agency_id, body=text, written_by=by.name)
    ).run()
    await record(by=by, area_id=area_id, action="agency.note", subject=("relevant_agency", agency_id))
    return note_id
