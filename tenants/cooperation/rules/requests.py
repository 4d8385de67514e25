"""The states of a request to an agency, as a table; lateness is computed, never stored."""

from __future__ import annotations

from datetime import date
from enum import StrEnum


class RequestState(StrEnum):
    """Where one agency's answer to one duty stands. Values are stored."""

    NOT_STARTED = "not_started"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    MORE_NEEDED = "more_needed"
    DECLINED = "declined"
    CANCELLED = "cancelled"


S = RequestState

LABELS = {
    S.NOT_STARTED: "Not started",
    S.DRAFT: "Started",
    S.SUBMITTED: "Sent, awaiting reply",
    S.ACCEPTED: "Accepted",
    S.MORE_NEEDED: "More needed",
    S.DECLINED: "Declined",
    S.CANCELLED: "Cancelled",
}

OPEN = frozenset({S.NOT_STARTED, S.DRAFT, S.MORE_NEEDED})  #: the agency still has to send something
RETURNED = frozenset({S.SUBMITTED, S.ACCEPTED})

#: (state, verb) → next state; what is not here is refused
TRANSITIONS: dict[tuple[RequestState, str], RequestState] = {
    (S.NOT_STARTED, "save"): S.DRAFT,
    (S.DRAFT, "save"): S.DRAFT,
    (S.MORE_NEEDED, "save"): S.DRAFT,
    (S.NOT_STARTED, "submit"): S.SUBMITTED,
    (S.DRAFT, "submit"): S.SUBMITTED,
    (S.MORE_NEEDED, "submit"): S.SUBMITTED,
    (S.SUBMITTED, "withdraw"): S.DRAFT,
    (S.SUBMITTED, "accept"): S.ACCEPTED,
    (S.SUBMITTED, "ask_more"): S.MORE_NEEDED,
    (S.NOT_STARTED, "decline"): S.DECLINED,
    (S.DRAFT, "decline"): S.DECLINED,
    (S.MORE_NEEDED, "decline"): S.DECLINED,
    (S.DECLINED, "save"): S.DRAFT,
    (S.DECLINED, "submit"): S.SUBMITTED,
    (S.NOT_STARTED, "cancel"): S.CANCELLED,
    (S.DRAFT, "cancel"): S.CANCELLED,
    (S.MORE_NEEDED, "cancel"): S.CANCELLED,
    (S.DECLINED, "cancel"): S.CANCELLED,
}

_WHY_NOT = {
    S.SUBMITTED: "This return has been sent and is waiting for the partnership's reply.",
    S.ACCEPTED: "The partnership has accepted this return, so it cannot be changed.",
    S.DECLINED: "This request was declined.",
    S.CANCELLED: "The partnership no longer asks for this return.",
    S.NOT_STARTED: "Nothing has been sent yet.",
    S.DRAFT: "Nothing has been sent yet: the answer is still a draft.",
    S.MORE_NEEDED: "The partnership has asked for more, and is waiting for the answer.",
}


def next_state(state: str, verb: str) -> RequestState | None:
    """Return the state after the verb, or None when the verb is refused in that state."""
    return TRANSITIONS.get((RequestState(state), verb))


def why_not(state: str) -> str:
    """Return a sentence that says why nothing more can be done in that state."""
    return _WHY_NOT[RequestState(state)]


def is_late(*, state: str, due_on: date, on: date) -> bool:
    """Return whether the agency still owes an answer after the due day. A decline is an answer, not lateness."""
    return RequestState(state) in OPEN and on > due_on


def academic_year(day: date) -> str:
    """Return the academic year (1 September to 31 August) of a day, as the field writes it: 2026-27."""
    start = day.year if day.month >= 9 else day.year - 1
    return f"{start}-{(start + 1) % 100:02d}"
