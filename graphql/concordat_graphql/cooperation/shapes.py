"""How cooperation's types are read by compiled operations."""

from __future__ import annotations

from collections.abc import Mapping

from concordat_graphql import ids, paging
from concordat_graphql.cooperation.keys import checked_key
from concordat_graphql.cooperation.types.agencies import AgencyCategory, AgencyCount, AgencyReturn, RelevantAgency
from concordat_graphql.cooperation.types.duties import DutyCycle
from concordat_graphql.shapes.logins import ANYONE, LOCAL, as_person
from concordat_graphql.shapes.shape import Bound, Keyset, Relation, Root, Shape
from concordat_graphql.shapes.words import labelled, opaque, perhaps_labelled
from tenants.cooperation.permissions import check_can_read
from tenants.cooperation.rules.agencies import CHANNELS, LABELS
from tenants.cooperation.rules.requests import LABELS as REQUEST_LABELS
from tenants.tenancy.actor import Actor

AGENCY = (
    "relevant_agency {t} join area {t}_a on {t}_a.id = {t}.area_id"
    " join agency_category {t}_c on {t}_c.code = {t}.category"
)
COUNTED = (
    "(select g.category, g.state, count(*)::integer as agencies from relevant_agency g"
    " where g.area_id = {area_id} group by g.category, g.state) {t}"
    " join agency_category {t}_c on {t}_c.code = {t}.category"
)
CYCLE = (
    "duty_cycle {t} join duty_version {t}_v on {t}_v.area_id = {t}.area_id and {t}_v.id = {t}.duty_version_id"
    " cross join lateral (select"
    " coalesce(sum(n.requests) filter (where n.state <> 'cancelled'), 0)::integer as asked,"
    " coalesce(sum(n.requests) filter (where n.state in ('submitted', 'accepted')), 0)::integer as returned,"
    " coalesce(sum(n.requests) filter (where n.state = 'accepted'), 0)::integer as accepted,"
    " coalesce(sum(n.requests) filter (where n.state = 'declined'), 0)::integer as declined"
    " from cooperation_count n where n.area_id = {t}.area_id and n.cycle_id = {t}.id) {t}_n"
)


def _of_area(kind: str, column: str = "id") -> str:
    """Return the opaque id of a thing of an area, as `encode_in` writes it."""
    return opaque(kind, f"{{t}}.area_id || '.' || {{t}}.{column}")


def _member(actor: Actor, area_id: str) -> Bound:
    area = ids.decode_area(area_id)
    as_person(actor)
    check_can_read(actor, area_id=area)
    return {"area_id": area}


def _agencies(
    actor: Actor,
    area_id: str,
    search: str | None = None,
    category: str | None = None,
    state: str | None = None,
    first: int = 50,
    after: str | None = None,
) -> Bound:
    name, last = checked_key(paging.after_key(after, parts=2)) or (None, None)
    return {
        **_member(actor, area_id),
        "search": search,
        "category": category,
        "state": state,
        "first": paging.page_size(first),
        "after_name": name,
        "after_id": last,
    }


TYPES: Mapping[type, Shape] = {
    RelevantAgency: Shape(
        table="relevant_agency",
        columns={
            "id": _of_area("RelevantAgency"),
            "organisation_id": opaque("Organisation", "{t}.organisation_id"),
            "area_id": opaque("Area", "{t}.area_id"),
            "area_name": "{t}_a.name",
            "category_label": "{t}_c.label",
            "state_label": labelled("{t}.state", LABELS),
            "notified_channel": perhaps_labelled("{t}.notified_channel", CHANNELS),
        },
        relations={
            "latest_return": Relation(
                source="duty_request {t}",
                where="{t}.area_id = {p}.area_id and {t}.agency_id = {p}.id",
                order="{t}.due_on desc, {t}.id desc",
                limit="1",
                one=True,
            )
        },
    ),
    AgencyReturn: Shape(table="duty_request", columns={"state_label": labelled("{t}.state", REQUEST_LABELS)}),
    AgencyCategory: Shape(table="agency_category"),
    AgencyCount: Shape(
        columns={
            "category": "{t}.category",
            "category_label": "{t}_c.label",
            "state": "{t}.state",
            "state_label": perhaps_labelled("{t}.state", LABELS),
            "agencies": "{t}.agencies",
        }
    ),
    DutyCycle: Shape(
        table="duty_cycle",
        columns={
            "id": _of_area("DutyCycle"),
            "duty_id": _of_area("Duty", "duty_id"),
            "duty_title": "{t}_v.title",
            "asked": "{t}_n.asked",
            "returned": "{t}_n.returned",
            "accepted": "{t}_n.accepted",
            "declined": "{t}_n.declined",
        },
    ),
}

ROOTS: Mapping[str, Root] = {
    "agencyCategories": Root(
        reader=ANYONE,
        relation=Relation(
            source="agency_category {t}",
            where="{t}.valid_from <= {today} and ({t}.valid_to is null or {t}.valid_to >= {today})",
            order="{t}.position",
        ),
    ),
    "relevantAgencies": Root(
        reader=LOCAL,
        relation=Relation(
            source=AGENCY,
            where="{t}.area_id = {area_id}",
            when={
                "search": "strpos(lower({t}.name), lower({search})) > 0",
                "category": "{t}.category = {category}",
                "state": "{t}.state = {state}",
                "after_name": "({t}.name, {t}.id) > ({after_name}, {after_id}::uuid)",
            },
            order="{t}.name, {t}.id",
            keyset=Keyset(key=("{t}.name", "{t}.id")),
            bind=_agencies,
        ),
    ),
    "agencyCounts": Root(
        reader=LOCAL,
        relation=Relation(source=COUNTED, order="{t}_c.position, {t}.state", bind=_member),
    ),
    "dutyCycles": Root(
        reader=LOCAL,
        relation=Relation(
            source=CYCLE, where="{t}.area_id = {area_id}", order="{t}.due_on desc, {t}.id", limit="100", bind=_member
        ),
    ),
}
