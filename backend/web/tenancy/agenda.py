"""What an area's front page says is due and missing, from what its capabilities report. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

SOON_DAYS = 90


@dataclass(frozen=True, kw_only=True)
class Item:
    """Something with a day: late when the day has passed."""

    on: date
    text: str
    href: str
    late: bool


@dataclass(frozen=True, kw_only=True)
class Gap:
    """Something that is not there: the sentence, its source in law or guidance, and where to mend it."""

    text: str
    source: str
    href: str


@dataclass(frozen=True, kw_only=True)
class Reply:
    """Something an agency sent that waits for the partnership's reply."""

    text: str
    href: str


def due(*, cycles: list[Any], flags: list[Any], slug: str, today: date) -> list[Item]:
    """Return what is late or due in the next 90 days, soonest first."""
    found = [item for cycle in cycles if (item := _cycle(cycle, slug=slug, today=today))]
    for flag in flags:
        for what, day in (("Reply", flag.replyDueOn), ("Review", flag.reviewOn)):
            if day is not None:
                on = date.fromisoformat(day)
                text, href = f"{what} on flag: {flag.title}", f"/area/{slug}/flags/{flag.id}"
                found.append(Item(on=on, text=text, href=href, late=on < today))
    return sorted((item for item in found if (item.on - today).days <= SOON_DAYS), key=lambda item: item.on)


def _cycle(cycle: Any, *, slug: str, today: date) -> Item | None:
    on, waiting = date.fromisoformat(cycle.dueOn), cycle.asked - cycle.returned - cycle.declined
    if waiting <= 0 or date.fromisoformat(cycle.opensOn) > today:
        return None
    answers = "1 answer" if waiting == 1 else f"{waiting:,} answers"
    text = f"{cycle.dutyTitle}, {cycle.label}: {answers} still to come"
    return Item(on=on, text=text, href=f"/area/{slug}/cycles/{cycle.id}", late=on < today)


def replies(*, cycles: list[Any], questions: list[Any], slug: str) -> list[Reply]:
    """Return what agencies have sent that nobody has replied to: their questions, then the returns of each cycle."""
    asked = [
        Reply(
            text=f"{each.agencyName} asked about {each.title}, {each.cycleLabel}",
            href=f"/area/{slug}/requests/{each.id}",
        )
        for each in questions
    ]
    return asked + [
        Reply(text=_returns(cycle, number), href=f"/area/{slug}/cycles/{cycle.id}?state=submitted")
        for cycle in cycles
        if (number := cycle.returned - cycle.accepted)
    ]


def _returns(cycle: Any, number: int) -> str:
    return f"{cycle.dutyTitle}, {cycle.label}: {'1 return' if number == 1 else f'{number:,} returns'}"


def waiting(agreements: list[Any]) -> str | None:
    """Return what waits for the viewer's own agreement as a lead, in one sentence; None when nothing does."""
    budgets = [each.item.title[0].lower() + each.item.title[1:] for each in agreements if each.item.what == "budget"]
    number = len(agreements) - len(budgets)
    given = [] if number == 0 else ["1 contribution" if number == 1 else f"{number:,} contributions"]
    things = [f"the {title}" for title in budgets] + given
    if not things:
        return None
    verb = "waits" if len(agreements) == 1 else "wait"
    said = f"{', '.join(things[:-1])} and {things[-1]}" if len(things) > 1 else things[0]
    return f"{said[0].upper()}{said[1:]} {verb} for your agreement"


def missing(*, completeness: Any, budgets: list[Any], slug: str, today: date) -> list[Gap]:
    """Return what membership lacks, and a budget for this financial year that is not there or not agreed."""
    gaps = [
        Gap(text=finding.sentence, source=finding.source, href=f"/area/{slug}/membership")
        for finding in completeness.missing
    ]
    return gaps + _budget(budgets, slug=slug, year=financial_year(today))


def financial_year(day: date) -> int:
    """Return the calendar year in which the day's financial year began, on 1 April."""
    return day.year if (day.month, day.day) >= (4, 1) else day.year - 1


def _budget(budgets: list[Any], *, slug: str, year: int) -> list[Gap]:
    label = f"{year}-{(year + 1) % 100:02}"
    source, href = "Working Together 2023, chapter 2", f"/area/{slug}/resourcing"
    this = next((budget for budget in budgets if budget.year == year), None)
    if this is None:
        return [Gap(text=f"There is no budget for {label}.", source=source, href=href)]
    if this.state != "agreed":
        text = f"The budget for {label} is not agreed by every lead safeguarding partner."
        return [Gap(text=text, source=source, href=href)]
    return []
