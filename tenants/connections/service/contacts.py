"""Named contacts that a person enters: for an area, or for their own organisation."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from infra.clock import today
from infra.database import sql
from infra.ids import uuid7
from tenants.audit.personal import personal
from tenants.audit.service import record
from tenants.connections.permissions import check_can_keep_contacts
from tenants.connections.queries import proposals as queries
from tenants.connections.queries.proposals import ContactRow
from tenants.connections.rules.settling import SINGLE, Post
from tenants.connections.tables import NamedContact
from tenants.tenancy import checks
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Conflict, Invalid, NotFound, WrongState
from tenants.tenancy.inputs import Gather

WHAT = "contact"
NAMING = ("name", "email", "phone")  #: what an entry says of the person


async def enter_contact(
    *,
    by: Actor,
    area_id: int,
    organisation_id: UUID,
    post: str,
    name: str,
    email: str | None = None,
    phone: str | None = None,
) -> UUID:
    """Enter a contact of an organisation that is present in the area; return its id.

    Where one person holds the post at a time and somebody does, raises `Invalid`: change or end theirs.
    """
    check_can_keep_contacts(by, area_id=area_id, organisation_id=organisation_id)
    await _check_present(area_id, organisation_id)
    values = _checked(post=post, name=name, email=email, phone=phone)
    if values["post"] in SINGLE:
        here = await queries.contacts_of(area_id=area_id, organisation_ids=[organisation_id])
        if any(one.post == post for one in here):
            raise Invalid("Somebody holds this post. Change their entry, or end it first.", field="post")
    return await _begin(by=by, area_id=area_id, organisation_id=organisation_id, values=values, before=None)


async def change_contact(
    *,
    by: Actor,
    area_id: int,
    contact_id: UUID,
    version: int,
    post: str,
    name: str,
    email: str | None = None,
    phone: str | None = None,
) -> UUID:
    """Change a contact: the entry ends and a new one, a person's own, begins; return the new one's id."""
    row = await _find(by=by, area_id=area_id, contact_id=contact_id, version=version)
    values = _checked(post=post, name=name, email=email, phone=phone)
    await _end(row, reason=f"Changed by {by.name}.")
    return await _begin(by=by, area_id=area_id, organisation_id=row.organisation_id, values=values, before=row)


async def end_contact(*, by: Actor, area_id: int, contact_id: UUID, version: int, reason: str) -> UUID:
    """End a contact as of yesterday, with a reason; return its id."""
    row = await _find(by=by, area_id=area_id, contact_id=contact_id, version=version)
    why = checks.reason(reason)
    await _end(row, reason=why)
    subject = ("named_contact", row.id)
    await record(by=by, area_id=area_id, action="contact.end", subject=subject, reason=why, before=_said(row))
    return row.id


async def _find(*, by: Actor, area_id: int, contact_id: UUID, version: int) -> ContactRow:
    row = await queries.contact(area_id=area_id, contact_id=contact_id)
    if row is None:
        raise NotFound(WHAT)
    check_can_keep_contacts(by, area_id=area_id, organisation_id=row.organisation_id)
    if row.valid_to is not None:
        raise WrongState("This contact has ended already.")
    checks.version(expected=version, found=row.version, what=WHAT)
    return row


def _checked(*, post: str, name: str, email: str | None, phone: str | None) -> dict[str, Any]:
    check = Gather()
    values: dict[str, Any] = {
        "post": check(checks.choice, post, of=set(Post), field="post", name="what they are at the organisation"),
        "name": check(checks.text, name, name="the person’s name", field="name"),
        "email": check(checks.optional_email, email, field="email"),
        "phone": check(checks.telephone, phone, field="phone"),
    }
    check.done()
    return values


async def _check_present(area_id: int, organisation_id: UUID) -> None:
    here = await sql.fetch_value(
        "select exists (select from area_organisation where area_id = $1 and organisation_id = $2 "
        "and valid_to is null)",
        area_id,
        organisation_id,
    )
    if not here:
        raise NotFound("organisation", field="organisationId")


async def _begin(
    *, by: Actor, area_id: int, organisation_id: UUID, values: dict[str, Any], before: ContactRow | None
) -> UUID:
    contact_id = uuid7()
    row = NamedContact(
        area_id=area_id,
        id=contact_id,
        organisation_id=organisation_id,
        entered_by="person",
        entered_by_name=by.name[:200],
        external_id=before and before.external_id,
        valid_from=today(),
        **values,
    )
    await NamedContact.insert(row).run()
    await record(
        by=by,
        area_id=area_id,
        action="contact.enter" if before is None else "contact.change",
        subject=("named_contact", contact_id),
        before=None if before is None else _said(before),
        after=_personal(contact_id, {**values, "organisation_id": organisation_id}),
    )
    return contact_id


async def _end(row: ContactRow, *, reason: str) -> None:
    last = max(row.valid_from, today() - timedelta(days=1))
    unmoved = (
        (NamedContact.area_id == row.area_id) & (NamedContact.id == row.id) & (NamedContact.version == row.version)
    )
    ended: dict[Any, Any] = {
        NamedContact.valid_to: last,
        NamedContact.ended_reason: reason,
        NamedContact.version: row.version + 1,
    }
    if not await NamedContact.update(ended).where(unmoved).returning(NamedContact.id):
        raise Conflict(WHAT)


def _said(row: ContactRow) -> dict[str, Any]:
    return _personal(row.id, {"post": row.post, "name": row.name, "email": row.email, "phone": row.phone})


def _personal(contact_id: UUID, values: dict[str, Any]) -> dict[str, Any]:
    return personal(values, *NAMING, of=("named_contact", contact_id))
