"""Requests with their forms: what is asked, and what the answer begins with. One statement, for one or for many."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, TypeAlias
from uuid import UUID

from asyncpg import Record

from infra.clock import today
from infra.database import sql
from tenants.cooperation.queries.duties import VersionRow, version_of
from tenants.cooperation.queries.known import KNOWN
from tenants.cooperation.queries.requests import REQUEST_COLUMNS, REQUEST_TABLES, RequestRow
from tenants.cooperation.rules.answers import Answer, from_json, prefilled
from tenants.tenancy.actor import Actor
from tenants.tenancy.scope import read_as

Key = tuple[int, UUID]
Row: TypeAlias = "Record | Mapping[str, Any]"
_TYPES: dict[str, Callable[[str], object]] = {
    **dict.fromkeys(("id", "cycle_id", "duty_id", "duty_version_id", "agency_id", "organisation_id", "sent_id"), UUID),
    **dict.fromkeys(("opens_on", "due_on"), date.fromisoformat),
    **dict.fromkeys(("submitted_at", "asked_published_at", "draft_saved_at"), datetime.fromisoformat),
}
_REQUEST_NAMES = tuple(field.name for field in fields(RequestRow))


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """What the agency's form begins with. `prefilled` are questions that hold last year's answer, unconfirmed."""

    answers: dict[str, Answer]
    prefilled: tuple[str, ...] = ()
    saved_by: str | None = None
    saved_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class LastSent:
    """What was sent last for a request, withdrawn or not."""

    id: UUID
    receipt: str
    answers: dict[str, Answer]


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """A request, the frozen text that asks, what was sent for it last, and what the form begins with: the saved
    draft, else what was sent, else last year's answers where they still fit."""

    request: RequestRow
    asked: VersionRow
    sent: LastSent | None
    before: Draft


_WANTED = "wanted as not materialized (select * from unnest($2::integer[], $3::uuid[]) as w (area_id, id))"
#: in one order, so that two who lock the same requests wait for each other and never in a ring
_HELD = """held as materialized (
    select q.area_id, q.id, q.ctid as place from duty_request q join wanted w on w.area_id = q.area_id and w.id = q.id
    order by q.area_id, q.id for update of q
)"""
_COLUMNS = f"""{REQUEST_COLUMNS},
    v.number as asked_number, v.title as asked_title, v.body as asked_body, v.legal_basis as asked_legal_basis,
    v.legal_note as asked_legal_note, v.questions::text as asked_questions, v.published_at as asked_published_at,
    v.published_by as asked_published_by,
    d.answers::text as draft_answers, d.prefilled as draft_prefilled, d.saved_by as draft_saved_by,
    d.saved_at as draft_saved_at,
    l.id as sent_id, l.receipt as sent_receipt, l.answers::text as sent_answers,
    y.answers::text as last_years_answers"""
_TABLES = f"""{REQUEST_TABLES}
    join wanted on wanted.area_id = r.area_id and wanted.id = r.id
    cross join lateral (
        select * from duty_version o where o.area_id = r.area_id and o.id = r.duty_version_id limit 1
    ) v
    left join request_draft d on d.area_id = r.area_id and d.request_id = r.id
    left join lateral (
        select s.id, s.receipt, s.answers from submission s where s.area_id = r.area_id and s.request_id = r.id
        order by s.sent_at desc, s.id desc limit 1
    ) l on true
    left join lateral (
        select s.answers from submission s
        where d.request_id is null and l.id is null and s.withdrawn_at is null and s.area_id = r.area_id
            and s.organisation_id = r.organisation_id and s.duty_id = r.duty_id and s.request_id <> r.id
        order by s.sent_at desc, s.id desc limit 1
    ) y on true"""
