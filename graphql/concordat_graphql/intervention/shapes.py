"""How flags are read by compiled operations."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from itertools import product

from concordat_graphql import ids, paging
from concordat_graphql.intervention.keys import decode_flag
from concordat_graphql.intervention.queries import flag_key
from concordat_graphql.intervention.types import (
    InterventionEvidence,
    InterventionFlag,
    InterventionMove,
    InterventionPower,
    InterventionRecord,
    InterventionTold,
    InterventionWorking,
)
from concordat_graphql.shapes.logins import LOCAL, as_person
from concordat_graphql.shapes.shape import Bound, Keyset, Relation, Root, Shape
from concordat_graphql.shapes.words import PART, case_of, labelled, literal, opaque, perhaps_labelled
from tenants.intervention.permissions import check_can_read, parties_of
from tenants.intervention.queries import STORED_OPEN
from tenants.intervention.rules.decisions import DECISIONS, ESCALATIONS, Decision
from tenants.intervention.rules.drafts import KINDS
from tenants.intervention.rules.powers import POWERS, Escalation
from tenants.intervention.rules.states import LABELS, STANDS, WAITS_FOR, Party, Standing, State, moves_open
from tenants.tenancy.actor import Actor
from tenants.tenancy.roles import LABELS as ROLE_LABELS

_LADDER = {code: rule.escalation for code, rule in DECISIONS.items()}
_TRACKS = {code: power.escalation for code, power in POWERS.items() if power.escalation}
#: `{t}_s`: the flag's standing today, branch by branch as rules.states.state_on and rules.decisions.escalation say it
FLAG = f"""intervention_flag {{t}} cross join lateral (select {{t}}.decision is not null as decided,
    case when {{t}}.state = 'decided' and {{t}}.review_on <= {{today}} then 'review_due' else {{t}}.state end as state,
    case when {{t}}.state in ('withdrawn', 'withdrawn_locally') then '{Escalation.E0}'
        when {{t}}.state = 'raised' and {{t}}.raised_as = 'scrutineer' then '{Escalation.E2}'
        when {{t}}.state = 'raised' then '{Escalation.E1}'
        when {{t}}.decision is null then '{Escalation.E4}'
        when {{t}}.state = 'closed' and {{t}}.decision = '{Decision.NO_ACTION}' then '{Escalation.E0}'
        when {{t}}.state = 'closed' then '{Escalation.E8}'
        else coalesce(case {{t}}.decision when '{Decision.PASSED_TO_POWER_HOLDER}' then
            {case_of(perhaps_labelled("{t}.power", _TRACKS))} end,
            {case_of(perhaps_labelled("{t}.decision", _LADDER))}) end as escalation) {{t}}_s"""
_POWER_ROWS = ", ".join(
    f"({', '.join(literal(text) for text in (code, p.target, p.what, p.holder, p.source, p.url))})"
    for code, p in POWERS.items()
)
POWER = Relation(
    source=f"(values {_POWER_ROWS}) as {{t}} (code, target, what, holder, source, url)",
    where="{t}.code = {p}.power",
    one=True,
)
DECISION_LABELS = {code: rule.label for code, rule in DECISIONS.items()}
PAGED = {"after_at": "({t}.changed_at, {t}.id) < ({after_at}::timestamptz, {after_id}::uuid)"}
RAISERS = (Party.AREA, Party.SCRUTINEER)
OPEN = {"states": "{t}.state = any ({states})"}
LAST_CHANGED = Keyset(key=("shape.instant({t}.changed_at)", "{t}.id"))


def _role(column: str) -> str:
    return f"coalesce({case_of(perhaps_labelled(column, ROLE_LABELS))}, {column})"


def page(open_only: bool, first: int, after: str | None) -> Bound:
    """Return what a page of flags binds, whichever flags."""
    moment, last = flag_key(after) or (None, None)
    states = STORED_OPEN if open_only else None
    return {"first": paging.page_size(first), "after_at": moment, "after_id": last, "states": states}


def _of_area(actor: Actor, area_id: str, open_only: bool = False, first: int = 50, after: str | None = None) -> Bound:
    area = ids.decode_area(area_id)
    check_can_read(as_person(actor), area_id=area)
    return {"area_id": area, **page(open_only, first, after)}


def _one(actor: Actor, id: str) -> Bound:
    area, flag = decode_flag(id, field="id")
    check_can_read(as_person(actor), area_id=area)
    return {"area_id": area, "flag_id": flag, "open_moves": _moves(parties_of(actor, area_id=area))}


@lru_cache(maxsize=8)
def _moves(parties: frozenset[Party]) -> str:
    """Return, as JSON, the moves that these parties may make on a flag of each standing: the row chooses one."""
    standings = (Standing(*each) for each in product(State, RAISERS, (False, True)))
    return json.dumps({"/".join(map(str, each)).lower(): moves_open(flag=each, parties=parties) for each in standings})


TYPES: Mapping[type, Shape] = {
    InterventionFlag: Shape(
        table="intervention_flag",
        columns={
            "id": opaque("InterventionFlag", "{t}.area_id || '.' || {t}.id"),
            "kind_label": labelled("{t}.kind", KINDS),
            "raised_by_role": _role("{t}.raised_by_role"),
            "state": "{t}_s.state",
            "state_label": labelled("{t}_s.state", LABELS),
            "stands": labelled("{t}_s.state", STANDS),
            "waits_for": perhaps_labelled("{t}_s.state", WAITS_FOR),
            "decision_label": perhaps_labelled("{t}.decision", DECISION_LABELS),
            "decision_meaning": perhaps_labelled("{t}.decision", {k: rule.meaning for k, rule in DECISIONS.items()}),
            "escalation": "{t}_s.escalation",
            "escalation_label": labelled("{t}_s.escalation", ESCALATIONS),
        },
        relations={
            "area": Relation(source="area {t}", where="{t}.id = {p}.area_id", one=True),
            "evidence": Relation(
                source="rows from (jsonb_to_recordset({p}.evidence) as (title text, url text)) with ordinality"
                " as {t} (title, url, place)",
                order="{t}.place",
            ),
            "told": Relation(
                source='rows from (jsonb_to_recordset({p}.told) as (name text, post text, "on" date)) with ordinality'
                " as {t} (name, post, told_on, place)",
                order="{t}.place",
            ),
            "power": POWER,
        },
    ),
    InterventionEvidence: Shape(columns={"title": "{t}.title", "url": "{t}.url"}),
    InterventionTold: Shape(columns={"name": "{t}.name", "post": "{t}.post", "on": "{t}.told_on"}),
    InterventionPower: Shape(columns={n: f"{{t}}.{n}" for n in ("code", "target", "what", "holder", "source", "url")}),
    InterventionWorking: Shape(table="intervention_flag_working"),
    InterventionMove: Shape(
        table="intervention_flag_move",
        columns={
            "before_label": perhaps_labelled("{t}.before", LABELS),
            "after_label": f"coalesce({case_of(perhaps_labelled('{t}.after', LABELS))}, {{t}}.after)",
            "decision_label": perhaps_labelled("{t}.decision", DECISION_LABELS),
            "by_role": _role("{t}.by_role"),
        },
        relations={"power": POWER},
    ),
    InterventionRecord: Shape(
        columns={
            "moves_open": "{open_moves}::jsonb -> ({t}_s.state || '/' || {t}.raised_as || '/' || {t}_s.decided)",
        },
        relations={
            "flag": PART,
            "working": Relation(
                source="intervention_flag_working {t}",
                where="{t}.area_id = {p}.area_id and {t}.flag_id = {p}.id",
                one=True,
            ),
            "moves": Relation(
                source="intervention_flag_move {t}",
                where="{t}.area_id = {p}.area_id and {t}.flag_id = {p}.id",
                order="{t}.id",
            ),
        },
    ),
}

ROOTS: Mapping[str, Root] = {
    "interventionFlags": Root(
        reader=LOCAL,
        relation=Relation(
            source=FLAG,
            where="{t}.area_id = {area_id}",
            when=OPEN | PAGED,
            order="{t}.changed_at desc, {t}.id desc",
            keyset=LAST_CHANGED,
            bind=_of_area,
        ),
    ),
    "interventionFlag": Root(
        reader=LOCAL,
        relation=Relation(
            source=FLAG,
            where="{t}.area_id = {area_id} and {t}.id = {flag_id}",
            one=True,
            bind=_one,
        ),
    ),
}
