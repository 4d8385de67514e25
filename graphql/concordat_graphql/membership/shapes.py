"""How membership's types are read by compiled operations. What is published is in `published_shapes`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from concordat_graphql import ids, paging
from concordat_graphql.membership.accounts import AreaAccount
from concordat_graphql.membership.queries import place_of
from concordat_graphql.membership.types import (
    Appointment,
    BoardGroup,
    BoardSeat,
    FilledOffice,
    Membership,
    MembershipCompleteness,
    MembershipFinding,
    PartnerBody,
    PartnerOffices,
    PartnershipChair,
)
from concordat_graphql.shapes.logins import LOCAL, OWN, as_person
from concordat_graphql.shapes.shape import Bound, Keyset, NotForThem, Relation, Root, Shape
from concordat_graphql.shapes.words import PART, case_of, labelled, literal, opaque
from infra.clock import today
from tenants.membership.permissions import can_edit, check_can_read
from tenants.membership.rules import KIND_LABELS, OFFICE_LABELS, Kind, Office
from tenants.tenancy.actor import Actor
from tenants.tenancy.roles import LABELS

KIND_TITLES = {kind: label.capitalize() for kind, label in KIND_LABELS.items()}
OFFICE_TITLES = {office: label.capitalize() for office, label in OFFICE_LABELS.items()}
BY_KIND = "array_position(array[" + ", ".join(literal(kind) for kind in Kind) + "], {t}.kind), {t}.name"
ON_DAY = "{t}.area_id = {p}.area_id and {t}.valid @> {as_at}::date"
CHAIR = """partnership_chair {t} join appointment {t}_a on {t}_a.area_id = {t}.area_id
    and {t}_a.id = {t}.appointment_id"""
ACCOUNTS = f"""(select m.id, m.name, m.email, array_agg(m.role order by m.role) as roles,
        array_agg({case_of(labelled("m.role", LABELS))} order by m.role) as labels
    from (select p.id, p.name, p.email, r.role from role_assignment r join person p on p.id = r.person_id
        where r.area_id = {{area_id}} and r.organisation_id is null and p.disabled_at is null
            and r.valid_from <= {{today}} and (r.valid_to is null or r.valid_to >= {{today}})
        order by p.name, p.id, r.role limit 500) m
    group by m.id, m.name, m.email) {{t}}"""
#: an office `{t}`, and who holds it: nobody else can on the same day
OFFICE = """cross join lateral (select {{p}}.area_id, {office}::text as office, {{p}}.id as of,
        {{p}}.valid_from as since) {{t}}
    left join appointment {{t}}_h on {{t}}_h.area_id = {{p}}.area_id and {{t}}_h.office = {office}
        and {{t}}_h.{of} = {{p}}.id and {{t}}_h.valid @> {{as_at}}::date"""
VACANT_SINCE = """case when {t}_h.id is null
    then shape.vacant_since({t}.area_id, {t}.office, {t}.of, {t}.since, {as_at}::date) end"""
#: the row that the overview keeps; where it does not hold, the ordinary path computes the answer
FACT = """{t}.area_id = {area_id} and {t}.subject = 'membership' and not {t}.stale
    and ({t}.recheck_on is null or {t}.recheck_on > {today}::date)"""
FINDINGS = """rows from (jsonb_to_recordset({p}.reasons) as (sentence text, source text, statutory boolean))
    with ordinality as {t} (sentence, source, statutory, place)"""


def of_member(actor: Actor, area_id: str) -> Bound:
    """Return the area, for one of its members; raises what the resolvers raise."""
    area = ids.decode_area(area_id)
    check_can_read(as_person(actor), area_id=area)
    return {"area_id": area}


def _completeness(actor: Actor, area_id: str, as_at: date | None = None) -> Bound:
    if as_at not in (None, today()):
        raise NotForThem
    return of_member(actor, area_id)


def _membership(actor: Actor, area_id: str, as_at: date | None = None) -> Bound:
    bound = _completeness(actor, area_id, as_at)
    return {**bound, "as_at": today(), "may_edit": can_edit(actor, area_id=bound["area_id"])}


def _history(actor: Actor, area_id: str, first: int = 50, after: str | None = None) -> Bound:
    day, last = place_of(after) or (None, None)
    return {**of_member(actor, area_id), "first": paging.page_size(first), "after_day": day, "after_id": last}


def _one(kind: str, source: str, **more: None) -> Relation:
    """Return the relation of one row of an area by its opaque id."""

    def bind(actor: Actor, area_id: str, id: str) -> Bound:
        return {**of_member(actor, area_id), "id": ids.decode_uuid(kind, id, field="id"), **more}

    return Relation(source=source, where="{t}.area_id = {area_id} and {t}.id = {id}", one=True, bind=bind)


def _list(source: str, order: str, *, where: str | None = "{t}.area_id = {area_id}") -> Root:
    return Root(reader=OWN, relation=Relation(source=source, where=where, order=order, bind=of_member))


def _office(office: Office, of: str, *, only_if: str | None = None) -> Relation:
    """Return an office of the body or seat `{p}`: of what, since when there is such an office, and who holds it."""
    return Relation(beside=OFFICE.format(office=literal(office), of=of), one=True, only_if=only_if)


TYPES: Mapping[type, Shape] = {
    PartnerBody: Shape(
        table="partner_body",
        columns={
            "id": opaque("PartnerBody", "{t}.id"),
            "kind_label": labelled("{t}.kind", KIND_TITLES),
            "organisation_id": opaque("Organisation", "{t}.organisation_id"),
            "succeeded_by": opaque("PartnerBody", "{t}.succeeded_by"),
        },
    ),
    Appointment: Shape(
        table="appointment",
        columns={
            "id": opaque("Appointment", "{t}.id"),
            "office_label": labelled("{t}.office", OFFICE_TITLES),
            "partner_id": opaque("PartnerBody", "{t}.partner_id"),
            "seat_id": opaque("BoardSeat", "{t}.seat_id"),
            "person_id": opaque("Person", "{t}.person_id"),
        },
    ),
    PartnershipChair: Shape(
        table="partnership_chair",
        columns={
            "id": opaque("PartnershipChair", "{t}.id"),
            "appointment_id": opaque("Appointment", "{t}.appointment_id"),
            # never null: the chair is a delegate (`chair_is_a_delegate`), who always has a body
            "partner_id": opaque("PartnerBody", "coalesce({t}_a.partner_id, null)"),
            "person_name": "{t}_a.person_name",
        },
    ),
    BoardGroup: Shape(table="board_group", columns={"id": opaque("BoardGroup", "{t}.id")}),
    BoardSeat: Shape(
        table="seat",
        columns={"id": opaque("BoardSeat", "{t}.id"), "group_id": opaque("BoardGroup", "{t}.group_id")},
        relations={
            "filled": _office(Office.SEAT, "seat_id", only_if="{as_at}::date is not null"),
        },
    ),
    FilledOffice: Shape(
        columns={"vacant_since": VACANT_SINCE},
        relations={"holder": Relation(joined="_h", one=True, only_if="{t}.id is not null")},
    ),
    PartnerOffices: Shape(
        relations={
            "partner": PART,
            "lead": _office(Office.LEAD, "partner_id"),
            "delegated": _office(Office.DELEGATED, "partner_id"),
        }
    ),
    MembershipFinding: Shape(
        columns={"sentence": "{t}.sentence", "source": "{t}.source", "statutory": "{t}.statutory"}
    ),
    MembershipCompleteness: Shape(
        columns={"complete": "{t}.standing = 'met'"},
        relations={
            "missing": Relation(source=FINDINGS, where="{t}.place <= {p}.amount", order="{t}.place"),
            "notes": Relation(source=FINDINGS, where="{t}.place > {p}.amount", order="{t}.place"),
        },
    ),
    AreaAccount: Shape(
        columns={
            "person_id": opaque("Person", "{t}.id"),
            "name": "{t}.name",
            "email": "{t}.email",
            "roles": "{t}.roles",
            "role_labels": "{t}.labels",
        }
    ),
    Membership: Shape(
        columns={"as_at": "{as_at}::date", "may_edit": "{may_edit}::boolean"},
        relations={
            "partners": Relation(source="partner_body {t}", where=ON_DAY, order=BY_KIND),
            "chair": Relation(source=CHAIR, where=ON_DAY, one=True),
            "scrutineers": Relation(
                source="appointment {t}",
                where=f"{ON_DAY} and {{t}}.office = 'scrutineer'",
                order="{t}.person_name, {t}.id",
            ),
            "groups": Relation(source="board_group {t}", where=ON_DAY, order="lower({t}.name)"),
            "seats": Relation(
                source="seat {t}",
                where=ON_DAY,
                order="{t}.education_level desc nulls last, lower({t}.title), {t}.id",
            ),
            "completeness": Relation(source="area_fact {t}", where=FACT, one=True),
        },
    ),
}

ROOTS: Mapping[str, Root] = {
    "membership": Root(
        reader=OWN,
        relation=Relation(source="(select {area_id}::integer as area_id) as {t}", one=True, bind=_membership),
    ),
    "membershipCompleteness": Root(
        reader=LOCAL, relation=Relation(source="area_fact {t}", where=FACT, one=True, bind=_completeness)
    ),
    "membershipHistory": Root(
        reader=OWN,
        relation=Relation(
            source="appointment {t}",
            where="{t}.area_id = {area_id}",
            when={"after_id": "({t}.valid_from, {t}.id) < ({after_day}::date, {after_id}::uuid)"},
            order="{t}.valid_from desc, {t}.id desc",
            keyset=Keyset(key=("{t}.valid_from", "{t}.id")),
            bind=_history,
        ),
    ),
    "membershipPartners": _list("partner_body {t}", f"{{t}}.valid_to desc nulls first, {BY_KIND}"),
    "membershipChairs": _list(CHAIR, "{t}.valid_from desc"),
    "areaAccounts": _list(ACCOUNTS, "{t}.name, {t}.id", where=None),
    "partnerBody": Root(reader=OWN, relation=_one("PartnerBody", "partner_body {t}")),
    "appointment": Root(reader=OWN, relation=_one("Appointment", "appointment {t}")),
    "boardGroup": Root(reader=OWN, relation=_one("BoardGroup", "board_group {t}")),
    "boardSeat": Root(reader=OWN, relation=_one("BoardSeat", "seat {t}", as_at=None)),
}
