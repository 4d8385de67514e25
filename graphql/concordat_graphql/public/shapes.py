"""How what is public is read by compiled operations: always on the public login, as at today."""

from __future__ import annotations

from collections.abc import Mapping

from concordat_graphql.membership.published_shapes import CHAIRS, named, partners, scrutineers
from concordat_graphql.public.queries import MOST_AREAS
from concordat_graphql.public.types import PublicArea, PublicAreaPage, PublicPartner, PublicPerson
from concordat_graphql.shapes.logins import PUBLIC
from concordat_graphql.shapes.shape import Bound, NotForThem, Relation, Root, Shape
from concordat_graphql.shapes.words import PART, labelled
from tenants.membership.rules import KIND_LABELS, Office
from tenants.tenancy.actor import Actor
from tenants.tenancy.queries import literal

COVERED = "select l.la_name from area_local_authority l where l.area_id = {t}.id and l.valid @> {today}::date"


def _search(_: Actor, search: str | None = None) -> Bound:
    words = (search or "").strip()
    if not words.isascii():
        raise NotForThem  # Python folds the case of more letters than PostgreSQL does
    return {"search": literal(words) or None}


def _slug(_: Actor, slug: str) -> Bound:
    return {"slug": slug}


TYPES: Mapping[type, Shape] = {
    PublicPerson: Shape(table="appointment", columns={"name": "{t}.person_name", "since": "{t}.valid_from"}),
    PublicPartner: Shape(
        table="partner_body",
        columns={"kind_label": labelled("{t}.kind", KIND_LABELS), "chairs": CHAIRS},
        relations={"lead": named(Office.LEAD), "delegated": named(Office.DELEGATED)},
    ),
    PublicArea: Shape(
        table="area",
        columns={
            "merged": "{t}.lifecycle = 'merged'",
            "local_authority_names": f"array({COVERED} order by l.la_name)",
        },
    ),
    PublicAreaPage: Shape(
        relations={
            "area": PART,
            "merged_into": Relation(source="area {t}", where="{t}.id = {p}.merged_into", one=True),
            "partners": partners("{p}.id"),
            "scrutineers": scrutineers("{p}.id"),
        }
    ),
}

ROOTS: Mapping[str, Root] = {
    "publicAreas": Root(
        reader=PUBLIC,
        relation=Relation(
            source="area {t}",
            when={
                "search": "{t}.name ilike '%' || {search} || '%'"
                f" or exists ({COVERED} and l.la_name ilike '%' || {{search}} || '%')"
            },
            order="{t}.name, {t}.id",
            limit=str(MOST_AREAS),
            bind=_search,
        ),
    ),
    "publicArea": Root(
        reader=PUBLIC, relation=Relation(source="area {t}", where="{t}.slug = {slug}", one=True, bind=_slug)
    ),
}
