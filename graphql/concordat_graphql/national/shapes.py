"""How officials' reads across areas are compiled: from the kept rows while all that are asked for hold."""

from __future__ import annotations

from collections.abc import Mapping

from concordat_graphql.intervention.shapes import FLAG, LAST_CHANGED, OPEN, PAGED, page
from concordat_graphql.national.table import LIFECYCLES, MOST_AREAS, SUBJECTS
from concordat_graphql.national.types import NationalArea, NationalFact, NationalReason
from concordat_graphql.shapes.logins import OFFICIALS
from concordat_graphql.shapes.shape import AuditedRead, Bound, NotForThem, Relation, Root, Shape
from concordat_graphql.shapes.words import PART, labelled
from tenants.audit.service import PLATFORM
from tenants.overview.rules import Standing, Subject
from tenants.tenancy.actor import Actor
from tenants.tenancy.queries import literal

SEARCHED = (
    "({search}::text is null or a.name ilike '%' || {search} || '%' or a.id in ("
    "select l.area_id from area_local_authority l where l.la_name ilike '%' || {search} || '%'))"
)
FACTS = " ".join(
    f"left join area_fact {{t}}_{each} on {{t}}_{each}.area_id = {{t}}.id and {{t}}_{each}.subject = '{each}'"
    for each in Subject
)
# of an area without all of its rows nothing is told: neither of those that it has, nor that nothing is to attend to
ALL_THERE = (
    f"case when {' or '.join(f'{{t}}_{each}.area_id is null' for each in Subject)}"
    " then shape.required(null) is null else true end"
)
AREAS = (
    f"(select a.id, a.slug, a.name, a.lifecycle, a.version from area a where {SEARCHED}"
    f" order by a.name, a.id limit {MOST_AREAS}) {{t}} {FACTS}"
    " left join (select l.area_id, json_agg(l.la_name order by l.la_name) as names from area_local_authority l"
    " where l.valid @> {today}::date group by l.area_id) {t}_l on {t}_l.area_id = {t}.id"
)
# a row that is not there is not passed over: it is left to what says that all have to be
ATTENTION = f"coalesce({{t}}_{{s}}.standing, '{Standing.ATTENTION}') = '{Standing.ATTENTION}'"
# tenants.overview.rules.holds, of every row that there is: the first day on which one of them does not, from the index
ALL_HOLD = (
    "coalesce((select min(case when f.stale then '-infinity'::date else f.recheck_on end) from area_fact f"
    f" where {{search}}::text is null or f.area_id in (select a.id from area a where {SEARCHED})) > {{today}}, true)"
)
_BY_NAME = 'lower({t}.name collate "C")'
_SORTED = {"name": _BY_NAME, "lifecycle": '{t}.lifecycle collate "C"', **{s: f"{{t}}_{s}.amount" for s in SUBJECTS}}
ORDERS = {
    f"{name}_{direction}": f"{by} {direction} nulls last, {_BY_NAME}, {{t}}.id"
    for name, by in sorted(_SORTED.items())
    for direction in ("asc", "desc")
}


def _areas(
    _: Actor,
    search: str | None = None,
    attention: str | None = None,
    lifecycle: str | None = None,
    sort: str = "name",
    descending: bool = False,
) -> Bound:
    if sort not in _SORTED or attention not in (None, *SUBJECTS) or lifecycle not in (None, *LIFECYCLES):
        raise NotForThem
    words = (search or "").strip()
    return {
        "search": literal(words) if words else None,
        "lifecycle": lifecycle,
        f"attention_{attention}": True,
        f"{sort}_{'desc' if descending else 'asc'}": True,
    }


def _flags(_: Actor, open_only: bool = True, first: int = 50, after: str | None = None) -> Bound:
    return page(open_only, first, after)


TYPES: Mapping[type, Shape] = {
    NationalReason: Shape(columns={"sentence": "{t}.sentence", "source": "{t}.source"}),
    NationalFact: Shape(
        columns={"standing": "{t}.standing", "words": "{t}.words"},
        relations={
            "reasons": Relation(
                source="rows from (jsonb_to_recordset({p}.reasons) as (sentence text, source text)) with ordinality"
                " as {t} (sentence, source, place)",
                order="{t}.place",
            )
        },
    ),
    NationalArea: Shape(
        columns={
            "lifecycle_label": labelled("{t}.lifecycle", LIFECYCLES),
            "local_authority_names": "coalesce({t}_l.names, '[]'::json)",
        },
        relations={
            "area": PART,
            **{s: Relation(one=True, joined=f"_{s}", only_if="{t}.area_id is not null") for s in SUBJECTS},
        },
    ),
}

ROOTS: Mapping[str, Root] = {
    "nationalAreas": Root(
        reader=OFFICIALS,
        audit=AuditedRead(subject=("national_table", "areas"), area_id=PLATFORM),
        holds=ALL_HOLD,
        relation=Relation(
            source=AREAS,
            where=ALL_THERE,
            when={
                "lifecycle": "{t}.lifecycle = {lifecycle}",
                **{f"attention_{s}": ATTENTION.replace("{s}", s) for s in sorted(SUBJECTS)},
            },
            orders=ORDERS,
            bind=_areas,
        ),
    ),
    "nationalFlags": Root(
        reader=OFFICIALS,
        audit=AuditedRead(subject=("national_table", "flags"), area_id=PLATFORM),
        relation=Relation(
            source=FLAG,
            when=OPEN | PAGED,
            order="{t}.changed_at desc, {t}.id desc",
            keyset=LAST_CHANGED,
            bind=_flags,
        ),
    ),
}
