"""How resourcing's types are read by compiled operations. A year's sheet is in `sheet_shapes`."""

from __future__ import annotations

from collections.abc import Mapping

from concordat_graphql import ids, paging
from concordat_graphql.resourcing.agreements import KINDS, AgreementItem, WaitingAgreement, place_of
from concordat_graphql.resourcing.queries import ContributionRecord
from concordat_graphql.resourcing.types import Budget, Contribution, Money, Receipt
from concordat_graphql.shapes.logins import OWN, as_person
from concordat_graphql.shapes.shape import Bound, Keyset, Relation, Root, Shape
from concordat_graphql.shapes.words import PART, labelled, literal, money, money_added_up, opaque, perhaps_labelled
from tenants.membership.rules import Kind
from tenants.resourcing import queries
from tenants.resourcing.permissions import check_can_read
from tenants.resourcing.rules import FORM_LABELS, STATE_LABELS
from tenants.tenancy.actor import Actor

BY_KIND = "array_position(array[" + ", ".join(literal(kind) for kind in Kind) + "], {alias}.kind)"
#: the bodies that the actor leads today, as `permissions.led_by` says: by the account of the appointment, or by the
#: body's organisation, where the appointment names no account
LED = """partner_body p join appointment a on a.area_id = p.area_id and a.partner_id = p.id and a.office = 'lead'
    where p.area_id = any ({led}::integer[]) and p.valid @> {today}::date and a.valid @> {today}::date
    and case when a.person_id is not null then a.person_id = {person}::uuid
        else p.organisation_id = any ({everywhere}::uuid[]) or (p.area_id, p.organisation_id) in (
            select there.area_id, there.id from unnest({there}::integer[], {acting}::uuid[]) there (area_id, id)) end"""
CONTRIBUTION = (
    "contribution {t} left join partner_body {t}_p on {t}_p.area_id = {t}.area_id and {t}_p.id = {t}.partner_id"
)
RECEIVED = "coalesce(sum(r.amount_pence), 0)::bigint"
RECEIPTS = "receipt r where r.area_id = {alias}.area_id and r.contribution_id = {alias}.id"
WAITING = f"""(select found.*, array(select p.name from {LED}
        and p.area_id = found.area_id and p.id <> all (found.agreed_by)
        order by {BY_KIND.format(alias="p")}, p.name) as bodies
    from ({queries.AGREEABLE.replace("$1", "{led}::integer[]")}) found
    where {queries.WAITS}) {{t}}
    join area {{t}}_a on {{t}}_a.id = {{t}}.area_id"""
ORDER = "{t}.area_id, -{t}.year, {t}.what, coalesce({t}.contributor, ''), {t}.id"
#: after an area in which the actor leads nothing any more the list begins again from the first
AFTER = f"""{{after_area}}::integer not in (select p.area_id from {LED}) or ({{t}}_a.name, {ORDER})
    > ((select a.name from area a where a.id = {{after_area}}::integer), {{after_area}}::integer,
        -{{after_year}}::integer, {{after_what}}, {{after_contributor}}, {{after_id}}::uuid)"""


def of_member(actor: Actor, area_id: str) -> Bound:
    """Return the area, for one of its members; raises what the resolvers raise."""
    area = ids.decode_area(area_id)
    check_can_read(as_person(actor), area_id=area)
    return {"area_id": area}


def as_lead(actor: Actor, *, area_id: int | None = None) -> Bound:
    """Return what `LED` names: nothing for somebody who leads nowhere."""
    led = queries.areas_led(actor, area_id=area_id)
    there = sorted((area, acting) for area, acting in actor.reach if area is not None)
    return {
        "led": led or None,
        "person": actor.id,
        "everywhere": [acting for area, acting in actor.reach if area is None],
        "there": [area for area, _ in there],
        "acting": [acting for _, acting in there],
    }


def _waiting(actor: Actor, area_id: str | None = None, first: int = 50, after: str | None = None) -> Bound:
    place = place_of(after)
    return {
        **as_lead(as_person(actor), area_id=None if area_id is None else ids.decode_area(area_id)),
        "first": paging.page_size(first),
        "after_area": place and place.area_id,
        "after_year": place and place.year,
        "after_what": place and place.what,
        "after_contributor": place and place.contributor,
        "after_id": place and place.id,
    }


