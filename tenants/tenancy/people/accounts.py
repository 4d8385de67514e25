"""Use cases of a platform administrator on accounts: making, correcting, disabling one, ending its sessions."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from infra.clock import now, today
from tenants.audit.service import PLATFORM, record
from tenants.tenancy import checks
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Invalid, NotFound, WrongState
from tenants.tenancy.people import last_holder, queries
from tenants.tenancy.people.service import create_person
from tenants.tenancy.permissions import check_can_administer
from tenants.tenancy.sessions import service as sessions
from tenants.tenancy.tables import Person


async def add_person(*, by: Actor, name: str, email: str, issuer: str, subject: str) -> UUID:
    """Make a person who signs in as (issuer, subject); return the id. For platform administrators.

    Raises `Invalid` when the email address or the identity belongs to someone already.
    """
    check_can_administer(by)
    if await queries.person_by_email(email=checks.email(email)) is not None:
        raise Invalid("Someone already has this email address.", field="email")
    if await queries.person_by_identity(issuer=issuer, subject=subject) is not None:
        raise Invalid("Someone already signs in as this subject of this issuer.", field="subject")
    person_id = await create_person(
        name=name,
        email=email,
        issuer=checks.link(checks.text(issuer, name="the issuer", field="issuer", most=500), field="issuer"),
        subject=checks.text(subject, name="the subject", field="subject", most=255),
    )
    await record(by=by, area_id=PLATFORM, action="person.create", subject=("person", person_id))
    return person_id


async def disable_person(*, by: Actor, person_id: UUID, reason: str) -> UUID:
    """Stop a person from signing in and end their sessions. For platform administrators, not on themselves.

    Also the command line does not disable the last of them. Raises `NotFound`, `WrongState` or `Invalid`.
    """
    check_can_administer(by)
    found = await _must_find(person_id)
    if person_id == by.id:
        raise WrongState("You cannot disable your own account. Ask another administrator.")
    if found.disabled_at is not None:
        raise WrongState("This account is already disabled.")
    why = checks.reason(reason)
    if await last_holder.is_administrator(person_id=person_id, on=today()):
        await last_holder.check_administrators(besides=person_id, on=today())
    await _switch(found, disabled_at=now())
    await record(by=by, area_id=PLATFORM, action="person.disable", subject=("person", person_id), reason=why)
    await sessions.revoke_all(by=by, person_id=person_id, reason="account disabled")
    return person_id


async def enable_person(*, by: Actor, person_id: UUID, reason: str) -> UUID:
    """Let a person whose account was disabled sign in again. Raises `NotFound`, `WrongState` or `Invalid`."""
    check_can_administer(by)
    found = await _must_find(person_id)
    if found.disabled_at is None:
        raise WrongState("This account is not disabled.")
    why = checks.reason(reason)
    await _switch(found, disabled_at=None)
    await record(by=by, area_id=PLATFORM, action="person.enable", subject=("person", person_id), reason=why)
    return person_id


async def correct_person(
    *, by: Actor, person_id: UUID, name: str | None = None, email: str | None = None, reason: str
) -> UUID:
    """Correct the name or the email address of an account, which are ours alone: nobody signs in by them.

    For platform administrators. The trail says which was corrected and why, and not what it said. Raises `NotFound`, or
    `Invalid`, also for an address that someone else has.
    """
    check_can_administer(by)
    found = await _must_find(person_id)
    why = checks.reason(reason)
    changed: dict[Any, Any] = {}
    if name is not None:
        changed[Person.name] = checks.text(name, name="the person's name", field="name")
    if email is not None:
        changed[Person.email] = address = checks.email(email)
        holder = await queries.person_by_email(email=address)
        if holder is not None and holder.id != person_id:
            raise Invalid("Someone already has this email address.", field="email")
    if not changed:
        raise Invalid("Enter the right name or the right email address.", field="name")
    await Person.update({**changed, Person.version: found.version + 1}).where(Person.id == person_id).run()
    await record(
        by=by,
        area_id=PLATFORM,
        action="person.correct",
        subject=("person", person_id),
        reason=why,
        after={"corrected": [column._meta.name for column in changed]},
    )
    return person_id


async def end_session_of(*, by: Actor, person_id: UUID, session_id: UUID, reason: str) -> UUID:
    """End one session of someone else. For platform administrators. Raises `NotFound` when it has ended."""
    check_can_administer(by)
    why = checks.reason(reason)
    return await sessions.revoke(by=by, session_id=session_id, person_id=person_id, reason=why)


async def _switch(person: queries.PersonRow, *, disabled_at: datetime | None) -> None:
    await (
        Person.update({Person.disabled_at: disabled_at, Person.version: person.version + 1})
        .where(Person.id == person.id)
        .run()
    )


async def _must_find(person_id: UUID) -> queries.PersonRow:
    found = await queries.person(person_id=person_id)
    if found is None:
        raise NotFound("person")
    return found
