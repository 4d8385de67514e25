"""How the register's types are read by compiled operations."""

from __future__ import annotations

from collections.abc import Mapping

from concordat_graphql import ids, paging
from concordat_graphql.organisations.types import (
    KIND_LABELS,
    OrganisationChange,
    OrganisationNode,
    OrganisationPlace,
    OrganisationRelative,
)
from concordat_graphql.shapes.logins import OWN, SIGNED_IN, as_person
from concordat_graphql.shapes.shape import Bound, Keyset, Relation, Root, Shape
from concordat_graphql.shapes.words import labelled, opaque
from tenants.tenancy.actor import Actor
from tenants.tenancy.queries import literal

SEARCH = "{t}.name ilike '%' || {search} || '%' or {t}.urn::text = {search} or {t}.postcode ilike {search} || '%'"
PRESENT = """{t}.id in (select p.organisation_id from area_organisation p where p.area_id = {area_id}
    and p.valid_from <= {today} and (p.valid_to is null or p.valid_to >= {today}))"""
#: the open ones at the end of the line, however many steps on
_SUCCESSORS = """(with recursive line as (
        select l.successor_id as id, l.on_date from organisation_lineage l where l.predecessor_id = {of}
        union
        select l.successor_id, l.on_date from organisation_lineage l join line on line.id = l.predecessor_id)
    select distinct on (o.id) o.id, o.name, o.status, line.on_date from line join organisation o on o.id = line.id
    where o.status = 'open' and o.id <> {of}
    order by o.id, line.on_date desc nulls last) {name}"""
PREDECESSORS = """(select o.id, o.name, o.status, l.on_date
    from organisation_lineage l join organisation o on o.id = l.predecessor_id where l.successor_id = {p}.id) {t}"""
#: sub-ICB locations before trusts
MEMBERS = """(select o.id, o.name, o.status, o.type_label, a.valid_from, a.valid_to, a.id as link
    from organisation_affiliation a join organisation o on o.id = a.member_id
    where a.board_id = {p}.id and o.status <> 'closed' and (a.valid_from is null or a.valid_from <= {today})
        and (a.valid_to is null or a.valid_to >= {today})) {t}"""
LIES_IN = """(select o.id, o.name, o.status, o.type_label, a.valid_from, a.valid_to, a.id as link
    from organisation_affiliation a join organisation o on o.id = a.board_id where a.member_id = {p}.id) {t}"""
SPEAKERS = """{t}.area_id = {area_id} and {t}.organisation_id = {organisation_id}
    and {t}.valid_from <= {today} and ({t}.valid_to is null or {t}.valid_to >= {today})"""


def successors(*, of: str, name: str) -> str:
    """Return the open organisations that follow the one of this id, as a row source; both are SQL."""
    return _SUCCESSORS.format(of=of, name=name)


def _page(search: str | None, first: int, after: str | None) -> Bound:
    name, last = paging.after_name(after) or (None, None)
    words = literal((search or "").strip()) or None
    return {"search": words, "first": paging.page_size(first), "after_name": name, "after_id": last}


def _everywhere(
    actor: Actor,
    search: str | None = None,
    kinds: list[str] | None = None,
    first: int = 50,
    after: str | None = None,
) -> Bound:
    as_person(actor)
    return {**_page(search, first, after), "kinds": kinds}


def _in_area(
    actor: Actor,
    area_id: str,
    search: str | None = None,
    kind: str | None = None,
    first: int = 50,
    after: str | None = None,
) -> Bound:
    as_person(actor)
    return {**_page(search, first, after), "area_id": ids.decode_area(area_id), "kind": kind}


def _one(actor: Actor, id: str) -> Bound:
    as_person(actor)
    return {"id": ids.decode_uuid("Organisation", id, field="id")}


def _speakers(actor: Actor, area_id: str, organisation_id: str) -> Bound:
    as_person(actor)
    organisation = ids.decode_uuid("Organisation", organisation_id, field="organisationId")
    return {"area_id": ids.decode_area(area_id), "organisation_id": organisation}


AFTER = {"after_name": "({t}.name, {t}.id) > ({after_name}, {after_id}::uuid)"}
BY_NAME = Keyset(key=("{t}.name", "{t}.id"))

TYPES: Mapping[type, Shape] = {
    OrganisationNode: Shape(
        table="organisation",
        columns={"id": opaque("Organisation", "{t}.id"), "kind_label": labelled("{t}.kind", KIND_LABELS)},
        relations={
            "successors": Relation(source=successors(of="{p}.id", name="{t}"), order="{t}.id"),
            "predecessors": Relation(source=PREDECESSORS, order="{t}.on_date, {t}.name"),
            "members": Relation(source=MEMBERS, order="{t}.type_label desc nulls last, {t}.name, {t}.link"),
            "lies_in": Relation(
                source=LIES_IN, order="{t}.valid_to desc nulls first, {t}.valid_from desc nulls last, {t}.link"
            ),
            "history": Relation(
                source="organisation_history {t}",
                where="{t}.organisation_id = {p}.id",
                order="{t}.recorded_at desc, {t}.id desc",
            ),
        },
    ),
    OrganisationRelative: Shape(
        columns={
            "id": opaque("Organisation", "{t}.id"),
            "name": "{t}.name",
            "status": "{t}.status",
            "on_date": "{t}.on_date",
        }
    ),
    OrganisationPlace: Shape(
        columns={
            "id": opaque("Organisation", "{t}.id"),
            "name": "{t}.name",
            "status": "{t}.status",
            "type_label": "{t}.type_label",
            "valid_from": "{t}.valid_from",
            "valid_to": "{t}.valid_to",
        }
    ),
    OrganisationChange: Shape(table="organisation_history"),
}

ROOTS: Mapping[str, Root] = {
    "organisation": Root(
        reader=SIGNED_IN, relation=Relation(source="organisation {t}", where="{t}.id = {id}", one=True, bind=_one)
    ),
    "organisations": Root(
        reader=SIGNED_IN,
        relation=Relation(
            source="organisation {t}",
            where="{t}.status <> 'closed'",
            when={"kinds": "{t}.kind = any ({kinds}::text[])", "search": SEARCH, **AFTER},
            order="{t}.name, {t}.id",
            keyset=BY_NAME,
            bind=_everywhere,
        ),
    ),
    "areaOrganisations": Root(
        reader=SIGNED_IN,
        relation=Relation(
            source="organisation {t}",
            where=PRESENT,
            when={"kind": "{t}.kind = {kind}", "search": SEARCH, **AFTER},
            order="{t}.name, {t}.id",
            keyset=BY_NAME,
            bind=_in_area,
        ),
    ),
    "organisationContacts": Root(
        reader=OWN,
        relation=Relation(
            source="role_assignment {t} join person {t}_p on {t}_p.id = {t}.person_id",
            where=SPEAKERS,
            order="{t}_p.name, {t}.id",
            limit="200",
            bind=_speakers,
        ),
    ),
}