def _contribution(actor: Actor, area_id: str, id: str) -> Bound:
    return {**of_member(actor, area_id), "id": ids.decode_uuid("Contribution", id, field="id")}


TYPES: Mapping[type, Shape] = {
    Money: Shape(columns={"pence": "{t}.pence", "text": "shape.pounds({t}.pence)"}),
    Budget: Shape(
        table="budget", columns={"id": opaque("Budget", "{t}.id"), "label": "shape.year_label({t}.year::integer)"}
    ),
    Contribution: Shape(
        table="contribution",
        columns={
            "id": opaque("Contribution", "{t}.id"),
            "partner_id": opaque("PartnerBody", "{t}.partner_id"),
            "contributor": "coalesce({t}_p.name, {t}.contributor)",
            "form_label": labelled("{t}.form", FORM_LABELS),
            "state_label": labelled("{t}.state", STATE_LABELS),
            "agreed_by": f"array(select {opaque('PartnerBody', 'g.partner_id')} from funding_agreement g"
            " where g.area_id = {t}.area_id and g.contribution_id = {t}.id and g.of_terms = {t}.terms"
            " order by g.partner_id)",
        },
        relations={
            "amount": money("{p}.amount_pence"),
            "reduced_from": money("{p}.reduced_from_pence"),
            "received": money_added_up(RECEIVED, RECEIPTS.format(alias="{p}")),
        },
    ),
    Receipt: Shape(
        table="receipt",
        columns={
            "id": opaque("Receipt", "{t}.id"),
            "reverses": opaque("Receipt", "{t}.reverses"),
            "reversed": "exists (select from receipt v where v.area_id = {t}.area_id and v.reverses = {t}.id)",
        },
        relations={"amount": money("{p}.amount_pence")},
    ),
    ContributionRecord: Shape(
        relations={
            "contribution": PART,
            "receipts": Relation(
                source="receipt {t}",
                where="{t}.area_id = {p}.area_id and {t}.contribution_id = {p}.id",
                order="{t}.received_on, {t}.id",
            ),
        }
    ),
    AgreementItem: Shape(
        columns={
            "area_id": opaque("Area", "{t}.area_id"),
            "area_name": "{t}_a.name",
            "area_slug": "{t}_a.slug",
            "what": "{t}.what",
            "id": "case {t}.what "
            + " ".join(f"when {literal(what)} then {opaque(kind, '{t}.id')}" for what, kind in KINDS.items())
            + " end",
            "version": "{t}.version",
            "year_label": "shape.year_label({t}.year::integer)",
            "title": "coalesce({t}.contributor, 'Budget ' || shape.year_label({t}.year::integer))",
            "form_label": perhaps_labelled("{t}.form", FORM_LABELS),
        },
        relations={"amount": money("{p}.amount_pence"), "reduced_from": money("{p}.reduced_from_pence")},
    ),
    WaitingAgreement: Shape(columns={"bodies": "{t}.bodies"}, relations={"item": PART}),
}

ROOTS: Mapping[str, Root] = {
    "budgets": Root(
        reader=OWN,
        relation=Relation(source="budget {t}", where="{t}.area_id = {area_id}", order="{t}.year desc", bind=of_member),
    ),
    "contribution": Root(
        reader=OWN,
        relation=Relation(
            source=CONTRIBUTION, where="{t}.area_id = {area_id} and {t}.id = {id}", one=True, bind=_contribution
        ),
    ),
    "myAgreements": Root(
        reader=OWN,
        relation=Relation(
            source=WAITING,
            where="cardinality({t}.bodies) > 0",
            when={"after_area": AFTER},
            unless={"led": "false"},
            order=f"{{t}}_a.name, {ORDER}",
            keyset=Keyset(key=("{t}.area_id", "{t}.year", "{t}.what", "coalesce({t}.contributor, '')", "{t}.id")),
            bind=_waiting,
        ),
    ),
}
