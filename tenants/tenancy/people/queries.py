"""Reading people, roles and invitations. Each function costs one statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from infra.clock import today
from infra.database import sql
from tenants.tenancy.mail.outcomes import LAST_PROBLEM
from tenants.tenancy.queries import literal


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonRow:
    """Someone who signs in."""

    id: UUID
    name: str
    email: str
    telephone: str | None
    disabled_at: datetime | None
    version: int


@dataclass(frozen=True, kw_only=True, slots=True)
class AssignmentRow:
    """A role a person holds, held or will hold; days are inclusive."""

    id: UUID
    person_id: UUID
    person_name: str
    email: str
    role: str
    area_id: int | None
    organisation_id: UUID | None
    post: str | None
    valid_from: date
    valid_to: date | None
    ended_reason: str | None
    version: int


@dataclass(frozen=True, kw_only=True, slots=True)
class InvitationRow:
    """An invitation; `state` is open, accepted, revoked or expired."""

    id: UUID
    email: str
    name: str
    role: str
    area_id: int | None
    organisation_id: UUID | None
    post: str | None
    invited_by: UUID | None
    created_at: datetime
    expires_at: datetime
    state: str
    undelivered: str | None  #: why its email did not arrive: a key of `mail.outcomes.WHY`
    answered_issuer: str | None  #: with `answered_subject`, who opened it with another address than `email`
    answered_subject: str | None
    answered_name: str | None
    answered_email: str | None  #: the address that their sign-in provider states, where it states one
    answered_at: datetime | None
    confirmed_at: datetime | None  #: when it was said that this is the person who was invited
    may_send_again: bool  #: open, or expired and no newer one was sent for just this


@dataclass(frozen=True, kw_only=True, slots=True)
class WaitingRow(InvitationRow):
    """An invitation that waits for an answer, with the name of its area, where it is for one."""

    area_name: str | None


_PERSON = "select id, name, email, telephone, disabled_at, version from person"
_ASSIGNMENT = """
select r.id, r.person_id, p.name as person_name, p.email, r.role, r.area_id, r.organisation_id, r.post, r.valid_from,
    r.valid_to, r.ended_reason, r.version
from role_assignment r join person p on p.id = r.person_id
"""
#: of an invitation {t}: it is open and who opened it is not confirmed, or it has expired and nobody has sent another
MAY_SEND_AGAIN = """({t}.accepted_at is null and {t}.revoked_at is null and case
    when {t}.expires_at >= now() then {t}.confirmed_at is null
    else not exists (select from invitation newer where newer.email = {t}.email and newer.role = {t}.role
        and newer.id <> {t}.id and newer.area_id is not distinct from {t}.area_id
        and newer.organisation_id is not distinct from {t}.organisation_id and newer.created_at >= {t}.created_at)
    end)"""
_INVITATION = f"""
select id, email, name, role, area_id, organisation_id, post, invited_by, created_at, expires_at,
    answered_issuer, answered_subject, answered_name, answered_email, answered_at, confirmed_at,
    case when accepted_at is not null then 'accepted' when revoked_at is not null then 'revoked'
         when expires_at < now() then 'expired' else 'open' end as state,
    {LAST_PROBLEM.format(t="invitation")} as undelivered,
    {MAY_SEND_AGAIN.format(t="invitation")} as may_send_again
