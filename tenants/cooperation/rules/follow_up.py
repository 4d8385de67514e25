"""Reminders and follow-up steps: what is due by the calendar. The software proposes a step; a person takes it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from infra.working_days import add_working_days, working_days_between
from tenants.cooperation.rules.duties import Step
from tenants.cooperation.rules.requests import OPEN, RequestState

REMINDER_GRACE = 5  #: working days after which a reminder that was not sent is not sent any more


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """A step that the calendar suggests, counted from 1, with the evidence for it."""

    step: int
    title: str
    evidence: str


def proposed_step(
    *, steps: Sequence[Step], state: str, due_on: date, current: int, reminders_sent: int, on: date
) -> Proposal | None:
    """Return the furthest step whose day has come and that lies beyond the current one, or None.

    Raises `BeyondCalendar` when the bank holidays of the days between are not known.
    """
    if RequestState(state) not in OPEN or on <= due_on:
        return None
    late = working_days_between(due_on, on)
    reached = [number for number, step in enumerate(steps, start=1) if step.working_days <= late]
    if not reached or reached[-1] <= current:
        return None
    number = reached[-1]
    return Proposal(step=number, title=steps[number - 1].title, evidence=_evidence(due_on, late, reminders_sent))


def _evidence(due_on: date, late: int, reminders: int) -> str:
    days = f"{late} working day{'' if late == 1 else 's'}"
    sent = {0: "no reminder", 1: "1 reminder"}.get(reminders, f"{reminders} reminders")
    return f"Due {due_on.day} {due_on:%B %Y}, now {days} late; {sent} sent."


def reminder_due(*, days: Iterable[int], state: str, due_on: date, sent: Iterable[int], on: date) -> int | None:
    """Return the reminder day (working days from the due day) to send on `on`, or None.

    Only the latest one that has come counts, so that a sweep that was away for a week sends one reminder, not four;
    and none is sent more than five working days after its day. Raises `BeyondCalendar`.
    """
    if RequestState(state) not in OPEN:
        return None
    come = [day for day in days if add_working_days(due_on, day) <= on]
    if not come or max(come) in set(sent):
        return None
    on_day = add_working_days(due_on, max(come))
    return max(come) if working_days_between(on_day, on) <= REMINDER_GRACE else None
