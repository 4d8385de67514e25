"""How duties, their versions and cycles, and how far a cycle has come, are read by compiled operations."""

from __future__ import annotations

from collections.abc import Mapping

from concordat_graphql.cooperation.keys import decode_in
from concordat_graphql.cooperation.shapes import member, of_area
from concordat_graphql.cooperation.types.duties import (
    CategoryProgress,
    CycleRecord,
    Duty,
    DutyCycle,
    DutyQuestion,
    DutyRecord,
    DutyVersion,
    FollowUpStep,
    StepProgress,
)
from concordat_graphql.shapes.logins import LOCAL, as_person
from concordat_graphql.shapes.shape import Bound, Relation, Root, Shape
from concordat_graphql.shapes.words import PART, case_of, labelled, opaque
from tenants.cooperation.permissions import check_can_read
from tenants.cooperation.queries.progress import BY_CATEGORY, BY_STEP
from tenants.cooperation.rules.duties import CYCLE_LABELS, KIND_LABELS, LEGAL_BASES
from tenants.tenancy.actor import Actor

CYCLE = (
    "duty_cycle {t} join duty_version {t}_v on {t}_v.area_id = {t}.area_id and {t}_v.id = {t}.duty_version_id"
    " cross join lateral (select"
    " coalesce(sum(n.requests) filter (where n.state <> 'cancelled'), 0)::integer as asked,"
    " coalesce(sum(n.requests) filter (where n.state in ('submitted', 'accepted')), 0)::integer as returned,"
    " coalesce(sum(n.requests) filter (where n.state = 'accepted'), 0)::integer as accepted,"
    " coalesce(sum(n.requests) filter (where n.state = 'declined'), 0)::integer as declined"
    " from cooperation_count n where n.area_id = {t}.area_id and n.cycle_id = {t}.id) {t}_n"
)
_OF_CYCLE = {"area_id": "{p}.area_id", "cycle_id": "{p}.id", "today": "{today}"}
_BASIS = case_of(labelled("b.code", LEGAL_BASES))
BASES = (
    f"(select coalesce(json_agg({_BASIS} order by b.place), '[]'::json)"
    " from unnest({t}.legal_basis) with ordinality b (code, place))"
)
QUESTIONS = Relation(
    source="rows from (jsonb_to_recordset({p}.questions) as"
    " (key text, kind text, text text, help text, required boolean)) with ordinality"
    " as {t} (key, kind, text, help, required, place)",
    order="{t}.place",
)


def _steps(of: str, beside: str = "", where: str | None = None) -> Relation:
    return Relation(
        source=f"{beside}rows from (jsonb_to_recordset({of}.follow_up) as (title text, working_days integer))"
        " with ordinality as {t} (title, working_days, place)",
        where=where,
        order="{t}.place",
    )


def _one(kind: str, actor: Actor, opaque_id: str) -> Bound:
    area, identifier = decode_in(kind, opaque_id, field="id")
    check_can_read(as_person(actor), area_id=area)
    return {"area_id": area, "id": identifier}


def _duty(actor: Actor, id: str) -> Bound:
    return _one("Duty", actor, id)


def _cycle(actor: Actor, id: str) -> Bound:
    return _one("DutyCycle", actor, id)


TYPES: Mapping[type, Shape] = {
    DutyCycle: Shape(
        table="duty_cycle",
        columns={
            "id": of_area("DutyCycle"),
            "duty_id": of_area("Duty", "duty_id"),
            "duty_title": "{t}_v.title",
            "asked": "{t}_n.asked",
            "returned": "{t}_n.returned",
            "accepted": "{t}_n.accepted",
            "declined": "{t}_n.declined",
        },
    ),
    FollowUpStep: Shape(columns={"title": "{t}.title", "working_days": "{t}.working_days"}),
    DutyQuestion: Shape(
        columns={
            "key": "{t}.key",
            "kind": "{t}.kind",
            "kind_label": labelled("{t}.kind", KIND_LABELS),
            "text": "{t}.text",
            "help": "coalesce({t}.help, '')",
            "required": "coalesce({t}.required, true)",
        }
    ),
    Duty: Shape(
        table="duty",
        columns={
            "id": of_area("Duty"),
            "area_id": opaque("Area", "{t}.area_id"),
            "legal_basis_labels": BASES,
            "cycle_label": labelled("{t}.cycle", CYCLE_LABELS),
        },
        relations={"questions": QUESTIONS, "follow_up": _steps("{p}")},
        resolved=frozenset({"warnings"}),
    ),
    DutyVersion: Shape(table="duty_version", columns={"legal_basis_labels": BASES}, relations={"questions": QUESTIONS}),
    DutyRecord: Shape(
        relations={
            "duty": PART,
            "versions": Relation(
                source="duty_version {t}",
                where="{t}.area_id = {p}.area_id and {t}.duty_id = {p}.id",
                order="{t}.number desc",
                limit="100",
            ),
            "cycles": Relation(
                source=CYCLE,
                where="{t}.area_id = {p}.area_id and {t}.duty_id = {p}.id",
                order="{t}.due_on desc, {t}.id",
                limit="100",
            ),
        },
    ),
    CategoryProgress: Shape(
        columns={
            name: f"{{t}}.{name}"
            for name in (
                *("category", "category_label", "asked", "not_started", "draft", "submitted", "accepted"),
                *("more_needed", "declined", "late"),
            )
        },
    ),
    StepProgress: Shape(columns={"step": "{t}.step", "title": "{t}.title", "requests": "{t}.requests"}),
    CycleRecord: Shape(
        relations={
            "cycle": PART,
            "by_category": Relation(
                source=f"({BY_CATEGORY.format_map(_OF_CYCLE)}) {{t}}"
                " join agency_category {t}_c on {t}_c.code = {t}.category",
                order="{t}_c.position",
            ),
            "by_step": Relation(source=f"({BY_STEP.format_map(_OF_CYCLE)}) {{t}}", order="{t}.step"),
            "steps": _steps(
                "{t}_d",
                beside="duty {t}_d cross join lateral ",
                where="{t}_d.area_id = {p}.area_id and {t}_d.id = {p}.duty_id",
            ),
        },
    ),
}

ROOTS: Mapping[str, Root] = {
    "duties": Root(
        reader=LOCAL,
        relation=Relation(
            source="duty {t}",
            where="{t}.area_id = {area_id}",
            order="{t}.state = 'retired', {t}.title, {t}.id",
            limit="200",
            bind=member,
        ),
    ),
    "duty": Root(
        reader=LOCAL,
        relation=Relation(source="duty {t}", where="{t}.area_id = {area_id} and {t}.id = {id}", one=True, bind=_duty),
    ),
    "dutyCycles": Root(
        reader=LOCAL,
        relation=Relation(
            source=CYCLE, where="{t}.area_id = {area_id}", order="{t}.due_on desc, {t}.id", limit="100", bind=member
        ),
    ),
    "dutyCycle": Root(
        reader=LOCAL,
        relation=Relation(source=CYCLE, where="{t}.area_id = {area_id} and {t}.id = {id}", one=True, bind=_cycle),
    ),
}