_FORMS = f"with {_WANTED} select {_COLUMNS} from {_TABLES}"
#: `moved`: the row that is locked now is not the one that the rest was read with
_HELD_FORMS = f"""with {_WANTED}, {_HELD}
select {_COLUMNS}, coalesce(held.place <> r.ctid, false) as moved
from {_TABLES}
    left join held on held.area_id = r.area_id and held.id = r.id"""


async def forms(*, keys: Sequence[Key]) -> dict[Key, Form]:
    """Return the forms of requests by (area, id); one that is not the reader's to see is left out."""
    return _by_key(await _rows(_FORMS, keys))


async def held_forms(*, keys: Sequence[Key]) -> dict[Key, Form]:
    """Return the forms as `forms`, with those requests locked that the reader may change.

    One statement; two when someone changed a request while this one waited for it: what was read beside it is then
    older than the lock.
    """
    rows = await _rows(_HELD_FORMS, keys)
    if any(row["moved"] for row in rows):
        rows = await _rows(_HELD_FORMS, keys)
    return _by_key(rows)


async def forms_now(*, by: Actor, keys: Sequence[Key]) -> dict[Key, Form]:
    """Return the forms as `by` may read them at this moment, outside any scope and with nothing locked: for a decision
    that is written only where they are still so."""
    areas, identifiers = [area for area, _ in keys], [identifier for _, identifier in keys]
    text = await read_as(by, f"(select json_agg(r)::text from ({_FORMS}) r)", today(), areas, identifiers)
    return _by_key([_typed(row) for row in json.loads(text or "[]")])


async def form(*, area_id: int, request_id: UUID) -> Form | None:
    """Return one request with its form, or None."""
    return (await forms(keys=[(area_id, request_id)])).get((area_id, request_id))


async def latest_sent(*, area_id: int, request_id: UUID) -> LastSent | None:
    """Return what was sent last for a request, withdrawn or not, or None."""
    row = await sql.fetch_one(
        "select id, receipt, answers::text as answers from submission where area_id = $1 and request_id = $2 "
        "order by sent_at desc, id desc limit 1",
        area_id,
        request_id,
    )
    return None if row is None else LastSent(**_with_answers(row))


async def _rows(statement: str, keys: Sequence[Key]) -> list[Record]:
    return await sql.fetch(statement, today(), [area for area, _ in keys], [identifier for _, identifier in keys])


def _by_key(rows: Sequence[Row]) -> dict[Key, Form]:
    return {(row["area_id"], row["id"]): _form(row) for row in rows}


def _typed(row: dict[str, Any]) -> Row:
    return {name: _TYPES[name](value) if value and name in _TYPES else value for name, value in row.items()}


def _form(row: Row) -> Form:
    request = RequestRow(**{name: row[name] for name in _REQUEST_NAMES})
    key = {"area_id": request.area_id, "id": request.duty_version_id, "duty_id": request.duty_id}
    asked = version_of({**key, **_part(row, "asked_")})
    KNOWN.remember(asked)
    sent = None if row["sent_id"] is None else LastSent(**_with_answers(_part(row, "sent_")))
    return Form(request=request, asked=asked, sent=sent, before=_before(row, asked, sent))


def _before(row: Row, asked: VersionRow, sent: LastSent | None) -> Draft:
    if row["draft_answers"] is not None:
        saved = _with_answers(_part(row, "draft_"))
        return Draft(**{**saved, "prefilled": tuple(saved["prefilled"])})
    if sent is not None:
        return Draft(answers=sent.answers)
    if row["last_years_answers"] is None:
        return Draft(answers={})
    carried = prefilled(asked.questions, from_json(json.loads(row["last_years_answers"])))
    return Draft(answers=carried, prefilled=tuple(carried))


def _part(row: Row, prefix: str) -> dict[str, Any]:
    return {name.removeprefix(prefix): value for name, value in row.items() if name.startswith(prefix)}


def _with_answers(values: Mapping[str, Any]) -> dict[str, Any]:
    return {**values, "answers": from_json(json.loads(values["answers"]))}
