"""Who may move a flag from where to where: every state, every move, every role, by one table to read."""

from __future__ import annotations

from datetime import date

import pytest

from infra.ids import uuid7
from tenants.intervention.permissions import parties_of
from tenants.intervention.rules.states import (
    OPEN,
    STEPS,
    WAITS_FOR,
    Move,
    Party,
    Standing,
    State,
    moves_open,
    refusal,
    state_on,
    step_for,
)
from tenants.tenancy.roles import AGENCY_ROLES, Role
from tests.support.world import actor

# a: the area's people; s: the independent scrutineer; o: officials; then the state it leads to
TABLE = """
                      | amend     | refer       | acknowledge     | ask                      | answer      | decide     | close     | withdraw             | reopen
raised                | as raised | as referred |                 |                          |             |            |           | as withdrawn_locally |
withdrawn_locally     |           |             |                 |                          |             |            |           |                      | as raised
referred              |           |             | o  acknowledged |                          |             |            |           | as withdrawn         |
acknowledged          |           |             |                 | o  information_requested |             | o  decided |           | as withdrawn         |
information_requested |           |             |                 |                          | as answered | o  decided |           | as withdrawn         |
answered              |           |             |                 | o  information_requested |             | o  decided |           | as withdrawn         |
decided               |           |             |                 |                          |             | o  decided | o  closed |                      |
review_due            |           |             |                 | o  information_requested |             | o  decided | o  closed |                      |
closed                |           |             |                 |                          |             |            |           |                      | o  acknowledged
withdrawn             |           |             |                 |                          |             |            |           |                      | as referred
"""  # noqa: E501

LETTERS = {"a": Party.AREA, "s": Party.SCRUTINEER, "o": Party.OFFICIAL}


def read_table() -> dict[tuple[State, Move], tuple[frozenset[Party], State]]:
    head, *rows = [[cell.strip() for cell in line.split("|")] for line in TABLE.strip("\n").splitlines()]
    return {
        (State(row[0]), Move(move)): (frozenset(LETTERS[c] for c in cell.split()[0]), State(cell.split()[1]))
        for row in rows
        for move, cell in zip(head[1:], row[1:], strict=True)
        if cell
    }


EXPECTED = read_table()
SIDES: dict[Role, frozenset[Party]] = {
    Role.BUSINESS_MANAGER: frozenset({Party.AREA}),
    Role.LEAD_SAFEGUARDING_PARTNER: frozenset({Party.AREA}),
    Role.DELEGATED_SAFEGUARDING_PARTNER: frozenset({Party.AREA}),
    Role.PARTNERSHIP_CHAIR: frozenset({Party.AREA}),
    Role.INDEPENDENT_SCRUTINEER: frozenset({Party.SCRUTINEER}),
    Role.OFFICIAL: frozenset({Party.OFFICIAL}),
    Role.SENIOR_OFFICIAL: frozenset({Party.OFFICIAL}),
}
LOCAL_ONLY = "business manager, a lead or delegated safeguarding partner"


def test_the_rules_hold_exactly_the_steps_of_the_table() -> None:
    assert {(s.before, s.move): (s.by, s.after) for s in STEPS} == EXPECTED
    assert len(STEPS) == len(EXPECTED)


@pytest.mark.parametrize("role", list(Role))
def test_each_role_acts_on_its_side_and_no_other(role: Role) -> None:
    who = actor(role, area_id=7, organisation_id=uuid7() if role in AGENCY_ROLES else None)
    assert parties_of(who, area_id=7) == SIDES.get(role, frozenset())


