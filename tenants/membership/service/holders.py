"""Who holds an office: what is asked about the person, checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tenants.membership.rules import Office
from tenants.tenancy import checks
from tenants.tenancy.errors import Invalid, NotFound
from tenants.tenancy.inputs import Gather
from tenants.tenancy.people import queries as people
from tenants.tenancy.rows import Row


@dataclass(frozen=True, kw_only=True, slots=True)
class Holder:
    """A person in an office. `person_id` is their account here, when they have one.

    A scrutineer declares a tie to a partner in words, or declares that there is none (`no_tie`).
    """

    person_name: str
    post: str | None = None
    organisation: str | None = None
    email: str | None = None
    telephone: str | None = None
    person_id: UUID | None = None
    declared_tie: str | None = None
    no_tie: bool = False


async def checked(
    office: Office, holder: Holder, *, valid_from: date, valid_to: date | None, reason: str | None = ""
) -> Row:
    """Return the columns of an appointment; raises `Problems` with all that is wrong. `reason` None: none is needed."""
    check = Gather()
    row: Row = {
        "person_name": check(checks.text, holder.person_name, name="the person's name", field="personName"),
        "post": check(checks.optional_text, holder.post, name="the post", field="post"),
        "organisation": check(checks.optional_text, holder.organisation, name="the organisation", field="organisation"),
        "email": check(checks.optional_email, holder.email),
        "telephone": check(checks.telephone, holder.telephone),
        "person_id": holder.person_id,
        "declared_tie": check(_tie, office, holder),
        "valid_from": valid_from,
        "valid_to": valid_to,
    }
    check(checks.period, valid_from, valid_to)
    if office in (Office.LEAD, Office.DELEGATED) and not (holder.post or "").strip():
        check.wrong("Enter the post the person holds in the partner body, like chief executive.", field="post")
    if office is Office.SCRUTINEER and valid_to is None:
        check.wrong("Enter the last day of the scrutineer's term.", field="validTo")
    if reason is not None:
        check(checks.reason, reason)
    check.done()
    await _check_account(holder.person_id)
    return row


def _tie(office: Office, holder: Holder) -> str | None:
    name = "the tie to a partner"
    tie = checks.optional_text(holder.declared_tie, name=name, field="declaredTie", most=1000)
    if office is not Office.SCRUTINEER:
        return None
    if (tie is None) != holder.no_tie:
        raise Invalid(
            "Describe the scrutineer's tie to a partner, or say that they have declared none.", field="declaredTie"
        )
    return tie


async def _check_account(person_id: UUID | None) -> None:
    if person_id is not None and await people.person(person_id=person_id) is None:
        raise NotFound("account", field="personId")
