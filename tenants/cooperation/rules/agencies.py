"""The states of a relevant agency in an area, and the moves between them."""

from __future__ import annotations

from enum import StrEnum


class AgencyState(StrEnum):
    """Where an agency stands in an area's arrangements. Values are stored."""

    NOT_SELECTED = "not_selected"
    SELECTED = "selected"
    NOTIFIED = "notified"
    ACKNOWLEDGED = "acknowledged"
    RECONFIRMED = "reconfirmed"
    DECLINED = "declined"
    CEASED = "ceased"


S = AgencyState

LABELS = {
    S.NOT_SELECTED: "Considered, not chosen",
    S.SELECTED: "Chosen, not told yet",
    S.NOTIFIED: "Told",
    S.ACKNOWLEDGED: "Acknowledged",
    S.RECONFIRMED: "Reconfirmed",
    S.DECLINED: "Declined",
    S.CEASED: "No longer included",
}

#: which states each move may start from
MOVES: dict[str, frozenset[AgencyState]] = {
    "choose": frozenset({S.NOT_SELECTED, S.CEASED}),
    "tell": frozenset({S.SELECTED, S.NOTIFIED, S.ACKNOWLEDGED, S.RECONFIRMED, S.DECLINED}),
    "acknowledge": frozenset({S.NOTIFIED, S.DECLINED}),
    "decline": frozenset({S.NOTIFIED}),
    "cease": frozenset({S.SELECTED, S.NOTIFIED, S.ACKNOWLEDGED, S.RECONFIRMED, S.DECLINED}),
}

#: agencies that take part, so that a new cycle asks them
INCLUDED = frozenset({S.SELECTED, S.NOTIFIED, S.ACKNOWLEDGED, S.RECONFIRMED})

CHANNELS = {
    "email": "Email",
    "letter": "Letter",
    "meeting": "Meeting",
    "telephone": "Telephone call",
    "portal": "This service",
}


def can_move(state: str, move: str) -> bool:
    """Return whether the move may start from that state."""
    return AgencyState(state) in MOVES[move]


def after_acknowledging(*, acknowledged_before: bool) -> AgencyState:
    """Return the state an acknowledgement leads to: reconfirmed when an earlier version was acknowledged."""
    return S.RECONFIRMED if acknowledged_before else S.ACKNOWLEDGED
