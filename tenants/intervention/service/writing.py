"""The writes behind every verb: find and check, change the flag, append the move, append to the audit chain."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from infra.clock import now, today
from infra.database import sql
from infra.ids import uuid7
from tenants.audit.personal import personal
from tenants.audit.service import record
from tenants.intervention import queries
from tenants.intervention.permissions import check_can_move
from tenants.intervention.queries import Flag
from tenants.intervention.rules.drafts import LEGAL_BASES, FlagDraft, Kind, reason_problems
from tenants.intervention.rules.states import Move, Party, State, step_for
from tenants.intervention.service.telling import ask_to_tell
from tenants.intervention.tables import InterventionFlag, InterventionFlagMove, InterventionFlagWorking
from tenants.tenancy import checks
from tenants.tenancy.actor import Actor
from tenants.tenancy.checks import tidy
from tenants.tenancy.errors import Conflict, NotFound, Problem, Problems, WrongState


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """What a move changes on the flag, and what it says."""

    reason: str | None = None
    message: str | None = None
    due_on: date | None = None
    decision: str | None = None
    power: str | None = None
    columns: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Made:
    """A move as it goes into the record."""

    move: Move
    before: State | None
    after: State
    shared: bool
    change: Change = field(default_factory=Change)


def refuse(problems: Iterable[Problem]) -> None:
    """Raise `Problems` with all of them when there are any."""
    found = list(problems)
    if found:
        raise Problems(found)


async def find(move: Move, *, by: Actor, area_id: int, flag_id: UUID, version: int) -> Flag:
    """Return the flag when the actor may make this move on this version of it now; raises otherwise."""
    flag = await queries.flag(area_id=area_id, flag_id=flag_id)
    if flag is None:
        raise NotFound("flag")
    try:
        check_can_move(by, move, area_id=area_id, flag=flag.standing)
    except WrongState:
        checks.version(expected=version, found=flag.version, what="flag")  # tells more than the state it is in now
        raise
    checks.version(expected=version, found=flag.version, what="flag")
    return flag


async def plain_move(
    move: Move,
    columns: Mapping[str, Any] | None = None,
    *,
    by: Actor,
    area_id: int,
    flag_id: UUID,
    version: int,
    reason: str,
) -> UUID:
    """Make a move that says nothing but its reason."""
    flag = await find(move, by=by, area_id=area_id, flag_id=flag_id, version=version)
    refuse(reason_problems(reason))
    return await move_flag(move, by=by, flag=flag, change=Change(reason=tidy(reason), columns=columns or {}))


async def move_flag(move: Move, *, by: Actor, flag: Flag, change: Change) -> UUID:
    """Move the flag by the table of steps; raises `Conflict` when someone else moved it in between."""
    step = step_for(move, flag.state)
    assert step is not None
    values: dict[Any, Any] = {**change.columns, "state": step.after.value}
    changed = (
        await InterventionFlag.update({**values, "changed_at": now(), "version": flag.version + 1})
        .where(
            (InterventionFlag.area_id == flag.area_id)
            & (InterventionFlag.id == flag.id)
            & (InterventionFlag.version == flag.version)
        )
        .returning(InterventionFlag.id)
        .run()
    )
    if not changed:
        raise Conflict("flag")
    shared = flag.referred_at is not None or "referred_at" in change.columns
    made = Made(move=move, before=flag.state, after=step.after, shared=shared, change=change)
    await append_move(by=by, area_id=flag.area_id, flag_id=flag.id, made=made)
    await _audit(by=by, flag=flag, made=made)
    return flag.id


async def append_move(*, by: Actor, area_id: int, flag_id: UUID, made: Made) -> None:
    """Append the move to the flag's record, which no one can change; those concerned are told after the commit."""
    assert by.id is not None
    move_id = uuid7()
    row = InterventionFlagMove(
        area_id=area_id,
        id=move_id,
        flag_id=flag_id,
        at=now(),
        move=made.move.value,
        before=made.before and made.before.value,
        after=made.after.value,
        reason=made.change.reason,
        message=made.change.message,
        due_on=made.change.due_on,
        decision=made.change.decision,
        power=made.change.power,
        by_id=by.id,
        by_name=by.name,
        by_role=by.acting_role(area_id=area_id),
        shared=made.shared,
    )
    await InterventionFlagMove.insert(row).run()
    await ask_to_tell(area_id=area_id, move=made.move, move_id=move_id)


async def _audit(*, by: Actor, flag: Flag, made: Made) -> None:
    said = dict(made.change.columns)
    subject = ("intervention_flag", flag.id)
    before = {**{key: _as_stored(flag, key) for key in said}, "state": made.before, "version": flag.version}
    after = {**said, "state": made.after, "version": flag.version + 1}
    await record(
        by=by,
        area_id=flag.area_id,
        action=f"flag.{made.move}",
        subject=subject,
        reason=made.change.reason,
        legal_basis=LEGAL_BASES[Kind(flag.kind)],
        before=personal(_told(before), "told", of=subject),
        after=personal(_told(after), "told", of=subject),
    )


def _told(values: dict[str, Any]) -> dict[str, Any]:
    return {**values, "told": json.loads(values["told"])} if "told" in values else values


def _as_stored(flag: Flag, column: str) -> Any:
    value = getattr(flag, column)
    if column == "partners":
        return json.dumps(value, ensure_ascii=False)
    return as_json(value) if isinstance(value, tuple) else value


async def insert_flag(*, by: Actor, area_id: int, flag_id: UUID, draft: FlagDraft, party: Party) -> None:
    """Write a new flag and what stays in the area."""
    assert by.id is not None
    row = InterventionFlag(
        area_id=area_id,
        id=flag_id,
        raised_as=party.value,
        raised_by=by.id,
        raised_by_name=by.name,
        raised_by_role=by.acting_role(area_id=area_id),
        raised_on=today(),
        changed_at=now(),
        **columns_of(draft),
    )
    await InterventionFlag.insert(row).run()
    working = InterventionFlagWorking(area_id=area_id, flag_id=flag_id, tried=draft.tried, note=draft.note)
    await InterventionFlagWorking.insert(working).run()


async def update_working(*, area_id: int, flag_id: UUID, draft: FlagDraft) -> None:
    """Change what stays in the area."""
    await sql.execute(
        "update intervention_flag_working set tried = $3, note = $4 where area_id = $1 and flag_id = $2",
        area_id,
        flag_id,
        draft.tried,
        draft.note,
    )


def columns_of(draft: FlagDraft) -> dict[str, Any]:
    """Return the flag's columns as a draft gives them."""
    return {
        "kind": draft.kind,
        "title": draft.title,
        "concern": draft.concern,
        "partners": json.dumps(draft.partners, ensure_ascii=False),
        "evidence": as_json(draft.evidence),
        "told": as_json(draft.told),
    }


def as_json(values: Iterable[Any]) -> str:
    """Return dataclasses as the JSON array that a column keeps."""
    return json.dumps([dataclasses.asdict(value) for value in values], default=str, ensure_ascii=False)
