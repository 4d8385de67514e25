"""Applying a page of a directory's facts to the register, and recording who followed whom."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from infra.clock import today
from infra.database import sql
from infra.ids import uuid7
from tenants.audit.service import PLATFORM, Entry, record_each
from tenants.organisations.directory import statements
from tenants.organisations.directory.rules import Held, Listed, Verdict, judge, may
from tenants.organisations.permissions import check_can_import
from tenants.organisations.rules import Kind, Status
from tenants.tenancy.actor import Actor


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """One thing that became different: `what` is "entered", "name", "open or closed", "successor" or "lies in"."""

    organisation_id: UUID
    organisation: str
    what: str
    before: str | None
    after: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Applied:
    """What came of a page: the facts, and which body of ours each code is (codes that we do not keep are left out)."""

    facts: tuple[Fact, ...]
    bodies: Mapping[str, UUID]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Case:
    listed: Listed
    held: Held | None
    verdict: Verdict
    organisation_id: UUID


async def apply_listed(
    *, by: Actor, source: str, rows: Sequence[Listed], names: bool = True, status: bool = True
) -> Applied:
    """Apply what a directory lists; return what changed. `names` and `status` say what it may change of known bodies.

    Each changed body has a history row and an audit entry on the platform's chain. Raises `NotAllowed`.
    """
    check_can_import(by)
    last = {row.code: row for row in rows}
    known = await _held(source, list(last.values()))
    cases = [_case(row, known.get(row.code), names=names, status=status) for row in last.values()]
    kept = [case for case in cases if case.held is not None or case.verdict.enter]
    facts = [fact for case in kept for fact in _facts(case)]
    await _write(source, kept)
    await record_each(by=by, entries=[_entry(case, source) for case in kept if case.verdict.changes])
    return Applied(facts=tuple(facts), bodies={case.listed.code: case.organisation_id for case in kept})


async def apply_withdrawn(*, by: Actor, source: str, codes: Sequence[str]) -> Applied:
    """Close bodies that a directory has taken out, as far as it listed them to us as open. Raises `NotAllowed`."""
    check_can_import(by)
    rows = await sql.fetch(statements.LISTED_OPEN, source, list(codes))
    gone = [
        Listed(code=row["code"], kind=Kind(row["kind"]), name=row["name"], status=Status.CLOSED, closed_on=today())
        for row in rows
    ]
    return await apply_listed(by=by, source=source, rows=gone) if gone else Applied(facts=(), bodies={})


async def record_successions(*, by: Actor, source: str) -> list[Fact]:
    """Record who followed whom, as far as the directory says it of bodies that are closed; return what was new.

    A line of succession that a person entered is left alone. Raises `NotAllowed`.
    """
    check_can_import(by)
    rows = await sql.fetch(statements.SUCCEED, source)
    entries = [
        Entry(
            area_id=PLATFORM,
            action="organisation.succeed",
            subject=("organisation", row["predecessor_id"]),
            reason=f"As listed by {source}.",
            after={"successor_id": row["successor_id"], "kind": row["kind"], "on": row["on_date"]},
        )
        for row in rows
    ]
    if entries:
        await record_each(by=by, entries=entries)
    return [
        Fact(
            organisation_id=row["predecessor_id"],
            organisation=row["predecessor"],
            what="successor",
            before=None,
            after=row["successor"],
        )
        for row in rows
    ]


async def _held(source: str, listed: Sequence[Listed]) -> dict[str, Held]:
    """Return what the register has of these: a force has no number that both sides know, so it is found by its name."""
    forces = [row.name if row.kind is Kind.POLICE_FORCE else None for row in listed]
    rows = [dict(row) for row in await sql.fetch(statements.HELD, source, [row.code for row in listed], forces)]
    return {row.pop("code"): Held(**row) for row in rows}


def _case(listed: Listed, held: Held | None, *, names: bool, status: bool) -> _Case:
    verdict = may(judge(listed, held), names=names, status=status)
    return _Case(
        listed=listed,
        held=held,
        verdict=verdict,
        organisation_id=uuid7() if held is None else held.organisation_id,
    )


def _facts(case: _Case) -> list[Fact]:
    def fact(what: str, before: str | None, after: str | None) -> Fact:
        name = case.listed.name if case.held is None else case.held.name
        return Fact(organisation_id=case.organisation_id, organisation=name, what=what, before=before, after=after)

    if case.held is None:
        return [fact("entered", None, case.listed.code)]
    verdict = case.verdict
    changed = [] if verdict.name is None else [fact("name", case.held.name, verdict.name)]
    return changed if verdict.status is None else [*changed, fact("open or closed", case.held.status, verdict.status)]


async def _write(source: str, cases: Sequence[_Case]) -> None:
    entered = [_entered(case) for case in cases if case.verdict.enter]
    changed = [case for case in cases if case.held is not None and case.verdict.changes]
    await _send(statements.ENTER, entered)
    await _send(statements.CHANGE, [_changed(case) for case in changed])
    await _send(statements.REMEMBER, [row for case in changed for row in _history(case)])
    if cases:
        await sql.execute(statements.KEEP, source, _text([_kept(case) for case in cases]))


async def _send(statement: str, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        await sql.execute(statement, _text(rows))


def _text(rows: Sequence[Mapping[str, Any]]) -> str:
    return json.dumps(rows, default=str, ensure_ascii=False)


def _entered(case: _Case) -> dict[str, Any]:
    listed = case.listed
    return {
        "id": case.organisation_id,
        "kind": listed.kind,
        "name": listed.name,
        "ods_code": None if listed.kind is Kind.POLICE_FORCE else listed.code,
        "opened_on": listed.opened_on,
        "type_label": listed.type_label,
    }


def _changed(case: _Case) -> dict[str, Any]:
    status = case.verdict.status
    closed_on = case.listed.closed_on or today() if status is Status.CLOSED else None
    return {"id": case.organisation_id, "name": case.verdict.name, "status": status, "closed_on": closed_on}


def _history(case: _Case) -> list[dict[str, Any]]:
    held, verdict, listed = case.held, case.verdict, case.listed
    assert held is not None
    rows = []
    if verdict.name is not None:
        rows.append({"field": "name", "before": held.name, "after": verdict.name, "effective_on": today()})
    if verdict.status is not None:
        on = (listed.closed_on if verdict.status is Status.CLOSED else None) or today()
        rows.append({"field": "status", "before": held.status, "after": verdict.status, "effective_on": on})
    return [{"organisation_id": case.organisation_id, **row} for row in rows]


def _kept(case: _Case) -> dict[str, Any]:
    listed = case.listed
    return {
        "code": listed.code,
        "organisation_id": case.organisation_id,
        "name": listed.name,
        "status": listed.status,
        "closed_on": listed.closed_on,
        "successors": list(listed.successors),
        "lies_in": [asdict(lying) for lying in listed.lies_in],
    }


def _entry(case: _Case, source: str) -> Entry:
    held, verdict = case.held, case.verdict
    before = None if held is None else {"name": held.name, "status": held.status}
    wanted = {"name": verdict.name, "status": verdict.status} if held else {"name": case.listed.name}
    after = {name: value for name, value in wanted.items() if value is not None}
    return Entry(
        area_id=PLATFORM,
        action="organisation.enter" if held is None else "organisation.follow",
        subject=("organisation", case.organisation_id),
        reason=f"As listed by {source} under {case.listed.code}.",
        before=before,
        after=after,
    )
