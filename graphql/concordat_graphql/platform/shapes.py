"""How an administrator's lists of areas and people are read by compiled operations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from concordat_graphql import paging
from concordat_graphql.platform.types import Account, AreaLine, AreaRecord, Cover, WaitingInvitation
from concordat_graphql.shapes.logins import OWN, as_person
from concordat_graphql.shapes.shape import Bound, Keyset, Relation, Root, Shape
from concordat_graphql.shapes.words import PART, case_of, labelled, opaque
from concordat_graphql.tenancy.audit import AuditFilter
from concordat_graphql.tenancy.shapes import INVITATION_STATE
from concordat_graphql.tenancy.shapes import ROOTS as TENANCY
from tenants.audit.service import PLATFORM
from tenants.tenancy.actor import Actor
from tenants.tenancy.mail.outcomes import LAST_PROBLEM, WHY
from tenants.tenancy.people.queries import MAY_SEND_AGAIN
from tenants.tenancy.permissions import check_can_administer
from tenants.tenancy.queries import literal
from tenants.tenancy.roles import LABELS

COVERED = (
    "(select coalesce(json_agg(l.la_name order by l.la_name), '[]'::json) from area_local_authority l"
    " where l.area_id = {t}.id and l.valid @> {today}::date)"
)


def _areas(
    actor: Actor,
    search: str | None = None,
    lifecycle: str | None = None,
    first: int = 50,
    after: str | None = None,
) -> Bound:
    check_can_administer(as_person(actor))
    name, number = paging.after_numbered(after) or (None, None)
    return {
        "search": None if search is None else literal(search),
        "lifecycle": lifecycle,
        "first": paging.page_size(first),
        "after_name": name,
        "after_id": number,
    }


def _area(actor: Actor, slug: str) -> Bound:
    check_can_administer(as_person(actor))
    return {"slug": slug}


def _accounts(actor: Actor, search: str | None = None, first: int = 50, after: str | None = None) -> Bound:
    check_can_administer(as_person(actor))
    name, last = paging.after_name(after) or (None, None)
    words = literal(search.strip()) if search else None
    return {"search": words, "first": paging.page_size(first), "after_name": name, "after_id": last}


def _waiting(actor: Actor, first: int = 50, after: str | None = None) -> Bound:
    check_can_administer(as_person(actor))
    moment, last = paging.after_moment(after) or (None, None)
    return {"first": paging.page_size(first), "after_at": moment, "after_id": last}


def _trail(actor: Actor, where: AuditFilter | None = None, first: int = 50, after: str | None = None) -> Bound:
    check_can_administer(as_person(actor))
    key = paging.after_key(after, parts=1)
    before = None if key is None else paging.whole(key[0])
    wanted = vars(where or AuditFilter())
    return {"area_id": PLATFORM, "first": paging.page_size(first), "before_seq": before, **wanted}


TYPES: Mapping[type, Shape] = {
    AreaLine: Shape(columns={"local_authority_names": COVERED}, relations={"area": PART}),
    Cover: Shape(
        table="area_local_authority",
        columns={"id": opaque("Cover", "{t}.id"), "code": "{t}.la_code", "name": "{t}.la_name"},
    ),
    AreaRecord: Shape(
        relations={
            "area": PART,
            "covers": Relation(
                source="area_local_authority {t}",
                where="{t}.area_id = {p}.id",
                order="{t}.valid_from desc, {t}.la_name, {t}.id",
            ),
            "merged_into": Relation(source="area {t}", where="{t}.id = {p}.merged_into", one=True),
        },
    ),
    Account: Shape(table="person", columns={"id": opaque("Person", "{t}.id")}),
    WaitingInvitation: Shape(
        table="invitation",
        columns={
            "id": opaque("Invitation", "{t}.id"),
            "role_label": case_of(labelled("{t}.role", LABELS)),
            "area_name": "(select a.name from area a where a.id = {t}.area_id)",
            "state": INVITATION_STATE,
            "undelivered": case_of(labelled(LAST_PROBLEM, WHY)),
            "may_send_again": f"coalesce({MAY_SEND_AGAIN}, false)",
        },
    ),
}

ROOTS: Mapping[str, Root] = {
    "platformAreas": Root(
        reader=OWN,
        relation=Relation(
            source="area {t}",
            when={
                "search": "{t}.name ilike '%' || {search} || '%' or {t}.id in (select l.area_id"
                " from area_local_authority l where l.la_name ilike '%' || {search} || '%')",
                "lifecycle": "{t}.lifecycle = {lifecycle}",
                "after_name": "({t}.name, {t}.id) > ({after_name}, {after_id}::integer)",
            },
            order="{t}.name, {t}.id",
            keyset=Keyset(key=("{t}.name", "{t}.id")),
            bind=_areas,
        ),
    ),
    "platformArea": Root(
        reader=OWN, relation=Relation(source="area {t}", where="{t}.slug = {slug}", one=True, bind=_area)
    ),
    "platformTrail": Root(reader=OWN, relation=replace(TENANCY["auditTrail"].relation, bind=_trail)),
    "accounts": Root(
        reader=OWN,
        relation=Relation(
            source="person {t}",
            when={
                "search": "{t}.name ilike '%' || {search} || '%' or {t}.email ilike '%' || {search} || '%'",
                "after_name": "({t}.name, {t}.id) > ({after_name}, {after_id}::uuid)",
            },
            order="{t}.name, {t}.id",
            keyset=Keyset(key=("{t}.name", "{t}.id")),
            bind=_accounts,
        ),
    ),
    "waitingInvitations": Root(
        reader=OWN,
        relation=Relation(
            source="invitation {t}",
            where="{t}.accepted_at is null and {t}.revoked_at is null",
            when={"after_at": "({t}.created_at, {t}.id) < ({after_at}::timestamptz, {after_id}::uuid)"},
            order="{t}.created_at desc, {t}.id desc",
            keyset=Keyset(key=("shape.instant({t}.created_at)", "{t}.id")),
            bind=_waiting,
        ),
    ),
}
