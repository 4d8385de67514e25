"""What can go wrong with the register, said so that a person can act on it."""

from __future__ import annotations

from tenants.tenancy.errors import Invalid, WrongState


def name_missing() -> Invalid:
    return Invalid("Enter the organisation's name, between 2 and 200 characters.", field="name")


def not_by_hand(kind: str) -> Invalid:
    return Invalid(f"A {kind} comes from the Department's register and cannot be entered by hand.", field="kind")


def code_needed(field: str, what: str) -> Invalid:
    return Invalid(f"Enter {what}.", field=field)


def code_taken(field: str, holder: str) -> Invalid:
    return Invalid(f"That code already belongs to {holder}.", field=field)


def unknown_kind(kind: str) -> Invalid:
    return Invalid(f"“{kind[:40]}” is not a kind of organisation.", field="kind")


def unlike_bodies() -> Invalid:
    return Invalid("Only organisations of the same kind can follow one another.", field="successorId")


def follows_itself() -> Invalid:
    return Invalid("An organisation cannot be its own successor.", field="successorId")


def already_closed(name: str) -> WrongState:
    return WrongState(f"{name} is already closed.")


def lives_in_the_register() -> Invalid:
    return Invalid("Where a school or trust is present follows from the register.", field="organisationId")
