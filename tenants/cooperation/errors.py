"""What can go wrong in cooperation, said so that a person can act on it."""

from __future__ import annotations

from collections.abc import Iterable

from tenants.cooperation.rules import requests
from tenants.cooperation.rules.agencies import LABELS, AgencyState
from tenants.cooperation.rules.answers import Fault
from tenants.tenancy.errors import Invalid, Problems, WrongState


def agency_cannot(name: str, state: str, what: str) -> WrongState:
    """Return the problem of a move that an agency's state does not allow."""
    return WrongState(f"{name} cannot be {what}: it stands at “{LABELS[AgencyState(state)]}”.")


def request_cannot(state: str) -> WrongState:
    """Return the problem of a verb that a request's state does not allow."""
    return WrongState(requests.why_not(state))


def already_chosen(name: str) -> WrongState:
    """Return the problem of an agency that the area has on its list already."""
    return WrongState(f"{name} is already on this area's list of relevant agencies.")


def not_published() -> WrongState:
    """Return the problem of a duty that nobody can be asked yet."""
    return WrongState("Publish this duty before you ask agencies for it.")


def nobody_in_scope() -> WrongState:
    """Return the problem of a cycle that would ask nobody."""
    return WrongState(
        "No relevant agency of this area is in the categories that this duty asks. Choose agencies first, "
        "or change the categories."
    )


def answer_faults(found: Iterable[Fault]) -> Problems:
    """Return the problems of a form, one for each question, on the field `answers.KEY`."""
    return Problems([Invalid(fault.message, field=f"answers.{fault.key}") for fault in found])


def not_confirmed(count: int) -> Invalid:
    """Return the problem of last year's answers that nobody has checked."""
    what = "1 answer was" if count == 1 else f"{count} answers were"
    return Invalid(
        f"{what} carried over from last year. Check them, then confirm that they are still right.",
        field="confirmPrefilled",
    )

