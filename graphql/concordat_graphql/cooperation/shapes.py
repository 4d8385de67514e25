"""How agencies and their categories are read by compiled operations."""

from __future__ import annotations

from collections.abc import Mapping

from concordat_graphql import ids, paging
from concordat_graphql.cooperation.keys import checked_key, decode_in
from concordat_graphql.cooperation.types.agencies import (
    AgencyCandidate,
    AgencyCategory,
    AgencyCount,
    AgencyNote,
    AgencyRecord,
    AgencyReturn,
    AgencyTelling,
    RelevantAgency,
)
from concordat_graphql.shapes.logins import ANYONE, LOCAL, as_person
from concordat_graphql.shapes.shape import Bound, Keyset, NotForThem, Relation, Root, Shape
from concordat_graphql.shapes.words import PART, labelled, opaque, perhaps_labelled
from tenants.cooperation.permissions import check_can_read
from tenants.cooperation.rules.agencies import CHANNELS, LABELS
from tenants.cooperation.rules.requests import LABELS as REQUEST_LABELS
from tenants.tenancy.actor import Actor
from tenants.tenancy.roles import Hat

AGENCY = "relevant_agency {t}"
BESIDE_AGENCY = {
    "_a": "join area {t}_a on {t}_a.id = {t}.area_id",
    "_c": "join agency_category {t}_c on {t}_c.code = {t}.category",
}
def of_area(kind: str, column: str = "id") -> str:
    """Return the opaque id of a thing of an area, as `encode_in` writes it."""
    return opaque(kind, f"{{t}}.area_id || '.' || {{t}}.{column}")


def local(actor: Actor) -> Actor:
    """Return the actor; the ordinary path refuses anyone who is not of an area or an agency."""
    if as_person(actor).hat is not Hat.LOCAL:
        raise NotForThem
    return actor


def member(actor: Actor, area_id: str) -> Bound:
    """Return the area whose member asks."""
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
        **member(actor, area_id),
        "search": search,
        "category": category,
        "state": state,
        "first": paging.page_size(first),
        "after_name": name,
        "after_id": last,
    }


def _candidates(actor: Actor, area_id: str, search: str) -> Bound:
    words = search.strip()
    return {**member(actor, area_id), "search": words, "enough": len(words) >= 2}


def _agency(actor: Actor, id: str) -> Bound:
    area, agency = decode_in("RelevantAgency", id, field="id")
    answered = [each for each in sorted(local(actor).organisations) if actor.acts_for(each, area_id=area)]
    return {"area_id": area, "agency_id": agency, "answered": answered}


def _organisations(actor: Actor) -> Bound:
    return {"organisations": sorted(local(actor).organisations)}


def _of_agency(table: str, newest: str) -> Relation:
    """Return what was written about an agency, newest first."""
    return Relation(
        source=f"{table} {{t}}",
        where="{t}.area_id = {p}.area_id and {t}.agency_id = {p}.id",
        order=f"{{t}}.{newest} desc, {{t}}.id desc",
        limit="100",
    )


TYPES: Mapping[type, Shape] = {
    RelevantAgency: Shape(
        table="relevant_agency",
        columns={
            "id": of_area("RelevantAgency"),
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
    AgencyTelling: Shape(table="agency_telling", columns={"channel": labelled("{t}.channel", CHANNELS)}),
    AgencyNote: Shape(table="agency_note"),
    AgencyRecord: Shape(
        columns={"may_acknowledge": "{t}.organisation_id = any ({answered}::uuid[])"},
        relations={
            "agency": PART,
            "tellings": _of_agency("agency_telling", "told_on"),
            "notes": _of_agency("agency_note", "written_at"),
        },
    ),
    AgencyCandidate: Shape(table="organisation_fact", columns={"organisation_id": opaque("Organisation", "{t}.id")}),
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
            joins=BESIDE_AGENCY,
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
        relation=Relation(
            source="agency_count {t} join agency_category {t}_c on {t}_c.code = {t}.category",
            where="{t}.area_id = {area_id} and {t}.agencies > 0",
            order="{t}_c.position, {t}.state",
            bind=member,
        ),
    ),
    "agencyCandidates": Root(
        reader=LOCAL,
        relation=Relation(
            source="organisation_fact {t}",
            where="{enough}::boolean and {t}.status = 'open' and strpos(lower({t}.name), lower({search})) > 0"
            " and not exists (select 1 from relevant_agency g"
            " where g.area_id = {area_id} and g.organisation_id = {t}.id)",
            order="not exists (select 1 from area_organisation w where w.area_id = {area_id}"
            " and w.organisation_id = {t}.id and w.valid_to is null), {t}.name, {t}.id",
            limit="20",
            bind=_candidates,
        ),
    ),
    "relevantAgency": Root(
        reader=LOCAL,
        relation=Relation(
            source=AGENCY,
            joins=BESIDE_AGENCY,
            where="{t}.area_id = {area_id} and {t}.id = {agency_id}",
            one=True,
            bind=_agency,
        ),
    ),
    "myInclusions": Root(
        reader=LOCAL,
        relation=Relation(
            source=AGENCY,
            joins=BESIDE_AGENCY,
            where="{t}.organisation_id = any ({organisations}::uuid[])"
            " and {t}.state not in ('not_selected', 'selected')",
            order="{t}_a.name, {t}.name, {t}.id",
            limit="500",
            bind=_organisations,
        ),
    ),
}
