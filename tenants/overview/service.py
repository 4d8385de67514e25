"""Keeping the rows: computing those of one area anew, and comparing all of them with the records.

Both run in a scope of the worker for that one area, and leave the area alone while someone writes in it: an answer of
None means try again in a moment.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from infra.clock import today
from infra.database import sql
from tenants.cooperation.service import counts
from tenants.overview import queries, rules
from tenants.overview.rules import Dated, Difference, Subject

#: the lock that `security.turn_facts_stale` shares among all who change an area's records
_ALONE = "select pg_try_advisory_xact_lock(1330008663, $1)"
_WRITE = """
insert into area_fact (area_id, subject, standing, words, amount, reasons, recheck_on)
select $1, subject, standing, words, amount, reasons, recheck_on
from jsonb_to_recordset($2::text::jsonb) as computed (subject text, standing text, words text,
    amount double precision, reasons jsonb, recheck_on date)
on conflict (area_id, subject) do update set standing = excluded.standing, words = excluded.words,
    amount = excluded.amount, reasons = excluded.reasons, recheck_on = excluded.recheck_on, stale = false,
    computed_at = now()
"""


async def refresh(*, area_id: int) -> Sequence[Subject] | None:
    """Compute the area's rows that are missing, stale or past their day; return which, or None to try again."""
    if not await sql.fetch_value(_ALONE, area_id):
        return None
    wanted = queries.subjects_to_compute(await queries.kept(area_ids=[area_id]), on=today())
    await _write(area_id, await _computed(area_id, wanted))
    return wanted


async def verify(*, area_id: int) -> Sequence[Difference] | None:
    """Compute all rows of the area, and count its agencies; return where what was kept said something else, now
    corrected.

    None: someone writes in the area at the moment, try again.
    """
    if not await sql.fetch_value(_ALONE, area_id):
        return None
    rows = await queries.kept(area_ids=[area_id])
    held = {row.subject: Dated(fact=row.fact, recheck_on=row.recheck_on) for row in rows if row.holds(today())}
    computed = await _computed(area_id, Subject)
    await _write(area_id, computed)
    return [*rules.differences(kept=held, computed=computed), *await _counted(area_id)]


async def _counted(area_id: int) -> Sequence[Difference]:
    """The area's own pages show counts that are kept beside the records, as the rows are."""
    wrong = await counts.put_right(area_id=area_id)
    return [] if wrong is None else [Difference(subject=Subject.COOPERATION, kept=wrong.kept, computed=wrong.counted)]


async def _computed(area_id: int, subjects: Iterable[Subject]) -> dict[Subject, Dated]:
    return {
        subject: Dated(
            fact=(await queries.live(subject, area_ids=[area_id]))[area_id],
            recheck_on=await queries.turns(subject, area_id=area_id),
        )
        for subject in subjects
    }


async def _write(area_id: int, computed: Mapping[Subject, Dated]) -> None:
    if computed:
        rows = [_row(subject, row) for subject, row in computed.items()]
        await sql.execute(_WRITE, area_id, json.dumps(rows))


def _row(subject: Subject, row: Dated) -> dict[str, Any]:
    fact = row.fact
    return {
        "subject": subject.value,
        "standing": fact.standing.value,
        "words": fact.words,
        "amount": fact.amount,
        "reasons": [
            {"sentence": reason.sentence, "source": reason.source, "statutory": reason.statutory}
            for reason in fact.reasons
        ],
        "recheck_on": None if row.recheck_on is None else row.recheck_on.isoformat(),
    }
