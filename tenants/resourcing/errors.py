"""What can go wrong in resourcing, beyond what every capability knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tenants.resourcing.rules import STATE_LABELS, Event, Form, State, pounds
from tenants.tenancy.errors import Invalid, Problem, WrongState

_VERBS = {
    Event.CHANGE: "changed",
    Event.AGREE: "agreed",
    Event.INVOICE: "invoiced",
    Event.CORRECT_INVOICE: "given another invoice",
    Event.RECEIVE_PART: "received",
    Event.RECEIVE_ALL: "received",
    Event.REDUCE: "reduced",
    Event.WITHDRAW: "withdrawn",
    Event.REVERSE_PART: "reversed",
    Event.REVERSE_ALL: "reversed",
}


def cannot(form: Form, state: State, event: Event) -> Problem:
    """Return why the event cannot happen to a contribution in this state."""
    if form is Form.IN_KIND and event in (Event.INVOICE, Event.CORRECT_INVOICE):
        return WrongState("A contribution in kind is not invoiced. Record what was given as received.")
    label = STATE_LABELS[state].lower()
    return WrongState(f"This contribution is {label}, so it cannot be {_VERBS[event]}.")


def year_taken() -> Problem:
    """Return that the area has a budget for the year."""
    return Invalid("This area already has a budget for that financial year.", field="year")


def agreed_already() -> Problem:
    """Return that the body's lead has agreed this version."""
    return WrongState("This was already agreed for your body.")


def budget_agreed() -> Problem:
    """Return that an agreed budget is not changed."""
    return WrongState("This budget has been agreed. Reopen it with a reason before you change it.")


def same_invoice() -> Problem:
    """Return that a correction says what is recorded already."""
    return Invalid("The invoice is recorded with this number and this date already.", field="reference")


def not_between(*, came: int, first: int, now: int) -> Problem:
    """Return that a contribution is reduced to no less than has come and no more than was promised, in pence."""
    least = f"from {pounds(came)}, which has come, to" if came else "of a penny or more, and at most"
    words = f"Enter an amount {least} {pounds(first)}, which was promised"
    return Invalid(f"{words}; it is {pounds(now)} now.", field="amountPence")


def came_already(came: int) -> Problem:
    """Return that a contribution of which some pence have come is not withdrawn."""
    return WrongState(f"{pounds(came)} of this contribution has come, so it cannot be withdrawn. Reduce it to that.")


def less_than_received() -> Problem:
    """Return that less would be promised than has come."""
    return Invalid("More than this amount has come already.", field="amountPence")


def more_than_promised() -> Problem:
    """Return that more would be received than was promised."""
    return Invalid("More than the amount promised would have been received.", field="amountPence")


def reversed_already() -> Problem:
    """Return that the receipt was reversed before."""
    return WrongState("This receipt has been reversed already.")


def reversal_stays() -> Problem:
    """Return that a reversal is not reversed: what came is recorded anew."""
    return WrongState("This is a reversal. If the money came after all, record it again.")


def over(remaining: int) -> Problem:
    """Return that the amount is more than what is still to come."""
    return Invalid(f"Only {pounds(remaining)} of this contribution is still to come.", field="amountPence")


REFUSED: Mapping[str, Callable[[], Problem]] = {
    "one_budget_a_year": year_taken,
    "agreed_once": agreed_already,
    "reversed_once": reversed_already,
    "not_more_than_promised": more_than_promised,
    "not_less_than_received": less_than_received,
}