from invitation
"""


_WAITING = f"""
select one.*, (select a.name from area a where a.id = one.area_id) as area_name
from ({_INVITATION} where accepted_at is null and revoked_at is null) one
where $1::timestamptz is null or (one.created_at, one.id) < ($1, $2::uuid)
order by one.created_at desc, one.id desc limit $3
"""


async def person(*, person_id: UUID) -> PersonRow | None:
    """Return one person, or None."""
    row = await sql.fetch_one(f"{_PERSON} where id = $1", person_id)
    return None if row is None else PersonRow(**row)


async def person_by_email(*, email: str) -> PersonRow | None:
    """Return the person with that email address, or None."""
    row = await sql.fetch_one(f"{_PERSON} where email = lower($1)", email)
    return None if row is None else PersonRow(**row)


async def person_by_identity(*, issuer: str, subject: str) -> PersonRow | None:
    """Return the person who signs in as (issuer, subject), or None. Never by email: addresses change hands."""
    row = await sql.fetch_one(
        f"{_PERSON} where id = (select person_id from identity where issuer = $1 and subject = $2)", issuer, subject
    )
    return None if row is None else PersonRow(**row)


async def search_people(
    *, text: str | None = None, after: Sequence[Any] | None = None, limit: int = 51
) -> list[PersonRow]:
    """Return everyone whose name or email address contains the text, by name. `after` is (name, id) of the last row."""
    name, last = after or (None, None)
    rows = await sql.fetch(
        f"""{_PERSON} where ($1::text is null or name ilike '%' || $1 || '%' or email ilike '%' || $1 || '%')
            and ($2::text is null or (name, id) > ($2, $3::uuid))
        order by name, id limit $4""",
        literal(text.strip()) if text else None,
        name,
        None if last is None else UUID(str(last)),
        limit,
    )
    return [PersonRow(**row) for row in rows]


async def every_assignment_of(*, person_ids: Sequence[UUID]) -> list[AssignmentRow]:
    """Return every role these people hold, held or will hold: those without an end first."""
    rows = await sql.fetch(
        f"{_ASSIGNMENT} where r.person_id = any ($1) order by r.valid_to desc nulls first, r.valid_from desc, r.id",
        list(person_ids),
    )
    return [AssignmentRow(**row) for row in rows]


async def assignments_of_person(*, person_id: UUID, on: date | None = None) -> list[AssignmentRow]:
    """Return the roles a person holds on a day (today)."""
    rows = await sql.fetch(
        f"{_ASSIGNMENT} where r.person_id = $1 and r.valid_from <= $2 and (r.valid_to is null or r.valid_to >= $2)"
        " order by r.role, r.area_id",
        person_id,
        on or today(),
    )
    return [AssignmentRow(**row) for row in rows]


async def assignments_of_area(
    *, area_id: int, on: date | None = None, after: Sequence[Any] | None = None, limit: int = 51
) -> list[AssignmentRow]:
    """Return the roles held in an area on a day, by the person's name. `after` is (name, id) of the last row."""
    name, last = after or (None, None)
    rows = await sql.fetch(
        f"""{_ASSIGNMENT} where r.area_id = $1 and r.valid_from <= $2 and (r.valid_to is null or r.valid_to >= $2)
            and ($3::text is null or (p.name, r.id) > ($3, $4::uuid))
        order by p.name, r.id limit $5""",
        area_id,
        on or today(),
        name,
        None if last is None else UUID(str(last)),
        limit,
    )
    return [AssignmentRow(**row) for row in rows]


async def members_of_area(*, area_id: int, on: date | None = None) -> list[AssignmentRow]:
    """Return the roles held in an area for the partnership itself on a day, by name: the first 500."""
    rows = await sql.fetch(
        f"""{_ASSIGNMENT} where r.area_id = $1 and r.organisation_id is null and p.disabled_at is null
            and r.valid_from <= $2 and (r.valid_to is null or r.valid_to >= $2)
        order by p.name, p.id, r.role limit 500""",
        area_id,
        on or today(),
    )
    return [AssignmentRow(**row) for row in rows]


async def holds_a_role(*, area_id: int, person_id: UUID, on: date | None = None) -> bool:
    """Return whether the person holds a role of the partnership itself in the area on a day."""
    return bool(
        await sql.fetch_value(
            """select exists (select from role_assignment r join person p on p.id = r.person_id
                where r.area_id = $1 and r.person_id = $2 and r.organisation_id is null and p.disabled_at is null
                and r.valid_from <= $3 and (r.valid_to is null or r.valid_to >= $3))""",
            area_id,
            person_id,
            on or today(),
        )
    )


