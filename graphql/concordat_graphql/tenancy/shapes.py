"""How tenancy's types are read by compiled operations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from concordat_graphql import ids, paging
from concordat_graphql.shapes.logins import ANYONE, LOCAL, OWN, as_person
from concordat_graphql.shapes.shape import Bound, Keyset, Relation, Root, Shape
from concordat_graphql.shapes.words import case_of, labelled, opaque
from concordat_graphql.tenancy.audit import AuditEntry, AuditFilter
from concordat_graphql.tenancy.types import Area, Invitation, LinkedBoard, LocalAuthorityCover, RoleAssignment
from infra.clock import today
from tenants.tenancy.actor import Actor
from tenants.tenancy.mail.outcomes import LAST_PROBLEM, WHY
from tenants.tenancy.people.queries import MAY_SEND_AGAIN
from tenants.tenancy.permissions import check_can_manage, check_can_read_trail
from tenants.tenancy.queries import literal
from tenants.tenancy.roles import LABELS
from tenants.tenancy.service import BOARD_KINDS

INVITATION_STATE = """coalesce(case when {t}.accepted_at is not null then 'accepted'
    when {t}.revoked_at is not null then 'revoked' when {t}.expires_at < now() then 'expired' end, 'open')"""


#: of areas being set up: those that are there for the reader; for whom all are, nothing is asked
OPENED = {"unopened": "{t}.lifecycle <> 'setting_up' or {t}.id = any ({unopened}::integer[])"}


def _as_at(_: Actor, as_at: date | None = None) -> Bound:
    return {"as_at": as_at or today()}


def _ended(actor: Actor, ended: bool = False) -> Bound:
    as_person(actor)
    return {"ended": ended}


def _near(actor: Actor) -> Bound:
    near = actor.unopened_areas
    return {"unopened": None if near is None else sorted(near)}


def _slug(actor: Actor, slug: str) -> Bound:
    return {"slug": slug, **_near(actor)}


def _areas(actor: Actor, search: str | None = None, first: int = 50, after: str | None = None) -> Bound:
    name, number = paging.after_numbered(after) or (None, None)
    words = None if search is None else literal(search)
    page = {"first": paging.page_size(first), "after_name": name, "after_id": number}
    return {"search": words, **page, **_near(actor)}


def _people(actor: Actor, area_id: str, first: int = 50, after: str | None = None) -> Bound:
    as_person(actor)
    name, last = paging.after_name(after) or (None, None)
    area = ids.decode_area(area_id)
    return {"area_id": area, "first": paging.page_size(first), "after_name": name, "after_id": last}


def _invitations(actor: Actor, area_id: str) -> Bound:
    area = ids.decode_area(area_id)
    check_can_manage(as_person(actor), area_id=area)
    return {"area_id": area}


def _trail(
    actor: Actor, area_id: str, where: AuditFilter | None = None, first: int = 50, after: str | None = None
) -> Bound:
    area = ids.decode_area(area_id)
    as_person(actor)
    check_can_read_trail(actor, area_id=area)
    key = paging.after_key(after, parts=1)
    wanted = vars(where or AuditFilter())
    before = None if key is None else paging.whole(key[0])
    return {"area_id": area, "first": paging.page_size(first), "before_seq": before, **wanted}


TYPES: Mapping[type, Shape] = {
    Area: Shape(
        table="area",
        columns={"id": opaque("Area", "{t}.id")},
        relations={
            "local_authorities": Relation(
                source="area_local_authority {t}",
                where="{t}.area_id = {p}.id and {t}.valid @> {as_at}::date",
                order="{t}.la_name, {t}.la_code",
                bind=_as_at,
            ),
            "linked_boards": Relation(
                source="linked_board {t}",
                where="{t}.area_id = {p}.id and ({ended}::boolean or {t}.ended_on is null)",
                order="{t}.name, {t}.id",
                bind=_ended,
                logins=("app",),
            ),
        },
    ),
    LocalAuthorityCover: Shape(table="area_local_authority", columns={"code": "{t}.la_code", "name": "{t}.la_name"}),
    LinkedBoard: Shape(
        table="linked_board",
        columns={"id": opaque("LinkedBoard", "{t}.id"), "kind_label": labelled("{t}.kind", BOARD_KINDS)},
    ),
    AuditEntry: Shape(
        table="audit.event",
        columns={"hash": "encode({t}.hash, 'hex')"},
        resolved=frozenset({"before", "after"}),  # personal text in them is sealed, and only Python has the key
    ),
    Invitation: Shape(
        table="invitation",
        columns={
            "id": opaque("Invitation", "{t}.id"),
            "role_label": case_of(labelled("{t}.role", LABELS)),  # no CHECK lists the codes: the service checks them
            "state": INVITATION_STATE,
            "undelivered": case_of(labelled(LAST_PROBLEM, WHY)),
            "may_send_again": f"coalesce({MAY_SEND_AGAIN}, false)",
        },
    ),
    RoleAssignment: Shape(
        table="role_assignment",
        columns={
            "id": opaque("RoleAssignment", "{t}.id"),
            "person_name": "{t}_p.name",
            "email": "{t}_p.email",
            "role_label": labelled("{t}.role", LABELS),
        },
    ),
}

ROOTS: Mapping[str, Root] = {
    "area": Root(
        reader=ANYONE,
        relation=Relation(source="area {t}", where="{t}.slug = {slug}", when=OPENED, one=True, bind=_slug),
    ),
    "areas": Root(
        reader=ANYONE,
        relation=Relation(
            source="area {t}",
            when={
                **OPENED,
                "search": "{t}.name ilike '%' || {search} || '%' or {t}.id in (select l.area_id"
                " from area_local_authority l where l.la_name ilike '%' || {search} || '%')",
                "after_name": "({t}.name, {t}.id) > ({after_name}, {after_id}::integer)",
            },
            order="{t}.name, {t}.id",
            keyset=Keyset(key=("{t}.name", "{t}.id")),
            bind=_areas,
        ),
    ),
    "people": Root(
        reader=OWN,
        relation=Relation(
            source="role_assignment {t} join person {t}_p on {t}_p.id = {t}.person_id",
            where="{t}.area_id = {area_id} and {t}.valid_from <= {today} and ({t}.valid_to is null"
            " or {t}.valid_to >= {today})",
            when={"after_name": "({t}_p.name, {t}.id) > ({after_name}, {after_id}::uuid)"},
            order="{t}_p.name, {t}.id",
            keyset=Keyset(key=("{t}_p.name", "{t}.id")),
            bind=_people,
        ),
    ),
    "invitations": Root(
        reader=LOCAL,
        relation=Relation(
            source="invitation {t}",
            where="{t}.area_id = {area_id}",
            order="{t}.created_at desc, {t}.id",
            limit="200",
            bind=_invitations,
        ),
    ),
    "auditTrail": Root(
        reader=LOCAL,
        relation=Relation(
            source="audit.event {t}",
            where="{t}.area_id = {area_id}",
            when={
                "since": "{t}.at >= {since}::date::timestamp at time zone 'Europe/London'",
                "until": "{t}.at < ({until}::date + 1)::timestamp at time zone 'Europe/London'",
                "actor": "strpos(lower({t}.actor_name), lower({actor})) > 0",
                "action": "starts_with({t}.action, {action})",
                "subject_type": "{t}.subject_type = {subject_type}",
                "subject_id": "{t}.subject_id = {subject_id}",
                "before_seq": "{t}.seq < {before_seq}::bigint",
            },
            order="{t}.seq desc",
            keyset=Keyset(key=("{t}.seq",)),
            bind=_trail,
        ),
    ),
}
