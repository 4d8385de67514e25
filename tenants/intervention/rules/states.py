"""Where a flag can be, who may move it, and where to: the state machine as a table.

Every move is a named person's decision. Only "review due" comes by itself, on the date an official set.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    """Where a flag is. All but `REVIEW_DUE` are stored."""

    RAISED = "raised"
    WITHDRAWN_LOCALLY = "withdrawn_locally"
    REFERRED = "referred"
    ACKNOWLEDGED = "acknowledged"
    INFORMATION_REQUESTED = "information_requested"
    ANSWERED = "answered"
    DECIDED = "decided"
    REVIEW_DUE = "review_due"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Move(StrEnum):
    """What a person does to a flag."""

    RAISE = "raise"
    AMEND = "amend"
    REFER = "refer"
    ACKNOWLEDGE = "acknowledge"
    ASK = "ask"
    ANSWER = "answer"
    DECIDE = "decide"
    CLOSE = "close"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"


class Party(StrEnum):
    """On whose side a person acts."""

    AREA = "area"
    SCRUTINEER = "scrutineer"
    OFFICIAL = "official"


class Step(NamedTuple):
    """One row of the table: this move takes a flag from one state to another, made by one of these parties."""

    move: Move
    before: State
    after: State
    by: frozenset[Party]


LOCAL = frozenset({Party.AREA, Party.SCRUTINEER})
DEPARTMENT = frozenset({Party.OFFICIAL})

STEPS: tuple[Step, ...] = (
    Step(Move.AMEND, State.RAISED, State.RAISED, LOCAL),
    Step(Move.REFER, State.RAISED, State.REFERRED, LOCAL),
    Step(Move.WITHDRAW, State.RAISED, State.WITHDRAWN_LOCALLY, LOCAL),
    Step(Move.REOPEN, State.WITHDRAWN_LOCALLY, State.RAISED, LOCAL),
    Step(Move.ACKNOWLEDGE, State.REFERRED, State.ACKNOWLEDGED, DEPARTMENT),
    Step(Move.ASK, State.ACKNOWLEDGED, State.INFORMATION_REQUESTED, DEPARTMENT),
    Step(Move.ASK, State.ANSWERED, State.INFORMATION_REQUESTED, DEPARTMENT),
    Step(Move.ASK, State.REVIEW_DUE, State.INFORMATION_REQUESTED, DEPARTMENT),
    Step(Move.ANSWER, State.INFORMATION_REQUESTED, State.ANSWERED, LOCAL),
    Step(Move.DECIDE, State.ACKNOWLEDGED, State.DECIDED, DEPARTMENT),
    Step(Move.DECIDE, State.INFORMATION_REQUESTED, State.DECIDED, DEPARTMENT),
    Step(Move.DECIDE, State.ANSWERED, State.DECIDED, DEPARTMENT),
    Step(Move.DECIDE, State.DECIDED, State.DECIDED, DEPARTMENT),
    Step(Move.DECIDE, State.REVIEW_DUE, State.DECIDED, DEPARTMENT),
    Step(Move.CLOSE, State.DECIDED, State.CLOSED, DEPARTMENT),
    Step(Move.CLOSE, State.REVIEW_DUE, State.CLOSED, DEPARTMENT),
    Step(Move.REOPEN, State.CLOSED, State.ACKNOWLEDGED, DEPARTMENT),
    Step(Move.WITHDRAW, State.REFERRED, State.WITHDRAWN, LOCAL),
    Step(Move.WITHDRAW, State.ACKNOWLEDGED, State.WITHDRAWN, LOCAL),
    Step(Move.WITHDRAW, State.INFORMATION_REQUESTED, State.WITHDRAWN, LOCAL),
    Step(Move.WITHDRAW, State.ANSWERED, State.WITHDRAWN, LOCAL),
    Step(Move.REOPEN, State.WITHDRAWN, State.REFERRED, LOCAL),
)

#: moves that belong to whoever raised the flag: partners do not rewrite or withdraw their scrutineer's flag
RAISERS_OWN = frozenset({Move.AMEND, Move.WITHDRAW})
OPEN = frozenset(State) - {State.CLOSED, State.WITHDRAWN, State.WITHDRAWN_LOCALLY}
NOT_REFERRED = frozenset({State.RAISED, State.WITHDRAWN_LOCALLY})
#: whose move is due; an open state that is not here waits for its review date
WAITS_FOR: dict[State, Party] = {
    State.RAISED: Party.AREA,
    State.REFERRED: Party.OFFICIAL,
    State.ACKNOWLEDGED: Party.OFFICIAL,
    State.INFORMATION_REQUESTED: Party.AREA,
    State.ANSWERED: Party.OFFICIAL,
    State.REVIEW_DUE: Party.OFFICIAL,
}


class Standing(NamedTuple):
    """What the rules need to know of a flag."""

    state: State
    raised_as: Party
    decided: bool = False


class Refusal(NamedTuple):
    """Why a move is refused: because of who asks, or because of where the flag is."""

    sentence: str
    because_of_role: bool


def state_on(stored: State, *, review_on: date | None, day: date) -> State:
    """Return the state on a day: a decision whose review date has come is due for review."""
    due = stored is State.DECIDED and review_on is not None and review_on <= day
    return State.REVIEW_DUE if due else stored


def step_for(move: Move, state: State) -> Step | None:
    """Return the row of the table for this move from this state, or None."""
    return next((step for step in STEPS if step.move is move and step.before is state), None)


def refusal(move: Move, *, flag: Standing, parties: frozenset[Party]) -> Refusal | None:
    """Return why these parties may not make this move on this flag now, or None when they may."""
    step = step_for(move, flag.state)
    makers = step.by if step else frozenset().union(*(s.by for s in STEPS if s.move is move))
    if parties.isdisjoint(makers):
        return Refusal(_WHO[makers].format(verb=VERBS[move]), because_of_role=True)
    if move in RAISERS_OWN and flag.raised_as not in parties:
        return Refusal(_OWN[flag.raised_as].format(verb=VERBS[move]), because_of_role=True)
    if step is None:
        return Refusal(f"You cannot {VERBS[move]} this flag: it {STANDS[flag.state]}.", because_of_role=False)
    if move is Move.WITHDRAW and flag.decided:
        return Refusal("The Department has decided on this flag, so it can no longer be withdrawn.", False)
    return None


def moves_open(*, flag: Standing, parties: frozenset[Party]) -> list[Move]:
    """Return the moves these parties may make now, in the order of the table."""
    steps = (step.move for step in STEPS if step.before is flag.state)
    return [move for move in steps if refusal(move, flag=flag, parties=parties) is None]


VERBS: dict[Move, str] = {
    Move.RAISE: "raise",
    Move.AMEND: "change",
    Move.REFER: "refer",
    Move.ACKNOWLEDGE: "acknowledge",
    Move.ASK: "ask for information about",
    Move.ANSWER: "answer the question about",
    Move.DECIDE: "decide on",
    Move.CLOSE: "close",
    Move.WITHDRAW: "withdraw",
    Move.REOPEN: "reopen",
}
LABELS: dict[State, str] = {
    State.RAISED: "Raised, not referred",
    State.WITHDRAWN_LOCALLY: "Withdrawn before referral",
    State.REFERRED: "Referred to the Department",
    State.ACKNOWLEDGED: "Acknowledged",
    State.INFORMATION_REQUESTED: "Information requested",
    State.ANSWERED: "Question answered",
    State.DECIDED: "Decided",
    State.REVIEW_DUE: "Review due",
    State.CLOSED: "Closed",
    State.WITHDRAWN: "Referral withdrawn",
}
STANDS: dict[State, str] = {
    State.RAISED: "has not been referred to the Department",
    State.WITHDRAWN_LOCALLY: "was withdrawn before it was referred",
    State.REFERRED: "has been referred and is waiting for the Department to acknowledge it",
    State.ACKNOWLEDGED: "has been acknowledged by the Department",
    State.INFORMATION_REQUESTED: "is waiting for an answer to the Department’s question",
    State.ANSWERED: "has been answered and is waiting for the Department",
    State.DECIDED: "has been decided",
    State.REVIEW_DUE: "has been decided and its review is due",
    State.CLOSED: "is closed",
    State.WITHDRAWN: "has been withdrawn",
}
_WHO: dict[frozenset[Party], str] = {
    LOCAL: (
        "Only the area’s business manager, a lead or delegated safeguarding partner, the partnership chair or the "
        "independent scrutineer can {verb} this flag."
    ),
    DEPARTMENT: "Only a Department official can {verb} this flag.",
    LOCAL | DEPARTMENT: "Only the area, its independent scrutineer or a Department official can {verb} this flag.",
}
_OWN: dict[Party, str] = {
    Party.AREA: "The area raised this flag, so only the area can {verb} it.",
    Party.SCRUTINEER: "The independent scrutineer raised this flag, so only the scrutineer can {verb} it.",
}