@pytest.mark.parametrize("role", list(SIDES))
@pytest.mark.parametrize("move", [move for move in Move if move is not Move.RAISE])
@pytest.mark.parametrize("state", list(State))
def test_a_move_is_allowed_or_refused_in_words(state: State, move: Move, role: Role) -> None:
    parties = SIDES[role]
    flag = Standing(state, raised_as=Party.SCRUTINEER if Party.SCRUTINEER in parties else Party.AREA)
    refused = refusal(move, flag=flag, parties=parties)
    makers, _ = EXPECTED.get((state, move), (frozenset(), None))
    if parties & makers:
        assert refused is None
        return
    assert refused is not None
    side_makes_it_somewhere = any(parties & by for (_, m), (by, _) in EXPECTED.items() if m is move)
    if makers or not side_makes_it_somewhere:
        assert refused.because_of_role
        local = Party.OFFICIAL in parties
        assert (LOCAL_ONLY in refused.sentence) == local
        assert ("Only a Department official" in refused.sentence) == (not local)
    else:
        assert not refused.because_of_role
        assert refused.sentence.startswith("You cannot ")


@pytest.mark.parametrize(
    ("state", "move", "parties", "sentence"),
    [
        (State.RAISED, Move.ACKNOWLEDGE, "o", "it has not been referred to the Department."),
        (State.CLOSED, Move.DECIDE, "o", "You cannot decide on this flag: it is closed."),
        (State.REFERRED, Move.REFER, "a", "it has been referred and is waiting for the Department to acknowledge it."),
        (State.REFERRED, Move.DECIDE, "a", "Only a Department official can decide on this flag."),
        (State.ANSWERED, Move.ANSWER, "s", "You cannot answer the question about this flag: it has been answered"),
        (State.WITHDRAWN, Move.WITHDRAW, "a", "You cannot withdraw this flag: it has been withdrawn."),
    ],
)
def test_a_refusal_says_what_is_in_the_way(state: State, move: Move, parties: str, sentence: str) -> None:
    sides = frozenset(LETTERS[letter] for letter in parties)
    refused = refusal(move, flag=Standing(state, raised_as=next(iter(sides))), parties=sides)
    assert refused is not None
    assert sentence in refused.sentence


@pytest.mark.parametrize("move", [Move.AMEND, Move.WITHDRAW])
def test_partners_do_not_change_or_withdraw_their_scrutineers_flag_nor_the_other_way_round(move: Move) -> None:
    for raiser, other in ((Party.SCRUTINEER, Party.AREA), (Party.AREA, Party.SCRUTINEER)):
        flag = Standing(State.RAISED, raised_as=raiser)
        refused = refusal(move, flag=flag, parties=frozenset({other}))
        assert refused is not None
        assert refused.because_of_role
        assert raiser.value in refused.sentence
        assert refusal(move, flag=flag, parties=frozenset({raiser})) is None
        assert refusal(Move.REFER, flag=flag, parties=frozenset({other})) is None, "either may refer it"


def test_what_the_department_has_decided_cannot_be_withdrawn_while_it_asks_again_at_review() -> None:
    flag = Standing(State.INFORMATION_REQUESTED, raised_as=Party.AREA, decided=True)
    refused = refusal(Move.WITHDRAW, flag=flag, parties=frozenset({Party.AREA}))
    assert refused is not None
    assert "has decided on this flag" in refused.sentence
    assert Move.WITHDRAW not in moves_open(flag=flag, parties=frozenset({Party.AREA}))


@pytest.mark.parametrize(
    ("stored", "review_on", "seen"),
    [
        (State.DECIDED, None, State.DECIDED),
        (State.DECIDED, date(2026, 3, 2), State.DECIDED),
        (State.DECIDED, date(2026, 3, 1), State.REVIEW_DUE),
        (State.CLOSED, date(2026, 1, 1), State.CLOSED),
    ],
)
def test_a_decision_is_due_for_review_from_its_review_date(stored: State, review_on: date | None, seen: State) -> None:
    assert state_on(stored, review_on=review_on, day=date(2026, 3, 1)) is seen


def test_every_open_state_says_whose_move_it_is_or_waits_for_its_review_date() -> None:
    assert set(WAITS_FOR) == OPEN - {State.DECIDED}
    for state, party in WAITS_FOR.items():
        assert any(step.before is state and party in step.by for step in STEPS)


def test_no_state_is_a_dead_end() -> None:
    assert {step.before for step in STEPS} == set(State)
    assert step_for(Move.RAISE, State.RAISED) is None
