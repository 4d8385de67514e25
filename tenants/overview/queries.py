"""Reading what areas report: the kept rows where they hold, computed from the records where they do not.

`live` is what the rows are copies of. Both work on the national login: only columns granted to it are named.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from infra.clock import today
from infra.database import sql
from tenants.cooperation.queries import progress as cooperation
from tenants.intervention import queries as intervention
from tenants.membership import queries as membership
from tenants.overview import rules
from tenants.overview.rules import NOT_REPORTED, Fact, Facts, Reason, Standing, Subject
from tenants.resourcing import queries as resourcing
from tenants.resourcing.rules import year_of

ByArea = dict[int, Fact]
Reader = Callable[[Sequence[int]], Awaitable[ByArea]]

_KEPT = """select area_id, subject, standing, words, amount, reasons::text as reasons, recheck_on, stale, computed_at
    from area_fact where area_id = any ($1) order by area_id, subject"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """A row as it is kept; `recheck_on` is the first day on which the fact may change although nobody writes."""

    area_id: int
    subject: Subject
    fact: Fact
    recheck_on: date | None
    stale: bool
    computed_at: datetime

    def holds(self, on: date) -> bool:
        """Return whether the row may be shown that day."""
        return rules.holds(stale=self.stale, recheck_on=self.recheck_on, on=on)


async def facts_of(*, area_ids: Sequence[int]) -> dict[int, Facts]:
    """Return what each area reports today on every subject.

    One statement where all rows hold, and a few more for each subject of which some do not, however many areas.
    """
    held = {(row.area_id, row.subject): row.fact for row in await kept(area_ids=area_ids) if row.holds(today())}
    found: dict[int, dict[Subject, Fact]] = {area_id: {} for area_id in area_ids}
    for subject in Subject:
        missing = [area_id for area_id in area_ids if (area_id, subject) not in held]
        computed = await live(subject, area_ids=missing) if missing else {}
        for area_id in area_ids:
            found[area_id][subject] = computed[area_id] if area_id in computed else held[area_id, subject]
    return dict(found)


async def kept(*, area_ids: Sequence[int]) -> list[Kept]:
    """Return the areas' rows as they are kept, whether they hold or not; an area without rows has none."""
    return [_kept(row) for row in await sql.fetch(_KEPT, list(area_ids))]


async def live(subject: Subject, *, area_ids: Sequence[int]) -> ByArea:
    """Return what each area's records say today on the subject, in a fixed number of statements."""
    found = await _READERS[subject](area_ids)
    return {area_id: found.get(area_id, NOT_REPORTED) for area_id in area_ids}


async def turns(subject: Subject, *, area_id: int) -> date | None:
    """Return the first day after today on which the fact may change although nobody writes, or None."""
    if subject is Subject.BUDGET:
        return rules.next_financial_year(today())
    found = await _TURNS[subject](area_ids=[area_id], after=today())
    return found.get(area_id)


async def _membership(area_ids: Sequence[int]) -> ByArea:
    found = await membership.completeness_of(area_ids=area_ids, as_at=today())
    return {one.area_id: rules.membership_fact(one.reading) for one in found}


async def _budget(area_ids: Sequence[int]) -> ByArea:
    found = await resourcing.totals_of(area_ids=area_ids, year=year_of(today()))
    return {one.area_id: rules.budget_fact(one) for one in found if one.state is not None}


async def _cooperation(area_ids: Sequence[int]) -> ByArea:
    rates = await cooperation.rates(area_ids=list(area_ids))
    return {rate.area_id: rules.cooperation_fact(rate) for rate in rates}


async def _flags(area_ids: Sequence[int]) -> ByArea:
    found = await intervention.open_flags(area_ids=area_ids)
    return {area_id: rules.flags_fact(found.get(area_id)) for area_id in area_ids}


_READERS: Mapping[Subject, Reader] = {
    Subject.MEMBERSHIP: _membership,
    Subject.BUDGET: _budget,
    Subject.COOPERATION: _cooperation,
    Subject.FLAGS: _flags,
}
_TURNS: Mapping[Subject, Callable[..., Awaitable[Mapping[int, date]]]] = {
    Subject.MEMBERSHIP: membership.turns_of,
    Subject.COOPERATION: cooperation.turns_of,
    Subject.FLAGS: intervention.turns_of,
}


async def unkept(*, limit: int) -> list[int]:
    """Return areas of which a row is missing, stale or past its day, lowest id first."""
    rows = await sql.fetch(
        """select area.id from area left join area_fact fact on fact.area_id = area.id
            and not fact.stale and (fact.recheck_on is null or fact.recheck_on > $1)
        group by area.id having count(fact.subject) < $2 order by area.id limit $3""",
        today(),
        len(Subject),
        limit,
    )
    return [row["id"] for row in rows]


def _kept(row: Any) -> Kept:
    reasons = tuple(Reason(**reason) for reason in json.loads(row["reasons"]))
    return Kept(
        area_id=row["area_id"],
        subject=Subject(row["subject"]),
        fact=Fact(standing=Standing(row["standing"]), words=row["words"], amount=row["amount"], reasons=reasons),
        recheck_on=row["recheck_on"],
        stale=row["stale"],
        computed_at=row["computed_at"],
    )


def subjects_to_compute(rows: Collection[Kept], *, on: date) -> list[Subject]:
    """Return the subjects of one area that have no row which holds that day."""
    held = {row.subject for row in rows if row.holds(on)}
    return [subject for subject in Subject if subject not in held]
