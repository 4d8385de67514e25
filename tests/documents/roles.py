"""Prints the table of docs/roles.md by asking the permissions themselves: `python -m tests.documents.roles`.

Every `can_…` and `check_can_…` that needs no more than an actor, an area and an organisation is asked as each role;
its docstring is its row. The few that need more are spelt out in `SPELT_OUT`.
"""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import ModuleType
from uuid import UUID

from tenants.intervention.rules.states import STEPS, VERBS, Move
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Problem
from tenants.tenancy.roles import AGENCY_ROLES, AREA_ROLES, LABELS, Role, hat_of
from tests.documents import marked
from tests.documents.spelt_out import AREA, ORGANISATION, SPELT_OUT, WORDS
from tests.shape.files import ROOT
from tests.support.world import actor

DOCUMENT = marked.DOCS / "roles.md"
PART = "roles"
SHORT = {
    Role.BUSINESS_MANAGER: "BM",
    Role.LEAD_SAFEGUARDING_PARTNER: "LSP",
    Role.DELEGATED_SAFEGUARDING_PARTNER: "DSP",
    Role.PARTNERSHIP_CHAIR: "chair",
    Role.INDEPENDENT_SCRUTINEER: "IS",
    Role.VIEWER: "viewer",
    Role.AGENCY_CONTACT: "agency",
    Role.ESTABLISHMENT_CONTACT: "school",
    Role.TRUST_LEAD: "trust",
    Role.OFFICIAL: "official",
    Role.SENIOR_OFFICIAL: "senior",
    Role.PLATFORM_ADMINISTRATOR: "platform",
}

Row = tuple[str, list[bool]]


def part() -> str:
    """Return the printed part: what each short heading means, then a table for each capability."""
    return "\n".join([*_key(), "", *(line for name in capabilities() for line in _table(name))])


def capabilities() -> list[str]:
    """Return the capabilities that have permissions, in alphabetical order."""
    return sorted(path.parent.name for path in (ROOT / "tenants").glob("*/permissions.py"))


def holder(role: Role) -> Actor:
    """Return somebody who holds the role in area 1, or for an organisation there, or nationally."""
    if role in AGENCY_ROLES:
        return actor(role, area_id=AREA, organisation_id=ORGANISATION)
    return actor(role, area_id=AREA if role in AREA_ROLES else None)


def _key() -> list[str]:
    rows = [f"| {SHORT[role]} | {LABELS[role]} | {hat_of(role).value} |" for role in Role]
    return ["| in the tables | role | hat |", "|---|---|---|", *rows]


def _table(capability: str) -> list[str]:
    head = [f"### {capability}", "", f"| may | {' | '.join(SHORT[role] for role in Role)} |", "|---" * 13 + "|"]
    rows = [
        f"| {words} | {' | '.join('●' if yes else '' for yes in answers)} |" for words, answers in rows_of(capability)
    ]
    return [*head, *rows, ""]


def rows_of(capability: str) -> list[Row]:
    """Return what may be done in a capability, and for each role whether it may."""
    module = importlib.import_module(f"tenants.{capability}.permissions")
    asked = [
        (WORDS.get((capability, check.__name__)) or _words(check), [_allows(check, role) for role in Role])
        for check in plain_checks(module)
    ]
    spelt = [(act.words, [act.ask(holder(role)) for role in Role]) for act in SPELT_OUT.get(capability, ())]
    return [*asked, *spelt, *(_moves() if capability == "intervention" else ())]


def checks(module: ModuleType) -> Mapping[str, Callable[..., object]]:
    """Return the module's `can_…` and, where there is none of the same name, `check_can_…` functions."""
    ours = {
        name: value
        for name, value in vars(module).items()
        if inspect.isfunction(value) and value.__module__ == module.__name__
    }
    asks = {name: value for name, value in ours.items() if name.startswith("can_")}
    raises = {name: value for name, value in ours.items() if name.startswith("check_can_")}
    return asks | {name: value for name, value in raises.items() if name.removeprefix("check_") not in asks}


def plain_checks(module: ModuleType) -> list[Callable[..., object]]:
    """Return the checks that need no more than an actor, an area and an organisation."""
    known = {"actor", "area_id", "organisation_id"}
    return [check for check in checks(module).values() if set(inspect.signature(check).parameters) <= known]


def _allows(check: Callable[..., object], role: Role) -> bool:
    given: dict[str, int | UUID] = {"area_id": AREA, "organisation_id": ORGANISATION}
    keywords = {name: value for name, value in given.items() if name in inspect.signature(check).parameters}
    try:
        answer = check(holder(role), **keywords)
    except Problem:
        return False
    return answer is not False


def _words(check: Callable[..., object]) -> str:
    text = " ".join((check.__doc__ or "").split("\n\n")[0].split()).rstrip(".")
    said = re.sub(r"^(Returns? whether|Raises? `NotAllowed` unless) the actor (may )?(is )?", "", text)
    return said.removesuffix(" today")


def _moves() -> Iterator[Row]:
    from tenants.intervention.permissions import parties_of  # here: the others are found by name

    for move in [move for move in Move if move is not Move.RAISE]:
        makers: set[object] = set().union(*(step.by for step in STEPS if step.move is move))
        answers: Sequence[bool] = [not parties_of(holder(role), area_id=AREA).isdisjoint(makers) for role in Role]
        yield f"{VERBS[move]} a flag", list(answers)


if __name__ == "__main__":
    marked.write(DOCUMENT, PART, part())
