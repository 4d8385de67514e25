"""What can go wrong with a connection, in words."""

from __future__ import annotations

from tenants.tenancy.errors import Invalid, WrongState

_NOT_RUNNING = {
    "paused": "This connection is paused. Resume it first.",
    "reauthorise": "The agency no longer accepts our credentials. Set new ones, then test the connection.",
    "retired": "This connection was retired. Link the system again to use it.",
}


def not_running(state: str) -> WrongState:
    """The connection is not active."""
    return WrongState(_NOT_RUNNING.get(state, "This connection cannot run now."))


def under_way() -> WrongState:
    """A run of this connection is queued or running."""
    return WrongState(
        "A run of this connection is under way. Wait until it has ended, or pause the connection to stop it."
    )


def decided() -> WrongState:
    """The proposal has been decided, or a newer one took its place."""
    return WrongState("This proposal no longer waits for a decision.")


def not_refused() -> WrongState:
    """Only a refusal can be taken back."""
    return WrongState("This proposal is not refused, so there is nothing to take back.")


def followed() -> WrongState:
    """The system has said something newer of the same person."""
    return WrongState("The system has said something newer of this person since. Decide on that instead.")


def no_such_credential() -> Invalid:
    """A credential of a kind that this way of signing in does not use."""
    return Invalid("Select which credential this is.", field="kind")


def system_stays() -> Invalid:
    """Another system is another connection."""
    return Invalid("The system of a connection cannot be changed. Link the other system instead.", field="system")


def no_email() -> WrongState:
    """Nobody can be invited without an address."""
    return WrongState("The proposal has no email address, so nobody can be invited. Refuse it, or invite by hand.")
