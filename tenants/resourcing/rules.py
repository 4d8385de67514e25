"""Financial years, the life of a contribution, shares and balances. Pure; money in pence, shares in basis points.

Shares are shown and never judged: no formula exists (Working Together 2023 chapter 2; Children Act 2004 s.16I).
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

K = TypeVar("K", bound=Hashable)

MOST_PENCE = 100_000_000_000  #: a thousand million pounds: more is a slip of a finger


class LineKind(StrEnum):
    """What a partnership spends on (Working Together 2023 chapter 2)."""

    BUSINESS_SUPPORT = "business_support"
    SCRUTINY = "scrutiny"
    REVIEWS = "reviews"
    TRAINING = "training"
    ANALYSIS = "analysis"
    OTHER = "other"


class Form(StrEnum):
    """How something is given (Children Act 2004 s.16I: payments, or staff, goods, services, accommodation)."""

    CASH = "cash"
    IN_KIND = "in_kind"


class Agreed(StrEnum):
    """What a lead agrees."""

    BUDGET = "budget"
    CONTRIBUTION = "contribution"


class State(StrEnum):
    """Where a contribution stands."""

    PLEDGED = "pledged"
    AGREED = "agreed"
    INVOICED = "invoiced"
    PART_RECEIVED = "part_received"
    RECEIVED = "received"
    REDUCED = "reduced"
    WITHDRAWN = "withdrawn"


class Event(StrEnum):
    """What happens to a contribution."""

    CHANGE = "change"
    AGREE = "agree"
    INVOICE = "invoice"
    CORRECT_INVOICE = "correct_invoice"
    RECEIVE_PART = "receive_part"
    RECEIVE_ALL = "receive_all"
    REDUCE = "reduce"
    WITHDRAW = "withdraw"
    REVERSE_PART = "reverse_part"
    REVERSE_ALL = "reverse_all"


LINE_LABELS = {
    LineKind.BUSINESS_SUPPORT: "Business support",
    LineKind.SCRUTINY: "Independent scrutiny",
    LineKind.REVIEWS: "Child safeguarding practice reviews",
    LineKind.TRAINING: "Training and learning events",
    LineKind.ANALYSIS: "Analysis",
    LineKind.OTHER: "Other",
}
FORM_LABELS = {Form.CASH: "Cash", Form.IN_KIND: "In kind"}
STATE_LABELS = {
    State.PLEDGED: "Pledged",
    State.AGREED: "Agreed",
    State.INVOICED: "Invoiced",
    State.PART_RECEIVED: "Part received",
    State.RECEIVED: "Received",
    State.REDUCED: "Reduced, to be agreed",
    State.WITHDRAWN: "Withdrawn",
}

#: The life of a contribution: cash is invoiced before it comes, what is in kind is given as agreed. When a receipt is
#: reversed, something else has come (REVERSE_PART) or nothing has (REVERSE_ALL). One that is reduced waits for every
#: lead; money comes and goes meanwhile, and where it stands when they have agreed is `settled`.
LIFE: Mapping[tuple[Form, State, Event], State] = {
    **{(form, State.PLEDGED, Event.CHANGE): State.PLEDGED for form in Form},
    **{(form, State.AGREED, Event.CHANGE): State.PLEDGED for form in Form},
    **{(form, State.PLEDGED, Event.AGREE): State.AGREED for form in Form},
    (Form.CASH, State.AGREED, Event.INVOICE): State.INVOICED,
    **{
        (Form.CASH, state, Event.CORRECT_INVOICE): state
        for state in (State.INVOICED, State.PART_RECEIVED, State.RECEIVED, State.REDUCED)
    },
    (Form.CASH, State.INVOICED, Event.RECEIVE_PART): State.PART_RECEIVED,
    (Form.CASH, State.INVOICED, Event.RECEIVE_ALL): State.RECEIVED,
    (Form.IN_KIND, State.AGREED, Event.RECEIVE_PART): State.PART_RECEIVED,
    (Form.IN_KIND, State.AGREED, Event.RECEIVE_ALL): State.RECEIVED,
    **{(form, State.PART_RECEIVED, Event.RECEIVE_PART): State.PART_RECEIVED for form in Form},
    **{(form, State.PART_RECEIVED, Event.RECEIVE_ALL): State.RECEIVED for form in Form},
    **{
        (form, state, Event.REVERSE_PART): State.PART_RECEIVED
        for form in Form
        for state in (State.PART_RECEIVED, State.RECEIVED)
    },
    **{
        (form, state, Event.REVERSE_ALL): State.INVOICED if form is Form.CASH else State.AGREED
        for form in Form
        for state in (State.PART_RECEIVED, State.RECEIVED)
    },
    (Form.CASH, State.INVOICED, Event.REDUCE): State.REDUCED,
    **{(form, state, Event.REDUCE): State.REDUCED for form in Form for state in (State.PART_RECEIVED, State.REDUCED)},
    **{
        (form, State.REDUCED, event): State.REDUCED
        for form in Form
        for event in (Event.RECEIVE_PART, Event.RECEIVE_ALL, Event.REVERSE_PART, Event.REVERSE_ALL)
    },
    **{(form, State.REDUCED, Event.AGREE): State.PART_RECEIVED for form in Form},
    **{
        (form, state, Event.WITHDRAW): State.WITHDRAWN
        for form in Form
        for state in (State.PLEDGED, State.AGREED, State.INVOICED, State.REDUCED)
    },
}


def after(form: Form, state: State, event: Event) -> State | None:
    """Return the state that follows, or None when the event cannot happen in this state."""
    return LIFE.get((form, state, event))


def settled(form: Form, *, amount: int, came: int) -> State:
    """Return where a reduced contribution stands once every lead has agreed to it, by what has come of it in pence."""
    state = State.PART_RECEIVED
    if came in (0, amount):
        state = LIFE[(form, state, Event.RECEIVE_ALL if came else Event.REVERSE_ALL)]
    return state


def year_of(day: date) -> int:
    """Return the financial year of a day by the calendar year in which it starts: 1 April to 31 March."""
    return day.year if (day.month, day.day) >= (4, 1) else day.year - 1


def year_label(year: int) -> str:
    """Return how people write a financial year: 2026-27."""
    return f"{year}-{(year + 1) % 100:02d}"


def year_from_label(label: str) -> int | None:
    """Return the year of a label such as 2026-27, or None when it is not one."""
    match = re.fullmatch(r"(20\d\d)-(\d\d)", label, re.ASCII)
    if match is None or (int(match[1]) + 1) % 100 != int(match[2]):
        return None
    return int(match[1])


def shares(amounts: Mapping[K, int]) -> dict[K, int]:
    """Return each one's share of the whole in basis points, by largest remainder, so that they add up to 10,000.

    All are 0 when the whole is 0.
    """
    whole = sum(amounts.values())
    if whole == 0:
        return dict.fromkeys(amounts, 0)
    exact = {key: divmod(amount * 10_000, whole) for key, amount in amounts.items()}
    found = {key: quotient for key, (quotient, _) in exact.items()}
    spare = 10_000 - sum(found.values())
    for key in sorted(exact, key=lambda key: -exact[key][1])[:spare]:
        found[key] += 1
    return found


@dataclass(frozen=True, kw_only=True, slots=True)
class Balance:
    """A year's money at a glance, in pence."""

    planned: int
    promised: int
    received: int
    spent: int

    @property
    def unfunded(self) -> int:
        """Return what is planned and not promised; below zero when more is promised than planned."""
        return self.planned - self.promised

    @property
    def outstanding(self) -> int:
        """Return what is promised and has not come."""
        return self.promised - self.received


def all_agreed(*, needed: Iterable[UUID], agreed: Iterable[UUID]) -> bool:
    """Return whether every body whose agreement is needed has given it; nobody to agree means not agreed."""
    bodies = set(needed)
    return bool(bodies) and bodies <= set(agreed)


def pounds(pence: int) -> str:
    """Return an amount as pages write it: £1,234.50, whole pounds without pence."""
    sign, amount = ("−" if pence < 0 else ""), abs(pence)
    whole, rest = divmod(amount, 100)
    return f"{sign}£{whole:,}" if rest == 0 else f"{sign}£{whole:,}.{rest:02d}"
