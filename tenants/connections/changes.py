"""Facts that a run applied: what, of whom, before and after. Listed for people, and in the audit chain.

For the worker, inside the scope of the run; the connector has applied them in the same transaction.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from infra.database import sql
from infra.ids import uuid7
from tenants.audit.service import PLATFORM, record
from tenants.tenancy.actor import Actor

LONGEST_SUBJECT = 300
_NOTE = """
insert into connection_change (area_id, id, connection_id, run_id, what, subject_kind, subject_id, subject, before,
    after)
select c.area_id, row.id, c.id, $2, row.what, row.subject_kind, row.subject_id, row.subject, row.before, row.after
from agency_connection c, jsonb_to_recordset($3::text::jsonb) as row (id uuid, what text, subject_kind text,
    subject_id uuid, subject text, before jsonb, after jsonb)
where c.id = $1
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Applied:
    """A fact that was applied. `what` is short words ("name", "open or closed"), `subject` what people call it."""

    what: str
    subject_kind: str
    subject: str
    subject_id: UUID | None = None
    before: Any = None  #: JSON: a text, number or None; never a person's data
    after: Any = None


async def note(*, by: Actor, link_id: UUID, run_id: UUID, rows: Sequence[Applied]) -> None:
    """List the facts of one page and write one audit entry that holds them: two statements, none for no facts."""
    if not rows:
        return
    facts = [{**asdict(row), "subject": row.subject[:LONGEST_SUBJECT]} for row in rows]
    listed = json.dumps([{"id": uuid7(), **fact} for fact in facts], default=str, ensure_ascii=False)
    await sql.execute(_NOTE, link_id, run_id, listed)
    area_id = await sql.fetch_value("select area_id from agency_connection where id = $1", link_id)
    await record(
        by=by,
        area_id=PLATFORM if area_id is None else area_id,
        action="connection.apply",
        subject=("agency_connection", link_id),
        after={"run_id": run_id, "facts": [{k: v for k, v in fact.items() if v is not None} for fact in facts]},
    )
