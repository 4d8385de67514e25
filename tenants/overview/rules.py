"""What each capability's figures say of an area: a standing, a few words, and the reasons behind them. Pure.

Every sentence is made of what the national login may read; none names a person, a school or a child.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from tenants.resourcing.rules import year_label, year_of

if TYPE_CHECKING:
    from tenants.cooperation.queries.progress import CooperationRate
    from tenants.intervention.queries import AreaFlags
    from tenants.membership.rules import Completeness
    from tenants.resourcing.queries.rows import AreaBudget


class Subject(StrEnum):
    """What an area reports on."""

    MEMBERSHIP = "membership"
    BUDGET = "budget"
    COOPERATION = "cooperation"
    FLAGS = "flags"


class Standing(StrEnum):
    """How a fact stands."""

    MET = "met"
    ATTENTION = "attention"
    NOT_REPORTED = "not_reported"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """What is missing, in a sentence, and how we know: the law or guidance that asks, or the record that shows it.

    `statutory`: an Act asks for it.
    """

    sentence: str
    source: str
    statutory: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """One capability's report on one area. `amount` is what a column sorts by; None sorts last."""

    standing: Standing
    words: str
    amount: float | None = None
    reasons: tuple[Reason, ...] = ()


Facts = Mapping[Subject, Fact]
NOT_REPORTED = Fact(standing=Standing.NOT_REPORTED, words="Not yet reported")


@dataclass(frozen=True, kw_only=True, slots=True)
class Dated:
    """A fact as a row keeps it: with the first day on which it may change although nobody writes."""

    fact: Fact
    recheck_on: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """A row that said something else than the records do."""

    subject: Subject
    kept: str
    computed: str


def membership_fact(reading: Completeness) -> Fact:
    """Return whether membership is complete, and what it lacks.

    The first `amount` reasons are what is missing, the others what a reader should know besides: whoever reads the row
    tells them apart by their place.
    """
    gaps = len(reading.missing)
    return Fact(
        standing=Standing.MET if reading.complete else Standing.ATTENTION,
        words="Complete" if reading.complete else f"{gaps} missing",
        amount=gaps,
        reasons=tuple(
            Reason(sentence=one.sentence, source=one.source, statutory=one.statutory)
            for one in (*reading.missing, *reading.notes)
        ),
    )


def budget_fact(one: AreaBudget) -> Fact:
    """Return whether the year's budget is agreed; its size is shown, never judged."""
    year = year_label(one.year)
    if one.state == "agreed":
        return Fact(standing=Standing.MET, words=f"Agreed {year}", amount=1)
    sentence = f"The budget for {year} is not agreed by every lead safeguarding partner yet."
    reason = Reason(sentence=sentence, source="Working Together to Safeguard Children 2023, chapter 2")
    return Fact(standing=Standing.ATTENTION, words=f"Not agreed {year}", amount=0, reasons=(reason,))


def cooperation_fact(rate: CooperationRate) -> Fact:
    """Return how many of the answers that the area asked for in the last year it has, and what is late, however old."""
    late = f", {rate.late} late" if rate.late else ""
    before = f", {rate.late_before} late from before" if rate.late_before else ""
    answered = f"{share(rate.returned, rate.asked)} answered" if rate.asked else "None asked for"
    return Fact(
        standing=Standing.ATTENTION if late or before else Standing.MET,
        words=f"{answered} in the last year{late}{before}",
        amount=rate.returned / rate.asked if rate.asked else None,
        reasons=tuple(
            Reason(
                sentence=sentence,
                source="Counts of the duties the area opened; Children Act 2004 s.16G",
                statutory=True,
            )
            for sentence in _counted(rate)
        ),
    )


def _counted(rate: CooperationRate) -> Iterator[str]:
    if rate.asked:
        yield f"{rate.returned} of {rate.asked} answers asked for in the last year are in; {rate.late} are late."
    if rate.late_before:
        were = "answer asked for before then is" if rate.late_before == 1 else "answers asked for before then are"
        yield f"{rate.late_before} {were} still late."


def share(part: int, whole: int) -> str:
    """Return a percentage that is 100% only for all and 0% only for none."""
    percent = round(part * 100 / whole)
    if 0 < part < whole:
        percent = min(max(percent, 1), 99)
    return f"{percent}%"


def flags_fact(counted: AreaFlags | None) -> Fact:
    """Return how many referred flags are open."""
    if counted is None:
        return Fact(standing=Standing.MET, words="None open", amount=0)
    waits = f", {counted.awaiting_department} for the Department" if counted.awaiting_department else ""
    sentence = f"{counted.open} referred to the Department and not closed{waits}."
    return Fact(
        standing=Standing.ATTENTION,
        words=f"{counted.open} open{waits}",
        amount=counted.open,
        reasons=(Reason(sentence=sentence, source="The area’s own referrals"),),
    )


def holds(*, stale: bool, recheck_on: date | None, on: date) -> bool:
    """Return whether a kept fact may be shown that day: nothing behind it changed, and no date behind it came."""
    return not stale and (recheck_on is None or on < recheck_on)


def next_financial_year(day: date) -> date:
    """Return the first day of the financial year after the day's."""
    return date(year_of(day) + 1, 4, 1)


def differences(*, kept: Mapping[Subject, Dated], computed: Mapping[Subject, Dated]) -> Sequence[Difference]:
    """Return where what was kept is not what the records say, or holds too long, in words that name no one."""
    return [
        Difference(subject=subject, kept=_told(row), computed=_told(computed[subject]))
        for subject, row in kept.items()
        if row != computed[subject]
    ]


def _told(row: Dated) -> str:
    until = f", until {row.recheck_on}" if row.recheck_on else ""
    return f"{row.fact.standing.value}: {row.fact.words} ({len(row.fact.reasons)} reasons{until})"
