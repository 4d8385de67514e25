"""The permissions that ask about more than a place: each with the words of its row and an example to ask with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from tenants.intervention import permissions as intervention
from tenants.intervention.rules.decisions import DECISIONS
from tenants.membership.queries.rows import LeadPartner
from tenants.membership.rules import Kind
from tenants.resourcing import permissions as resourcing
from tenants.tenancy import permissions as tenancy
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Problem
from tenants.tenancy.roles import Role

AREA = 1
ORGANISATION = UUID(int=7)


@dataclass(frozen=True, kw_only=True)
class Act:
    """Something that may be done; `asks` names the permission it asks, `ask` answers for one person."""

    words: str
    asks: str
    ask: Callable[[Actor], bool]


def _passes(check: Callable[[], object]) -> bool:
    try:
        check()
    except Problem:
        return False
    return True


def _lead(actor: Actor) -> LeadPartner:
    return LeadPartner(
        partner_id=UUID(int=1),
        kind=Kind.POLICE,
        name="Their own body",
        organisation_id=None,
        appointment_id=UUID(int=2),
        person_name=actor.name,
        person_id=actor.id,
    )


def _grants(actor: Actor, role: Role, area_id: int | None) -> bool:
    return _passes(lambda: tenancy.check_can_grant(actor, role=role, area_id=area_id))


def _decides(actor: Actor, *, senior: bool) -> bool:
    decision = next(decision for decision, about in DECISIONS.items() if about.senior is senior)
    official = _passes(lambda: intervention.check_can_decide(actor, decision, area_id=AREA))
    return official and actor.is_official


SPELT_OUT: dict[str, tuple[Act, ...]] = {
    "tenancy": (
        Act(
            words="invite somebody to a role in the area or of an agency there",
            asks="check_can_grant",
            ask=lambda actor: _grants(actor, Role.VIEWER, AREA),
        ),
        Act(
            words="give a national or platform role",
            asks="check_can_grant",
            ask=lambda actor: _grants(actor, Role.OFFICIAL, None),
        ),
    ),
    "resourcing": (
        Act(
            words="agree the budget and contributions for the body they lead",
            asks="check_can_agree",
            ask=lambda actor: _passes(lambda: resourcing.check_can_agree(actor, area_id=AREA, leads=[_lead(actor)])),
        ),
    ),
    "intervention": (
        Act(
            words="record a decision that is not for a senior official",
            asks="check_can_decide",
            ask=lambda actor: _decides(actor, senior=False),
        ),
        Act(
            words="record a decision that is for a senior official only",
            asks="check_can_decide",
            ask=lambda actor: _decides(actor, senior=True),
        ),
    ),
}
#: where a docstring is written for the reader of the code, the words of its row
WORDS = {
    ("cooperation", "can_manage"): "choose agencies, write duties and open their cycles",
    ("cooperation", "check_can_read"): "read agencies, duties and returns as a member of the area",
    ("cooperation", "can_answer"): "answer, decline and ask questions for the organisation in that area",
    ("intervention", "check_can_read"): "read flags (officials: those that are referred)",
    ("indicators", "check_can_record"): "record what a connection brings (only the worker does)",
    ("organisations", "check_can_import"): "carry out an import (only the worker and the command line do)",
    ("resourcing", "can_edit"): "keep the area’s budget and contributions",
    ("tenancy", "can_manage"): "change the area’s settings, people and linked boards",
    ("tenancy", "can_read_area"): "read the area’s own pages",
    ("tenancy", "check_can_administer"): "administer areas, sign-in providers, machine clients and jobs",
}
#: told by other rows: the moves of a flag are asked of the table of steps
TOLD_ELSEWHERE = {"check_can_move", "check_can_answer"}
