"""Where a flag stands on the escalation ladder, and what the powers are called."""

from __future__ import annotations

import pytest

from tenants.intervention.rules.decisions import DECISIONS, ESCALATIONS, Decision, escalation
from tenants.intervention.rules.powers import NO_SINGLE_POWER, POWERS, Escalation
from tenants.intervention.rules.states import Party, State

GRAVE = Decision.PASSED_TO_POWER_HOLDER


@pytest.mark.parametrize(
    ("state", "raised_as", "decision", "power", "stands"),
    [
        (State.RAISED, Party.AREA, None, None, "E1"),
        (State.RAISED, Party.SCRUTINEER, None, None, "E2"),
        (State.REFERRED, Party.AREA, None, None, "E4"),
        (State.ANSWERED, Party.SCRUTINEER, None, None, "E4"),
        (State.DECIDED, Party.AREA, Decision.NO_ACTION, None, "E4"),
        (State.DECIDED, Party.AREA, Decision.SUPPORT, None, "E5"),
        (State.REVIEW_DUE, Party.AREA, Decision.SUPPORT, None, "E5"),
        (State.DECIDED, Party.AREA, Decision.REFERRED_TO_SECRETARY_OF_STATE, "local_authority_direction", "E6"),
        (State.DECIDED, Party.AREA, GRAVE, "local_authority_direction", "E7a"),
        (State.DECIDED, Party.AREA, GRAVE, "police_direction", "E7b"),
        (State.DECIDED, Party.AREA, GRAVE, "icb_direction", "E7c"),
        (State.DECIDED, Party.AREA, GRAVE, "childcare_registration", "E6"),
        (State.CLOSED, Party.AREA, Decision.SUPPORT, None, "E8"),
        (State.CLOSED, Party.AREA, Decision.NO_ACTION, None, "E0"),
        (State.WITHDRAWN, Party.AREA, None, None, "E0"),
        (State.WITHDRAWN_LOCALLY, Party.SCRUTINEER, None, None, "E0"),
    ],
)
def test_where_a_flag_stands(
    state: State, raised_as: Party, decision: Decision | None, power: str | None, stands: str
) -> None:
    assert escalation(state, raised_as=raised_as, decision=decision, power=power).value == stands


def test_only_the_gravest_decisions_need_a_senior_official_and_those_that_name_a_power_do() -> None:
    senior = {kind for kind, rule in DECISIONS.items() if rule.senior}
    assert senior == set(Decision) - {Decision.NO_ACTION, Decision.SUPPORT}
    assert all(rule.senior for rule in DECISIONS.values() if rule.names_power)


@pytest.mark.parametrize(
    ("decision", "needs_review", "names_power"),
    [
        (Decision.NO_ACTION, False, False),
        (Decision.SUPPORT, True, False),
        (Decision.IMPROVEMENT_NOTICE_CONSIDERED, True, False),
        (Decision.PASSED_TO_POWER_HOLDER, True, True),
        (Decision.REFERRED_TO_SECRETARY_OF_STATE, True, True),
    ],
)
def test_whatever_leaves_something_to_do_is_reviewed_and_what_rests_on_a_power_names_it(
    decision: Decision, needs_review: bool, names_power: bool
) -> None:
    rule = DECISIONS[decision]
    assert (rule.needs_review, rule.names_power) == (needs_review, names_power)


def test_no_power_is_said_to_be_over_the_partnership_itself() -> None:
    assert "No Act gives one power" in NO_SINGLE_POWER
    for power in POWERS.values():
        assert "partnership" not in power.target.lower()
        assert power.holder
        assert power.source
        assert power.url.startswith("https://www.legislation.gov.uk/ukpga/")


def test_every_escalation_and_decision_has_words() -> None:
    assert set(ESCALATIONS) == set(Escalation)
    assert set(DECISIONS) == set(Decision)
