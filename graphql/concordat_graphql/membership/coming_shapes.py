"""How what waits for the area's decision, and what has not happened yet, is read by compiled operations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from concordat_graphql.membership.shapes import of_member
from concordat_graphql.membership.types import AHEAD_KINDS, MembershipAhead, MembershipChange, PartnerSuccession
from concordat_graphql.organisations.shapes import successors
from concordat_graphql.shapes.logins import OWN
from concordat_graphql.shapes.shape import Relation, Root, Shape
from concordat_graphql.shapes.words import labelled, literal, opaque
from tenants.membership.queries.ahead import AHEAD
from tenants.membership.rules import KIND_LABELS, Office, ahead_words

NAME, OF, OTHER = "\x01", "\x02", "\x03"
_COLUMNS = {NAME: "{t}.name", OF: "{t}.of", OTHER: "{t}.other"}


def _spoken(words: str) -> str:
    """Return words with marks as SQL: the marks become columns."""
    for mark, column in _COLUMNS.items():
        words = words.replace(mark, f"\0{column}\0")
    parts = words.split("\0")
    return " || ".join(part if place % 2 else literal(part) for place, part in enumerate(parts) if part)


def _arms() -> Iterator[str]:
    """Say every kind of change by the ordinary path's own function, with marks for what differs from row to row."""
    for what, begins, of, other in product(AHEAD_KINDS, (True, False), (OF, None), (OTHER, None)):
        for office in Office if what == "appointment" else (None,):
            words = ahead_words(what=what, begins=begins, name=NAME, office=office, of=of, other=other)
            when = [f"{{t}}.what = {literal(what)}", "{t}.begins" if begins else "not {t}.begins"]
            when += [f"{{t}}.of is {'not ' if of else ''}null", f"{{t}}.other is {'not ' if other else ''}null"]
            when += [f"{{t}}.office = {literal(office)}"] if office else []
            yield f"when {' and '.join(when)} then {_spoken(words)}"


SENTENCE = f"coalesce(case {' '.join(_arms())} end, '')"
KIND = " ".join(f"when {literal(what)} then {literal(kind)}" for what, kind in AHEAD_KINDS.items())
CHANGES = "(" + AHEAD.replace("$1", "{area_id}::integer").replace("$2", "{today}::date") + ") {t}"
FOLLOWED = "partner_body {t} cross join lateral " + successors(of="{t}.organisation_id", name="{t}_s")
LISTED = """exists (select from partner_body l where l.area_id = {t}.area_id and l.valid_to is null
    and l.organisation_id = {t}_s.id)"""

TYPES: Mapping[type, Shape] = {
    PartnerSuccession: Shape(
        columns={
            "partner_id": opaque("PartnerBody", "{t}.id"),
            "version": "{t}.version",
            "name": "{t}.name",
            "kind_label": labelled("{t}.kind", KIND_LABELS),
            "organisation_id": opaque("Organisation", "{t}_s.id"),
            "successor": "{t}_s.name",
            "on": "{t}_s.on_date",
            "is_partner": LISTED,
        }
    ),
    MembershipChange: Shape(
        columns={
            "what": "{t}.what",
            "id": f"shape.opaque(case {{t}}.what {KIND} end || ':' || {{t}}.id)",
            "version": "{t}.version",
            "name": "{t}.name",
            "sentence": SENTENCE,
            "on": "{t}.on",
            "takes_back": "{t}.takes_back",
        }
    ),
    MembershipAhead: Shape(
        relations={
            "changes": Relation(source=CHANGES, order="{t}.on, {t}.begins, {t}.what, {t}.name, {t}.id"),
        }
    ),
}

ROOTS: Mapping[str, Root] = {
    "partnerSuccessions": Root(
        reader=OWN,
        relation=Relation(
            source=FOLLOWED,
            where="{t}.area_id = {area_id} and {t}.valid_to is null and {t}.organisation_id is not null"
            " and {t}_s.id <> all ({t}.not_followed)",
            order="{t}.name, {t}.id, {t}_s.id",
            bind=of_member,
        ),
    ),
    "membershipAhead": Root(
        reader=OWN,
        relation=Relation(source="(select {area_id}::integer as area_id) {t}", one=True, bind=of_member),
    ),
}
