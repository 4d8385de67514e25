"""What an official may decide, at what grade, and where that stands on the escalation ladder.

Source: the ladder for local authorities as answered in Parliament (PQ 4514, 27 May 2022); the states E0 to E8 are ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tenants.intervention.rules.powers import POWERS, Escalation
from tenants.intervention.rules.states import NOT_REFERRED, Party, State

ESCALATIONS: dict[Escalation, str] = {
    Escalation.E0: "Routine",
    Escalation.E1: "Local concern",
    Escalation.E2: "Scrutineer’s advice",
    Escalation.E3: "With the lead safeguarding partners",
    Escalation.E4: "Department engaged",
    Escalation.E5: "Support plan",
    Escalation.E6: "Referred to the Secretary of State",
    Escalation.E7A: "Local authority: statutory direction track",
    Escalation.E7B: "Police: Home Office and inspectorate track",
    Escalation.E7C: "Integrated care board: NHS track",
    Escalation.E8: "Monitored exit",
}


class Decision(StrEnum):
    """The kinds of decision."""

    NO_ACTION = "no_action"
    SUPPORT = "support"
    IMPROVEMENT_NOTICE_CONSIDERED = "improvement_notice_considered"
    PASSED_TO_POWER_HOLDER = "passed_to_power_holder"
    REFERRED_TO_SECRETARY_OF_STATE = "referred_to_secretary_of_state"


@dataclass(frozen=True, kw_only=True, slots=True)
class DecisionRule:
    """What a kind of decision means and asks for."""

    label: str
    meaning: str
    senior: bool
    names_power: bool
    needs_review: bool
    escalation: Escalation


DECISIONS: dict[Decision, DecisionRule] = {
    Decision.NO_ACTION: DecisionRule(
        label="No action by the Department",
        meaning="The partners can settle this under their own arrangements.",
        senior=False,
        names_power=False,
        needs_review=False,
        escalation=Escalation.E4,
    ),
    Decision.SUPPORT: DecisionRule(
        label="Support",
        meaning="The Department and the area agree help, such as an adviser or another area’s peer support.",
        senior=False,
        names_power=False,
        needs_review=True,
        escalation=Escalation.E5,
    ),
    Decision.IMPROVEMENT_NOTICE_CONSIDERED: DecisionRule(
        label="Improvement notice being considered",
        meaning="A notice to the local authority. It is not statutory, and may forewarn of a statutory direction.",
        senior=True,
        names_power=False,
        needs_review=True,
        escalation=Escalation.E5,
    ),
    Decision.PASSED_TO_POWER_HOLDER: DecisionRule(
        label="Passed to the holder of a power",
        meaning="The body that holds a separate power over one partner or agency is asked to consider it.",
        senior=True,
        names_power=True,
        needs_review=True,
        escalation=Escalation.E6,
    ),
    Decision.REFERRED_TO_SECRETARY_OF_STATE: DecisionRule(
        label="Referred to the Secretary of State",
        meaning="Ministers are asked to consider a named power. This is not itself a direction.",
        senior=True,
        names_power=True,
        needs_review=True,
        escalation=Escalation.E6,
    ),
}


def escalation(
    state: State, *, raised_as: Party, decision: Decision | None = None, power: str | None = None
) -> Escalation:
    """Return where a flag stands on the escalation ladder, from its state and what was decided."""
    if state in (State.WITHDRAWN, State.WITHDRAWN_LOCALLY):
        return Escalation.E0
    if state in NOT_REFERRED:
        return Escalation.E2 if raised_as is Party.SCRUTINEER else Escalation.E1
    if decision is None:
        return Escalation.E4
    if state is State.CLOSED:
        return Escalation.E0 if decision is Decision.NO_ACTION else Escalation.E8
    track = POWERS[power].escalation if decision is Decision.PASSED_TO_POWER_HOLDER and power else None
    return track or DECISIONS[decision].escalation
