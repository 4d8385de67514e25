"""Writing the audit chain. Every service calls `record` in its own transaction: no entry, no effect."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import asyncpg

from infra.database import sql
from infra.database.holding import Step
from tenants.audit.personal import sealed
from tenants.audit.plain import plain

if TYPE_CHECKING:  # tenancy writes its own audit entries: at run time the two do not form a circle
    from tenants.tenancy.actor import Actor

PLATFORM = 0  #: the chain of the platform and of national work that belongs to no one area

#: what is wrong with an entry itself; anything else would be the same for all that are written with it
FAULTS_OF_AN_ENTRY = (asyncpg.DataError, asyncpg.IntegrityConstraintViolationError, TypeError, ValueError)


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One entry to append; the parts are those of `record`."""

    area_id: int
    action: str
    subject: tuple[str, object]
    reason: str | None = None
    legal_basis: str | None = None
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None


async def record(
    *,
    by: Actor,
    area_id: int,
    action: str,
    subject: tuple[str, object],
    reason: str | None = None,
    legal_basis: str | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Append one entry to the area's chain (`PLATFORM` for none).

    `action` is `noun.verb`; `subject` is (type, id). `before` and `after` hold what changed, never a child's data;
    what they say of a person (name, post, address) is marked with `personal`, and written sealed.
    """
    entry = Entry(
        area_id=area_id,
        action=action,
        subject=subject,
        reason=reason,
        legal_basis=legal_basis,
        before=before,
        after=after,
    )
    await record_each(by=by, entries=[entry])


async def record_each(*, by: Actor, entries: Sequence[Entry]) -> None:
    """Append several entries of one actor, those of an area in the order given: one statement."""
    await record_all([(by, entry) for entry in entries])


async def record_all(entries: Sequence[tuple[Actor, Entry]]) -> None:
    """Append entries of several actors, those of an area in the order given: one statement, and one more for the
    keys of those whose personal text they hold."""
    await sql.call(appending(await sealed(entries)))


def appending(entries: Sequence[tuple[Actor, Entry]]) -> Step:
    """Return the step that appends entries, as the last of a command that is written in one statement.

    Raises `TypeError` for one that holds `Personal` text: it is sealed first, which asks the database.
    """
    rows = [_row(by, entry) for by, entry in entries]
    text = json.dumps(rows, default=plain, ensure_ascii=False, sort_keys=True)
    return Step(sql="audit.append({0})", args=(text,))


def _row(by: Actor, entry: Entry) -> dict[str, Any]:
    kind, identifier = entry.subject
    return {
        "area_id": entry.area_id,
        "actor_id": str(by.id or by.name),
        "actor_kind": by.kind,
        "actor_name": by.name,
        "actor_role": by.acting_role(area_id=entry.area_id),
        "action": entry.action,
        "subject_type": kind,
        "subject_id": str(identifier),
        "reason": entry.reason,
        "legal_basis": entry.legal_basis,
        "request_id": by.request_id,
        "before": None if entry.before is None else dict(entry.before),
        "after": None if entry.after is None else dict(entry.after),
    }
