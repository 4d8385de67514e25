"""What can go wrong with figures, beyond what every capability knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tenants.tenancy.errors import Invalid, Problem, WrongState


def defined_already() -> Problem:
    """Return that the area has this edition of this indicator."""
    return Invalid("This area already has that version of that indicator.", field="edition")


def other_unit() -> Problem:
    """Return that an indicator's unit does not change: its figures would not compare."""
    return Invalid("An indicator keeps its unit in every version. Use another code for another unit.", field="unit")


def decided(state: str) -> Problem:
    """Return that the file's fate is settled."""
    words = {"accepted": "has been accepted", "discarded": "has been discarded", "refused": "was refused"}
    return WrongState(f"This file {words[state]} already.")


def nothing_to_take() -> Problem:
    """Return that a file has no good line."""
    return WrongState("This file has no figures that can be taken. Discard it, mend the lines and send it again.")


def target_taken() -> Problem:
    """Return that there is a target from that day."""
    return Invalid("There is a target from that day already. Remove it first, or choose another day.", field="fromOn")


REFUSED: Mapping[str, Callable[[], Problem]] = {
    "one_definition_an_edition": defined_already,
    "one_target_a_day": target_taken,
}
