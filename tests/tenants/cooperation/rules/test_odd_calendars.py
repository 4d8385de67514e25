"""Reminders and follow-up steps where the calendar is odd: Christmas, Easter, weekends, the turn of a year.

Bank holidays of these weeks: Good Friday 3 April and Easter Monday 6 April 2026; 25 December 2026, Monday 28 December
2026 for Boxing Day, and 1 January 2027.
"""

from __future__ import annotations

from datetime import date

import pytest

from tenants.cooperation.rules.duties import DEFAULT_STEPS, Step
from tenants.cooperation.rules.follow_up import proposed_step, reminder_due
from tenants.cooperation.rules.requests import academic_year, is_late


def proposed(due: date, on: date, *, steps: tuple[Step, ...] = DEFAULT_STEPS) -> tuple[int, str] | None:
    found = proposed_step(steps=steps, state="not_started", due_on=due, current=0, reminders_sent=0, on=on)
    return None if found is None else (found.step, found.evidence.partition("now ")[2].partition(" late")[0])


@pytest.mark.parametrize(
    ("due", "on", "step"),
    [
        # five working days after the last days before Christmas reach into January
        (date(2026, 12, 23), date(2026, 12, 31), None),
        (date(2026, 12, 23), date(2027, 1, 1), None),
        (date(2026, 12, 23), date(2027, 1, 4), (1, "5 working days")),
        # due on a Saturday: Monday is the first working day late
        (date(2026, 12, 19), date(2026, 12, 24), None),
        (date(2026, 12, 19), date(2026, 12, 28), None),
        (date(2026, 12, 19), date(2026, 12, 29), (1, "5 working days")),
        # due on Christmas Day itself
        (date(2026, 12, 25), date(2027, 1, 4), None),
        (date(2026, 12, 25), date(2027, 1, 5), (1, "5 working days")),
        # due the day before Good Friday
        (date(2026, 4, 2), date(2026, 4, 10), None),
        (date(2026, 4, 2), date(2026, 4, 13), (1, "5 working days")),
        # a weekend brings nothing new
        (date(2026, 4, 2), date(2026, 4, 18), (1, "9 working days")),
        (date(2026, 4, 2), date(2026, 4, 20), (2, "10 working days")),
    ],
)
def test_a_step_comes_after_working_days_only(due: date, on: date, step: tuple[int, str] | None) -> None:
    assert proposed(due, on) == step


def test_one_working_day_late_is_said_in_the_singular() -> None:
    first = (Step(title="Call", working_days=1),)
    assert proposed(date(2026, 12, 24), date(2026, 12, 28), steps=first) is None
    assert proposed(date(2026, 12, 24), date(2026, 12, 29), steps=first) == (1, "1 working day")


def test_of_two_steps_of_one_day_the_further_is_proposed() -> None:
    both = (Step(title="Call", working_days=2), Step(title="Write", working_days=2))
    assert proposed(date(2026, 4, 2), date(2026, 4, 8), steps=both) == (2, "2 working days")


def test_a_duty_without_steps_proposes_none() -> None:
    assert proposed(date(2026, 4, 2), date(2026, 9, 1), steps=()) is None


@pytest.mark.parametrize(
    ("day", "due", "on", "sends"),
    [
        # ten working days before Friday 8 January 2027 is Tuesday 22 December 2026
        (-10, date(2027, 1, 8), date(2026, 12, 21), False),
        (-10, date(2027, 1, 8), date(2026, 12, 22), True),
        (-10, date(2027, 1, 8), date(2026, 12, 31), True),  # the fifth working day after it
        (-10, date(2027, 1, 8), date(2027, 1, 4), False),  # the sixth: too old
        # one working day after Christmas Eve is Tuesday 29 December
        (1, date(2026, 12, 24), date(2026, 12, 28), False),
        (1, date(2026, 12, 24), date(2026, 12, 29), True),
        (1, date(2026, 12, 24), date(2027, 1, 6), True),
        (1, date(2026, 12, 24), date(2027, 1, 7), False),
        # on the due day itself, a Sunday
        (0, date(2026, 11, 29), date(2026, 11, 28), False),
        (0, date(2026, 11, 29), date(2026, 11, 29), True),
    ],
)
def test_a_reminder_goes_out_on_its_working_day_and_for_five_after(
    day: int, due: date, on: date, sends: bool
) -> None:
    found = reminder_due(days=(day,), state="draft", due_on=due, sent=(), on=on)
    assert found == (day if sends else None)


def test_a_duty_with_no_reminder_days_reminds_nobody() -> None:
    assert reminder_due(days=(), state="draft", due_on=date(2026, 12, 24), sent=(), on=date(2027, 1, 4)) is None


def test_a_reminder_that_came_later_than_the_last_one_sent_is_not_repeated() -> None:
    """The latest that has come was sent; an earlier one that was missed is not sent after it."""
    due, on = date(2026, 12, 18), date(2026, 12, 21)
    assert reminder_due(days=(-2, 1), state="draft", due_on=due, sent=(1,), on=on) is None


@pytest.mark.parametrize("state", ["not_started", "draft", "more_needed"])
def test_late_begins_the_day_after_the_due_day_whatever_day_it_is(state: str) -> None:
    due = date(2026, 12, 31)
    assert not is_late(state=state, due_on=due, on=due)
    assert is_late(state=state, due_on=due, on=date(2027, 1, 1))


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2026, 8, 31), "2025-26"),
        (date(2026, 9, 1), "2026-27"),
        (date(2026, 12, 31), "2026-27"),
        (date(2027, 1, 1), "2026-27"),
        (date(2099, 9, 1), "2099-00"),
        (date(2024, 2, 29), "2023-24"),
    ],
)
def test_an_academic_year_begins_in_september(day: date, year: str) -> None:
    assert academic_year(day) == year
