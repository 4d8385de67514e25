"""What each capability reports about each area, for officials: a state, a few words, and the reasons behind them.

One read per capability however many areas there are; every query here runs on the national login, so its column
grants decide what can be said at all.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from infra.clock import today
from tenants.cooperation.queries import progress as cooperation_queries
from tenants.cooperation.queries.progress import CooperationRate
from tenants.intervention import queries as intervention
from tenants.membership import queries as membership_queries
from tenants.membership.rules import Completeness
from tenants.resourcing import queries as resourcing
from tenants.resourcing.queries.rows import AreaBudget
from tenants.resourcing.rules import year_label, year_of


class Standing(StrEnum):
    """How a fact stands."""

    MET = "met"
    ATTENTION = "attention"
    NOT_REPORTED = "not_reported"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """What is missing, in a sentence, and how we know: the law or guidance that asks, or the record that shows it."""

    sentence: str
    source: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """One capability's report on one area. `amount` is what a column sorts by; None sorts last."""

    standing: Standing
    words: str
    amount: float | None = None
    reasons: tuple[Reason, ...] = ()


NOT_REPORTED = Fact(standing=Standing.NOT_REPORTED, words="Not yet reported")

Reader = Callable[[Sequence[int]], Awaitable[dict[int, Fact]]]


async def membership(area_ids: Sequence[int]) -> dict[int, Fact]:
    """Return whether each area's membership is complete today, and what it lacks."""
    found = await membership_queries.completeness_of(area_ids=area_ids, as_at=today())
    return {one.area_id: _membership(one.reading) for one in found}


def _membership(reading: Completeness) -> Fact:
    gaps = len(reading.missing)
    return Fact(
        standing=Standing.MET if reading.complete else Standing.ATTENTION,
        words="Complete" if reading.complete else f"{gaps} missing",
        amount=gaps,
        reasons=tuple(Reason(sentence=one.sentence, source=one.source) for one in (*reading.missing, *reading.notes)),
    )


async def budget(area_ids: Sequence[int]) -> dict[int, Fact]:
    """Return whether each area's budget of this financial year is agreed; its size is shown, never judged."""
    found = await resourcing.totals_of(area_ids=area_ids, year=year_of(today()))
    return {one.area_id: _budget(one) for one in found if one.state is not None}


def _budget(one: AreaBudget) -> Fact:
    year = year_label(one.year)
    if one.state == "agreed":
        return Fact(standing=Standing.MET, words=f"Agreed {year}", amount=1)
    sentence = f"The budget for {year} is not agreed by every lead safeguarding partner yet."
    reason = Reason(sentence=sentence, source="Working Together to Safeguard Children 2023, chapter 2")
    return Fact(standing=Standing.ATTENTION, words=f"Not agreed {year}", amount=0, reasons=(reason,))


async def cooperation(area_ids: Sequence[int]) -> dict[int, Fact]:
    """Return how many of the answers that each area asked for in the last year it has."""
    rates = await cooperation_queries.rates(area_ids=list(area_ids))
    return {rate.area_id: _cooperation(rate) for rate in rates}


def _cooperation(rate: CooperationRate) -> Fact:
    sentence = f"{rate.returned} of {rate.asked} answers asked for in the last year are in; {rate.late} are late."
    return Fact(
        standing=Standing.ATTENTION if rate.late else Standing.MET,
        words=f"{share(rate.returned, rate.asked)} answered" + (f", {rate.late} late" if rate.late else ""),
        amount=rate.returned / rate.asked,
        reasons=(Reason(sentence=sentence, source="Counts of the duties the area opened; Children Act 2004 s.16G"),),
    )


def share(part: int, whole: int) -> str:
    """Return a percentage that is 100% only for all and 0% only for none."""
    percent = round(part * 100 / whole)
    if 0 < part < whole:
        percent = min(max(percent, 1), 99)
    return f"{percent}%"


async def flags(area_ids: Sequence[int]) -> dict[int, Fact]:
    """Return each area's open referred flags."""
    found = await intervention.open_flags()
    none = Fact(standing=Standing.MET, words="None open", amount=0)
    return {area_id: _flags(found[area_id]) if area_id in found else none for area_id in area_ids}


def _flags(counted: intervention.AreaFlags) -> Fact:
    waits = f", {counted.awaiting_department} for the Department" if counted.awaiting_department else ""
    sentence = f"{counted.open} referred to the Department and not closed{waits}."
    return Fact(
        standing=Standing.ATTENTION,
        words=f"{counted.open} open{waits}",
        amount=counted.open,
        reasons=(Reason(sentence=sentence, source="The area’s own referrals"),),
    )
