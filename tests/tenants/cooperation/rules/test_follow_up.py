"""What the calendar proposes, by example. Due Friday 13 February 2026."""

from __future__ import annotations

from datetime import date

import pytest

from infra.working_days import BeyondCalendar
from tenants.cooperation.rules.duties import DEFAULT_REMINDERS, DEFAULT_STEPS, Step
from tenants.cooperation.rules.follow_up import proposed_step, reminder_due

DUE = date(2026, 2, 13)


def step(on: date, *, state: str = "not_started", current: int = 0) -> int | None:
    found = proposed_step(steps=DEFAULT_STEPS, state=state, due_on=DUE, current=current, reminders_sent=2, on=on)
    return None if found is None else found.step


@pytest.mark.parametrize(
    ("on", "proposed"),
    [
        (date(2026, 2, 13), None),
        (date(2026, 2, 19), None),  # 4 working days late
        (date(2026, 2, 20), 1),
        (date(2026, 2, 27), 2),
        (date(2026, 3, 6), 3),
        (date(2026, 3, 13), 4),
        (date(2026, 3, 27), 5),
        (date(2026, 4, 14), 6),  # Good Friday and Easter Monday lie between
        (date(2026, 4, 10), 5),
    ],
)
def test_the_step_whose_day_has_come(on: date, proposed: int | None) -> None:
    assert step(on) == proposed


@pytest.mark.parametrize("state", ["submitted", "accepted", "declined", "cancelled"])
def test_nothing_is_proposed_for_those_who_owe_nothing(state: str) -> None:
    assert step(date(2026, 4, 14), state=state) is None


def test_nothing_is_proposed_that_a_person_has_already_done() -> None:
    assert step(date(2026, 2, 27), current=1) == 2
    assert step(date(2026, 2, 27), current=2) is None
    assert step(date(2026, 2, 27), current=5) is None


@pytest.mark.parametrize(
    ("reminders", "on", "evidence"),
    [
        (0, date(2026, 2, 20), "Due 13 February 2026, now 5 working days late; no reminder sent."),
        (1, date(2026, 2, 20), "Due 13 February 2026, now 5 working days late; 1 reminder sent."),
        (2, date(2026, 2, 23), "Due 13 February 2026, now 6 working days late; 2 reminders sent."),
    ],
)
def test_the_proposal_shows_its_evidence(reminders: int, on: date, evidence: str) -> None:
    found = proposed_step(
        steps=DEFAULT_STEPS, state="draft", due_on=DUE, current=0, reminders_sent=reminders, on=on
    )
    assert found is not None
    assert found.title == "Second reminder"
    assert found.evidence == evidence


@pytest.mark.parametrize(
    ("on", "evidence"),
    [
        (DUE, None),
        (date(2026, 2, 15), None),  # a Sunday
        (date(2026, 2, 16), "Due 13 February 2026, now 1 working day late; no reminder sent."),
    ],
)
def test_a_step_of_the_first_working_day_waits_for_it(on: date, evidence: str | None) -> None:
    steps = [Step(title="Telephone", working_days=1)]
    found = proposed_step(steps=steps, state="draft", due_on=DUE, current=0, reminders_sent=0, on=on)
    assert (found.evidence if found else None) == evidence


@pytest.mark.parametrize(
    ("on", "sent", "day"),
    [
        (date(2026, 1, 29), [], None),
        (date(2026, 1, 30), [], -10),
        (date(2026, 2, 3), [], -10),  # the sweep was away for two days
        (date(2026, 1, 30), [-10], None),
        (date(2026, 2, 9), [], None),  # too old to send now
        (date(2026, 2, 11), [-10], -2),
        (date(2026, 2, 11), [], -2),  # one reminder, not two
        (date(2026, 2, 16), [-10, -2], 1),
        (date(2026, 2, 16), [-10, -2, 1], None),
        (date(2026, 3, 16), [-10, -2], None),
    ],
)
def test_at_most_one_reminder_for_each_reminder_day(on: date, sent: list[int], day: int | None) -> None:
    assert reminder_due(days=DEFAULT_REMINDERS, state="not_started", due_on=DUE, sent=sent, on=on) == day


@pytest.mark.parametrize("state", ["submitted", "accepted", "declined", "cancelled"])
def test_nobody_is_reminded_who_owes_nothing(state: str) -> None:
    assert reminder_due(days=(1,), state=state, due_on=DUE, sent=[], on=date(2026, 2, 16)) is None


@pytest.mark.parametrize(
    ("on", "step"),
    [(date(2029, 1, 5), None), (date(2029, 1, 8), 1)],
    ids=["New Year's Day is none of the five", "five working days late"],
)
def test_the_calendar_goes_on_after_the_last_announced_bank_holiday(on: date, step: int | None) -> None:
    """Nothing was proposed and nobody was reminded any more from the first day of the year after it."""
    due = date(2028, 12, 29)
    found = proposed_step(steps=DEFAULT_STEPS, state="draft", due_on=due, current=0, reminders_sent=0, on=on)
    assert (found.step if found else None) == step
    assert reminder_due(days=(5,), state="draft", due_on=due, sent=[], on=on) == (5 if step else None)


def test_before_the_known_bank_holidays_it_refuses_to_guess() -> None:
    with pytest.raises(BeyondCalendar):
        reminder_due(days=(-5,), state="draft", due_on=date(2012, 1, 4), sent=[], on=date(2012, 1, 4))
