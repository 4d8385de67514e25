"""How what an area publishes about its membership is read: by columns that anyone may read, as at today."""

from __future__ import annotations

from collections.abc import Mapping

from concordat_graphql import ids
from concordat_graphql.membership.published import NamedPerson, PublishedMembership, PublishedPartner
from concordat_graphql.membership.shapes import BY_KIND, KIND_TITLES
from concordat_graphql.shapes.logins import PUBLIC
from concordat_graphql.shapes.shape import Bound, Relation, Root, Shape
from concordat_graphql.shapes.words import labelled, literal, opaque
from tenants.membership.rules import Office
from tenants.tenancy.actor import Actor

TODAY = "{t}.valid_from <= {today} and ({t}.valid_to is null or {t}.valid_to >= {today})"
#: the body `{t}` is that of the delegate who chairs today
CHAIRS = """exists (select from partnership_chair c
    join appointment a on a.area_id = c.area_id and a.id = c.appointment_id
    where c.area_id = {t}.area_id and a.partner_id = {t}.id
        and c.valid_from <= {today} and (c.valid_to is null or c.valid_to >= {today})
        and a.valid_from <= {today} and (a.valid_to is null or a.valid_to >= {today}))"""


def named(office: Office) -> Relation:
    """Return who holds the office of the body `{p}` today."""
    return Relation(
        source="appointment {t}",
        where="{t}.area_id = {p}.area_id and {t}.partner_id = {p}.id"
        f" and {{t}}.office = {literal(office)} and {TODAY}",
        one=True,
    )


def partners(area: str) -> Relation:
    """Return the bodies of the area, given as SQL."""
    return Relation(source="partner_body {t}", where=f"{{t}}.area_id = {area} and {TODAY}", order=BY_KIND)


def scrutineers(area: str) -> Relation:
    """Return the independent scrutineers in term of the area, given as SQL."""
    where = f"{{t}}.area_id = {area} and {{t}}.office = 'scrutineer' and {TODAY}"
    return Relation(source="appointment {t}", where=where, order="{t}.person_name, {t}.id")


def _area(_: Actor, area_id: str) -> Bound:
    return {"area_id": ids.decode_area(area_id)}


TYPES: Mapping[type, Shape] = {
    NamedPerson: Shape(table="appointment"),
    PublishedPartner: Shape(
        table="partner_body",
        columns={
            "id": opaque("PartnerBody", "{t}.id"),
            "kind_label": labelled("{t}.kind", KIND_TITLES),
            "chairs": CHAIRS,
        },
        relations={"lead": named(Office.LEAD), "delegated": named(Office.DELEGATED)},
    ),
    PublishedMembership: Shape(
        relations={"partners": partners("{p}.area_id"), "scrutineers": scrutineers("{p}.area_id")}
    ),
}

ROOTS: Mapping[str, Root] = {
    "publishedMembership": Root(
        reader=PUBLIC,
        relation=Relation(source="(select {area_id}::integer as area_id) as {t}", one=True, bind=_area),
    )
}
