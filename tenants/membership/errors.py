"""What can go wrong in membership, beyond what every capability knows; and what each database refusal means."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tenants.tenancy.errors import Problem, WrongState


class Overlap(Problem):
    """Two of something on one day where there can be one."""

    code = "OVERLAP"


class OutsidePeriod(Problem):
    """An office outlives what it is an office of."""

    code = "OUTSIDE_PERIOD"


def office_held() -> Problem:
    """Return that somebody holds the office on some of those days."""
    return Overlap(
        "Somebody already holds this office on some of those days. End, replace or take back their appointment first.",
        field="validFrom",
    )


def seat_held() -> Problem:
    """Return that somebody holds the seat on some of those days."""
    return Overlap(
        "Somebody already holds this seat on some of those days. End, replace or take back their appointment first.",
        field="validFrom",
    )


def partner_listed() -> Problem:
    """Return that the area already lists the body on some of those days."""
    return Overlap("This body is already a partner of the area on some of those days.", field="name")


def group_named() -> Problem:
    """Return that the area has another group of that name."""
    return Overlap("The area already has a group with this name on some of those days.", field="name")


def chaired() -> Problem:
    """Return that somebody chairs on some of those days."""
    return Overlap(
        "Somebody already chairs the partnership on some of those days. End or take back that chairing first.",
        field="validFrom",
    )


def outside_partner() -> Problem:
    """Return that the appointment is not within the body's own period."""
    return OutsidePeriod(
        "The appointment must lie within the days on which the body is a partner of the area.", field="validFrom"
    )


def outside_seat() -> Problem:
    """Return that the appointment is not within the seat's own period."""
    return OutsidePeriod("The appointment must lie within the days on which the seat exists.", field="validFrom")


def outside_group() -> Problem:
    """Return that the seat is not within the group's own period."""
    return OutsidePeriod("The seat must lie within the days on which the group exists.", field="validFrom")


def chair_not_delegate() -> Problem:
    """Return that the chair would not be a delegated safeguarding partner on every day."""
    return OutsidePeriod(
        "The partnership chair must be a delegated safeguarding partner on every day they chair. "
        "End the chairing first, or choose days within the appointment.",
        field="validFrom",
    )


def begins_later(what: str) -> Problem:
    """Return that something which would end begins after the day on which it would."""
    one = f"an {what}" if what[0] in "aeiou" else f"a {what}"
    return WrongState(f"There is {one} here that begins after that day. Take that back first, or correct it.")


def happened() -> Problem:
    """Return that what would be taken back has happened."""
    return WrongState("This is not ahead any more, so it cannot be taken back. Correct the record, or end it.")


def term_not_known() -> Problem:
    """Return that a scrutineer's end is not taken back: a term has a last day."""
    return WrongState("A scrutineer has a term. Correct the appointment, and enter the term’s last day.")


REFUSED: Mapping[str, Callable[[], Problem]] = {
    "one_holder_of_office": office_held,
    "one_holder_of_seat": seat_held,
    "partner_body_once": partner_listed,
    "partner_organisation_once": partner_listed,
    "board_group_once": group_named,
    "one_chair": chaired,
    "appointment_within_partner": outside_partner,
    "appointment_within_seat": outside_seat,
    "seat_within_group": outside_group,
    "chair_is_a_delegate": chair_not_delegate,
}
