"""The connector of DfE Sign-in: users of our service page by page, then the approvers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from infra.clock import now
from integrations.agency import Agency
from integrations.connector import Connector, Counts, Cursor, Link, Page
from integrations.dfe_sign_in import client
from integrations.dfe_sign_in.mapping import APPROVER_OPTION, ROLES_OPTION, Person, person_of, roles_of, wrong_roles
from integrations.dfe_sign_in.oauth import authorise
from tenants.connections import proposals
from tenants.connections.proposals import Proposed
from tenants.organisations.directory.finding import Found, find
from tenants.tenancy.actor import Actor

USERS, APPROVERS = "users", "approvers"
#: the API refuses a window of more than 90 days
WINDOW = timedelta(days=89)
OVERLAP = timedelta(minutes=5)
_OPTIONS = {"client_id", "service_id", ROLES_OPTION, APPROVER_OPTION}


def start(link: Link) -> Cursor:
    """Return the first page: of those changed since the last run, or of all when that was long ago."""
    began = now()
    since = link.watermark if link.watermark and began - datetime.fromisoformat(link.watermark) < WINDOW else None
    return {"stage": USERS, "page": 1, "since": since, "began": (began - OVERLAP).isoformat(timespec="seconds")}


async def fetch(link: Link, agency: Agency, cursor: Cursor) -> Page[Person]:
    """Return the people of one page with their roles; who belongs to no body of ours is passed over."""
    is_approvers = cursor["stage"] == APPROVERS
    since = None if is_approvers else cursor["since"]
    found = await client.users(agency, page=cursor["page"], since=since, approvers=is_approvers)
    people = [person for row in found.rows if (person := person_of(row)) is not None]
    if is_approvers:
        people = [replace(person, is_approver=True) for person in people]
    else:
        people = [await _with_roles(link, agency, person) for person in people]
    following = _following(link, cursor, pages=found.pages)
    return Page(items=people, next=following, watermark=cursor["began"], total=found.total or None)


async def _with_roles(link: Link, agency: Agency, person: Person) -> Person:
    if not person.is_active:
        return person
    service = str(link.options.get("service_id") or link.options["client_id"])
    codes = await client.role_codes(
        agency, service_id=service, organisation_id=person.organisation_id, user_id=person.user_id
    )
    return replace(person, codes=codes)


def _following(link: Link, cursor: Cursor, *, pages: int) -> Cursor | None:
    if cursor["page"] < pages:
        return {**cursor, "page": cursor["page"] + 1}
    if cursor["stage"] == USERS and link.options.get(APPROVER_OPTION):
        return {**cursor, "stage": APPROVERS, "page": 1}
    return None


async def apply(*, by: Actor, link: Link, page: Page[Person]) -> Counts:
    """Propose each person's roles in the areas of their organisation; people there decide."""
    found = await find({(person.body.by, person.body.number) for person in page.items})
    by_area: dict[int, list[Proposed]] = defaultdict(list)
    for person in page.items:
        body = found.get((person.body.by, person.body.number))
        if body is not None:
            for area_id, rows in _proposed(link, person, body).items():
                by_area[area_id] += rows
    counts = Counts(read=len(page.items))
    for area_id, rows in sorted(by_area.items()):
        counts += await proposals.propose(
            by=by, connection_id=link.connection_id, run_id=link.run_id, area_id=area_id, rows=rows
        )
    return counts


def _proposed(link: Link, person: Person, body: Found) -> Mapping[int, Sequence[Proposed]]:
    """Return the proposals of one person by area: a role for each that is mapped, or the end of all."""
    action = "add" if person.is_active else "end"
    rows = [_row(person, body.id, role, action) for role in roles_of(person, options=link.options)]
    return dict.fromkeys(body.areas, rows)


def _row(person: Person, organisation_id: UUID, role: str, action: str) -> Proposed:
    return Proposed(
        organisation_id=organisation_id,
        external_id=f"{person.user_id}:{person.organisation_id}:{role}",
        action=action,
        subject_kind="role",
        proposed={"name": person.name, "email": person.email, "role": role},
    )


async def probe(link: Link, agency: Agency) -> str:
    """Say which roles our service has there."""
    codes = await client.service_roles(agency, client_id=str(link.options["client_id"]))
    return (
        f"DfE Sign-in knows our service, with the roles {', '.join(codes)}."
        if codes
        else ("DfE Sign-in knows our service, which has no roles there.")
    )


def check_options(options: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with the options, in sentences."""
    wrong = [f"There is no option named {name}." for name in sorted(set(options) - _OPTIONS)]
    if not str(options.get("client_id", "")).strip():
        wrong.append("Enter the client id of our service in DfE Sign-in.")
    return [*wrong, *wrong_roles(options)]


CONNECTOR: Connector[Person] = Connector(
    system="dfe_sign_in",
    label="DfE Sign-in (who may act for a school)",
    national=True,
    auth_modes=("service_token",),
    authorise=authorise,
    start=start,
    fetch=fetch,
    apply=apply,
    probe=probe,
    check_options=check_options,
)
