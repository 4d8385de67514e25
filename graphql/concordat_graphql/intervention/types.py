"""Types of intervention flags: each is close to one row, and says which one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Self

import strawberry

from concordat_graphql import ids
from concordat_graphql.tenancy.types import Area
from tenants.intervention.permissions import moves_for
from tenants.intervention.queries import Flag, MoveMade, Working
from tenants.intervention.rules.decisions import DECISIONS, ESCALATIONS, Decision, escalation
from tenants.intervention.rules.drafts import KINDS, Kind
from tenants.intervention.rules.powers import POWERS
from tenants.intervention.rules.states import LABELS, STANDS, WAITS_FOR, State
from tenants.tenancy.actor import Actor
from tenants.tenancy.queries import AreaRow
from tenants.tenancy.roles import LABELS as ROLE_LABELS
from tenants.tenancy.roles import Role


@strawberry.type
class InterventionEvidence:
    """A link to something that shows the concern."""

    title: str
    url: str


@strawberry.type
class InterventionTold:
    """Someone who was told of the concern, and when."""

    name: str
    post: str
    on: date


@strawberry.type
class InterventionPower:
    """A separate power over one kind of body. No Act gives one over the three safeguarding partners together."""

    code: str
    target: str
    what: str
    holder: str
    source: str
    url: str

    @classmethod
    def of(cls, code: str) -> Self:
        """Return the power with that code."""
        power = POWERS[code]
        return cls(
            code=code, target=power.target, what=power.what, holder=power.holder, source=power.source, url=power.url
        )


@strawberry.type
class InterventionFlag:
    """A flag: one row of `intervention_flag`. Officials see it once it is referred."""

    area: Area
    id: strawberry.ID
    kind: str
    kind_label: str
    title: str
    concern: str
    partners: list[str]
    evidence: list[InterventionEvidence]
    told: list[InterventionTold]
    raised_as: str = strawberry.field(description="area or scrutineer")
    raised_by_name: str
    raised_by_role: str
    raised_on: date
    state: str
    state_label: str
    stands: str = strawberry.field(description="Where the flag stands, completing “This flag …”.")
    waits_for: str | None = strawberry.field(description="area or official; null when it waits for no one.")
    referred_at: datetime | None
    submission: str | None = strawberry.field(description="What has been tried, as written for the Department.")
    reply_due_on: date | None
    decision: str | None
    decision_label: str | None
    decision_meaning: str | None
    power: InterventionPower | None
    review_on: date | None
    escalation: str = strawberry.field(description="E0 to E8, as a label only: no law attaches to it.")
    escalation_label: str
    changed_at: datetime
    version: int

    @classmethod
    def of(cls, row: Flag, *, area: AreaRow) -> Self:
        """Return the type of a row."""
        decision = None if row.decision is None else Decision(row.decision)
        stage = escalation(row.state, raised_as=row.raised_as, decision=decision, power=row.power)
        return cls(
            area=Area.of(area),
            id=flag_id_of(row),
            kind=row.kind,
            kind_label=KINDS[Kind(row.kind)],
            title=row.title,
            concern=row.concern,
            partners=list(row.partners),
            evidence=[InterventionEvidence(title=link.title, url=link.url) for link in row.evidence],
            told=[InterventionTold(name=one.name, post=one.post, on=one.on) for one in row.told],
            raised_as=row.raised_as.value,
            raised_by_name=row.raised_by_name,
            raised_by_role=_role(row.raised_by_role),
            raised_on=row.raised_on,
            state=row.state.value,
            state_label=LABELS[row.state],
            stands=STANDS[row.state],
            waits_for=WAITS_FOR[row.state].value if row.state in WAITS_FOR else None,
            referred_at=row.referred_at,
            submission=row.submission,
            reply_due_on=row.reply_due_on,
            decision=row.decision,
            decision_label=None if decision is None else DECISIONS[decision].label,
            decision_meaning=None if decision is None else DECISIONS[decision].meaning,
            power=None if row.power is None else InterventionPower.of(row.power),
            review_on=row.review_on,
            escalation=stage.value,
            escalation_label=ESCALATIONS[stage],
            changed_at=row.changed_at,
            version=row.version,
        )


@strawberry.type
class InterventionWorking:
    """What stays in the area and is never readable by the Department."""

    tried: str
    note: str | None


@strawberry.type
class InterventionMove:
    """One move: who, as which role, when, from where to where, and why."""

    at: datetime
    move: str
    before_label: str | None
    after_label: str
    reason: str | None
    message: str | None = strawberry.field(description="The submission, the question or the answer.")
    due_on: date | None
    decision_label: str | None
    power: InterventionPower | None
    by_name: str
    by_role: str
    shared: bool = strawberry.field(description="Whether the Department can read it.")

    @classmethod
    def of(cls, row: MoveMade) -> Self:
        """Return the type of a row."""
        return cls(
            at=row.at,
            move=row.move,
            before_label=None if row.before is None else LABELS[State(row.before)],
            after_label=LABELS[State(row.after)],
            reason=row.reason,
            message=row.message,
            due_on=row.due_on,
            decision_label=None if row.decision is None else DECISIONS[Decision(row.decision)].label,
            power=None if row.power is None else InterventionPower.of(row.power),
            by_name=row.by_name,
            by_role=_role(row.by_role),
            shared=row.shared,
        )


@strawberry.type
class InterventionRecord:
    """A flag with all that the reader may see of it, and what the reader may do with it now."""

    flag: InterventionFlag
    working: InterventionWorking | None
    moves: list[InterventionMove]
    moves_open: list[str]

    @classmethod
    def of(
        cls, row: Flag, *, area: AreaRow, moves: Iterable[MoveMade], working: Working | None, actor: Actor
    ) -> Self:
        """Return the record as this actor reads it."""
        return cls(
            flag=InterventionFlag.of(row, area=area),
            working=None if working is None else InterventionWorking(tried=working.tried, note=working.note),
            moves=[InterventionMove.of(move) for move in moves],
            moves_open=[move.value for move in moves_for(actor, area_id=row.area_id, flag=row.standing)],
        )


@strawberry.type
class InterventionChoice:
    """A kind of concern, to choose from."""

    code: str
    label: str


@strawberry.type
class InterventionDecisionChoice:
    """A kind of decision, to choose from."""

    code: str
    label: str
    meaning: str
    senior: bool = strawberry.field(description="Only a senior official may decide this.")
    names_power: bool
    needs_review: bool


@strawberry.type
class InterventionChoices:
    """What the forms offer."""

    kinds: list[InterventionChoice]
    decisions: list[InterventionDecisionChoice]
    powers: list[InterventionPower]
    no_single_power: str = strawberry.field(description="What every page about decisions says of powers.")


def flag_id_of(row: Flag) -> strawberry.ID:
    """Return the opaque id of a flag."""
    return ids.encode("InterventionFlag", f"{row.area_id}.{row.id}")


def flags_with_areas(rows: Sequence[Flag], areas: Sequence[AreaRow]) -> list[tuple[Flag, AreaRow]]:
    """Return each flag beside its area."""
    by_id = {area.id: area for area in areas}
    return [(row, by_id[row.area_id]) for row in rows]


def _role(value: str) -> str:
    return ROLE_LABELS[Role(value)] if value in list(Role) else value
