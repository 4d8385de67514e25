"""From a session or a machine client's token to the actor that services decide about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from backend.auth.bearer import VerifiedClient
from backend.auth.kept_actors import KeptActor
from infra.clock import today
from infra.database import sql
from infra.database.holding import Guard
from infra.secrets import token_hash
from tenants.tenancy import queries as tenancy
from tenants.tenancy.actor import Actor, Grant
from tenants.tenancy.people import queries as people
from tenants.tenancy.people.queries import AssignmentRow, PersonRow
from tenants.tenancy.providers import queries as providers
from tenants.tenancy.providers.queries import ClientRow
from tenants.tenancy.queries import AreaRow
from tenants.tenancy.roles import AREA_ROLES, Hat, Role, hat_of
from tenants.tenancy.scope import system_scope
from tenants.tenancy.sessions import queries as sessions
from tenants.tenancy.sessions import service as session_service
from tenants.tenancy.sessions.queries import SessionRow

SIGN_IN = "signing in"


@dataclass(frozen=True, kw_only=True, slots=True)
class SignedIn:
    """A live session: who, as what, and the areas in which they hold a role."""

    actor: Actor
    session: SessionRow
    areas: tuple[AreaRow, ...]
    day: date  #: on which the roles were in force

    def kept(self) -> KeptActor:
        """Return what to keep of this for the next reads, with its guard."""
        guard = Guard(sql="security.session_live({0}, {1})", args=(self.session.id, self.session.standing))
        return KeptActor(actor=self.actor, guard=guard, day=self.day)


async def of_session(token: str, *, idle_minutes: int, request_id: str | None = None) -> SignedIn | None:
    """Return who is signed in under a session token, or None when it is not live or the account is disabled."""
    day = today()
    async with system_scope(SIGN_IN, powers=["signin"]):
        session = await sessions.live_session(token_hash=token_hash(token), idle_minutes=idle_minutes)
        if session is None:
            return None
        person = await people.person(person_id=session.person_id)
        if person is None or person.disabled_at is not None:
            return None
        await session_service.touch(session=session)
        held = await people.assignments_of_person(person_id=person.id)
        areas = await _areas_of(held)
        actor = await _actor(
            person, held, areas=areas, hat=Hat(session.hat), session_id=session.id, request_id=request_id
        )
    return SignedIn(actor=actor, session=session, areas=tuple(areas), day=day)


async def of_person(person: PersonRow, *, hat: Hat) -> Actor:
    """Return a person as an actor under a hat. Inside the sign-in scope."""
    held = await people.assignments_of_person(person_id=person.id)
    areas = await _areas_of(held)
    return await _actor(person, held, areas=areas, hat=hat, session_id=None, request_id=None)


async def _areas_of(held: Sequence[AssignmentRow]) -> list[AreaRow]:
    wanted = [row.area_id for row in held if row.area_id is not None]
    return await tenancy.areas(ids=wanted, limit=500) if wanted else []


def _grants(held: Sequence[AssignmentRow], areas: Sequence[AreaRow], hat: Hat) -> tuple[Grant, ...]:
    """Return the grants that go with a hat. An area merged into another keeps its history and takes no more changes:
    its people read it, and what one of its agencies was asked there is over."""
    merged = {area.id for area in areas if area.lifecycle == "merged"}
    grants = []
    for row in held:
        role = Role(row.role)
        if hat_of(role) is not hat or (row.area_id in merged and row.organisation_id is not None):
            continue
        if row.area_id in merged:
            grants.append(Grant(role=Role.VIEWER, area_id=row.area_id, once=role))
        else:
            grants.append(Grant(role=role, area_id=row.area_id, organisation_id=row.organisation_id))
    return tuple(grants)


async def _actor(
    person: PersonRow,
    held: Sequence[AssignmentRow],
    *,
    areas: Sequence[AreaRow],
    hat: Hat,
    session_id: UUID | None,
    request_id: str | None,
) -> Actor:
    grants = _grants(held, areas, hat)
    reach, visits = await reach_of(grants)
    return Actor(
        kind="person",
        id=person.id,
        name=person.name,
        hat=hat,
        hats=frozenset(hat_of(Role(row.role)) for row in held),
        grants=grants,
        reach=reach,
        visits=visits,
        session_id=session_id,
        request_id=request_id,
    )


async def reach_of(grants: Iterable[Grant]) -> tuple[frozenset[tuple[int | None, UUID]], frozenset[int]]:
    """Return the organisations that the grants reach, with where, and the areas in which those are present.

    A trust lead, and no other contact of the trust, reaches the trust's open establishments. A grant made by one area
    reaches rows of that area only: it must not open what another area asked of the same organisation.
    """
    held = [(g.role, g.area_id, g.organisation_id) for g in grants if g.organisation_id is not None]
    direct = {(area, organisation) for _, area, organisation in held}
    trusts = {(area, organisation) for role, area, organisation in held if role is Role.TRUST_LEAD}
    if not direct:
        return frozenset(), frozenset()
    rows = await sql.fetch(
        """select o.id, o.trust_id from organisation o
        where o.trust_id = any ($1) and o.status <> 'closed'""",
        [organisation for _, organisation in trusts],
    )
    under = {(area, row["id"]) for row in rows for area, organisation in trusts if organisation == row["trust_id"]}
    reach = frozenset(direct | under)
    present = await sql.fetch(
        "select distinct area_id, organisation_id from area_organisation where organisation_id = any ($1)",
        list({organisation for _, organisation in reach}),
    )
    pairs = {(row["area_id"], row["organisation_id"]) for row in present}
    anywhere = {organisation for area, organisation in reach if area is None}
    visits = {area for area, organisation in pairs if organisation in anywhere or (area, organisation) in reach}
    return reach, frozenset(visits | {area for area, _ in reach if area is not None})


async def of_client(client: VerifiedClient, *, request_id: str | None = None) -> KeptActor | None:
    """Return a machine client as an actor with the roles its scopes give, and its guard for later reads.

    None when it is not trusted (any more).
    """
    day = today()
    async with system_scope(SIGN_IN, powers=["signin"]):
        row = await providers.machine_client(issuer=client.issuer, client_id=client.client_id)
    if row is None or not row.enabled:
        return None
    roles = sorted({Role(row.scope_roles[scope]) for scope in client.scopes if scope in row.scope_roles})
    hat = hat_of(roles[0]) if roles else Hat.LOCAL
    grants = tuple(_client_grant(role, row) for role in roles if hat_of(role) is hat)
    actor = Actor(
        kind="client", id=row.id, name=row.name, hat=hat, hats=frozenset({hat}), grants=grants, request_id=request_id
    )
    guard = Guard(sql="security.client_live({0}, {1})", args=(row.id, row.standing))
    return KeptActor(actor=actor, guard=guard, day=day)


def _client_grant(role: Role, row: ClientRow) -> Grant:
    if role not in AREA_ROLES:
        return Grant(role=role)
    if row.area_merged:
        return Grant(role=Role.VIEWER, area_id=row.area_id, once=role)
    return Grant(role=role, area_id=row.area_id)