async def held(
    *, person_id: UUID, role: str, area_id: int | None, organisation_id: UUID | None, since: date
) -> UUID | None:
    """Return the person's assignment of just this role, in this place, that goes on past the day; or None."""
    found: UUID | None = await sql.fetch_value(
        """select id from role_assignment where person_id = $1 and role = $2 and area_id is not distinct from $3
            and organisation_id is not distinct from $4 and (valid_to is null or valid_to >= $5)
        order by valid_from limit 1""",
        person_id,
        role,
        area_id,
        organisation_id,
        since,
    )
    return found


async def assignments_of_organisation(
    *, area_id: int, organisation_id: UUID, on: date | None = None
) -> list[AssignmentRow]:
    """Return who speaks for an organisation in an area on a day, by name."""
    rows = await sql.fetch(
        f"""{_ASSIGNMENT} where r.area_id = $1 and r.organisation_id = $2
            and r.valid_from <= $3 and (r.valid_to is null or r.valid_to >= $3)
        order by p.name, r.id limit 200""",
        area_id,
        organisation_id,
        on or today(),
    )
    return [AssignmentRow(**row) for row in rows]


async def assignment(*, assignment_id: UUID) -> AssignmentRow | None:
    """Return one role assignment, or None."""
    row = await sql.fetch_one(f"{_ASSIGNMENT} where r.id = $1", assignment_id)
    return None if row is None else AssignmentRow(**row)


async def invitations_of_area(*, area_id: int) -> list[InvitationRow]:
    """Return the area's invitations, newest first, at most 200."""
    rows = await sql.fetch(f"{_INVITATION} where area_id = $1 order by created_at desc, id limit 200", area_id)
    return [InvitationRow(**row) for row in rows]


async def invitations_waiting(*, after: tuple[datetime, UUID] | None = None, limit: int = 51) -> list[WaitingRow]:
    """Return what nobody has accepted or withdrawn, of every area and of none, newest first.

    `after` is (created at, id) of the last row of the page before.
    """
    moment, last = after or (None, None)
    rows = await sql.fetch(_WAITING, moment, last, limit)
    return [WaitingRow(**row) for row in rows]


async def is_invited(*, email: str, role: str, area_id: int | None, organisation_id: UUID | None) -> bool:
    """Return whether an invitation to this address, for just this role in this place, is open."""
    return bool(
        await sql.fetch_value(
            f"""select exists (select from ({_INVITATION}) one where email = $1 and role = $2 and state = 'open'
                and area_id is not distinct from $3 and organisation_id is not distinct from $4)""",
            email,
            role,
            area_id,
            organisation_id,
        )
    )


async def invitation(*, invitation_id: UUID) -> InvitationRow | None:
    """Return one invitation, or None."""
    row = await sql.fetch_one(f"{_INVITATION} where id = $1", invitation_id)
    return None if row is None else InvitationRow(**row)


async def invitation_by_token(*, token_hash: bytes) -> InvitationRow | None:
    """Return the invitation with that token's hash, or None. Inside the sign-in scope."""
    row = await sql.fetch_one(f"{_INVITATION} where token_hash = $1", token_hash)
    return None if row is None else InvitationRow(**row)


async def invitations_confirmed(*, issuer: str, subject: str) -> list[InvitationRow]:
    """Return the open invitations that were confirmed to be this identity's, oldest first. Inside the sign-in scope."""
    rows = await sql.fetch(
        f"""select * from ({_INVITATION} where answered_issuer = $1 and answered_subject = $2
            and confirmed_at is not null and accepted_at is null and revoked_at is null) one
        where state = 'open' order by id""",
        issuer,
        subject,
    )
    return [InvitationRow(**row) for row in rows]
