"""How requests to agencies are listed by compiled operations: the area's, and what an agency has been asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from concordat_graphql import ids, paging
from concordat_graphql.cooperation.keys import checked_key
from concordat_graphql.cooperation.queries import RequestFilter
from concordat_graphql.cooperation.shapes import local, member, of_area
from concordat_graphql.cooperation.types.requests import DutyRequest
from concordat_graphql.shapes.logins import LOCAL
from concordat_graphql.shapes.shape import Bound, Keyset, Relation, Root, Shape
from concordat_graphql.shapes.words import labelled, opaque
from tenants.cooperation.queries.requests import OWED
from tenants.cooperation.rules.requests import LABELS
from tenants.tenancy.actor import Actor

LATE = f"{{t}}.state in {OWED} and {{t}}.due_on < {{today}}"
REQUEST = "duty_request {t}"
BESIDE_REQUEST = {
    "_a": "join area {t}_a on {t}_a.id = {t}.area_id",
    "_c": "join agency_category {t}_c on {t}_c.code = {t}.category",
    "_m": "left join lateral (select f.step, f.step_title from follow_up_move f"
    " where f.area_id = {t}.area_id and f.request_id = {t}.id"
    " order by f.moved_at desc, f.id desc limit 1) {t}_m on true",
}


def _of_area(
    actor: Actor, area_id: str, where: RequestFilter | None = None, first: int = 50, after: str | None = None
) -> Bound:
    wanted = asdict((where or RequestFilter()).wanted())
    asked: dict[str, Any] = {name: value if value is not False else None for name, value in wanted.items()}
    name, last = checked_key(paging.after_key(after, parts=2)) or (None, None)
    page = {"first": paging.page_size(first), "after_name": name, "after_id": last}
    return {**member(actor, area_id), **asked, **page}


def _mine(
    actor: Actor, open_only: bool = False, area_id: str | None = None, first: int = 50, after: str | None = None
) -> Bound:
    due, name, last = checked_key(paging.after_key(after, parts=3), dated=True) or (None, None, None)
    return {
        "organisations": sorted(local(actor).organisations),
        "open_only": open_only or None,
        "area_id": None if area_id is None else ids.decode_area(area_id),
        "first": paging.page_size(first),
        "after_due": None if due is None else date.fromisoformat(str(due)),
        "after_name": name,
        "after_id": last,
    }


TYPES: Mapping[type, Shape] = {
    DutyRequest: Shape(
        table="duty_request",
        columns={
            "id": of_area("DutyRequest"),
            "area_id": opaque("Area", "{t}.area_id"),
            "area_name": "{t}_a.name",
            "organisation_id": opaque("Organisation", "{t}.organisation_id"),
            "agency_id": of_area("RelevantAgency", "agency_id"),
            "form_id": of_area("DutyVersion", "duty_version_id"),
            "category_label": "{t}_c.label",
            "state_label": labelled("{t}.state", LABELS),
            "late": LATE,
            "step": "coalesce({t}_m.step, 0)",
            "step_title": "{t}_m.step_title",
            "reminders": "(select count(*) from reminder s where s.area_id = {t}.area_id and s.request_id = {t}.id)",
        },
    ),
}

ROOTS: Mapping[str, Root] = {
    "dutyRequests": Root(
        reader=LOCAL,
        relation=Relation(
            source=REQUEST,
            joins=BESIDE_REQUEST,
            where="{t}.area_id = {area_id}",
            when={
                "cycle_id": "{t}.cycle_id = {cycle_id}",
                "agency_id": "{t}.agency_id = {agency_id}",
                "search": "strpos(lower({t}.agency_name), lower({search})) > 0",
                "category": "{t}.category = {category}",
                "state": "{t}.state = {state}",
                "step": "coalesce({t}_m.step, 0) = {step}",
                "late": LATE,
                "question_open": "{t}.question_open",
                "after_name": "({t}.agency_name, {t}.id) > ({after_name}, {after_id}::uuid)",
            },
            order="{t}.agency_name, {t}.id",
            keyset=Keyset(key=("{t}.agency_name", "{t}.id")),
            bind=_of_area,
        ),
    ),
    "myDuties": Root(
        reader=LOCAL,
        relation=Relation(
            source=REQUEST,
            joins=BESIDE_REQUEST,
            where="{t}.organisation_id = any ({organisations}::uuid[]) and {t}.state <> 'cancelled'",
            when={
                "open_only": f"{{t}}.state in {OWED}",
                "area_id": "{t}.area_id = {area_id}",
                "after_due": "({t}.due_on, {t}.agency_name, {t}.id)"
                " > ({after_due}::date, {after_name}, {after_id}::uuid)",
            },
            order="{t}.due_on, {t}.agency_name, {t}.id",
            keyset=Keyset(key=("{t}.due_on", "{t}.agency_name", "{t}.id")),
            bind=_mine,
        ),
    ),
}
