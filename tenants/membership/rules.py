"""What membership is complete, and since when an office is vacant. Pure; every sentence is one a person can act on.

Sources: Children Act 2004 s.16E(3) (the safeguarding partners) and s.16G (independent scrutiny), both statute;
Working Together 2023 chapter 2 (leads, delegates, chair, education), guidance.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from tenants.tenancy.roles import Role


class Kind(StrEnum):
    """What kind of body a safeguarding partner is (Children Act 2004 s.16E(3))."""

    LOCAL_AUTHORITY = "local_authority"
    INTEGRATED_CARE_BOARD = "integrated_care_board"
    POLICE = "police"


class Office(StrEnum):
    """What a person is appointed to."""

    LEAD = "lead"
    DELEGATED = "delegated"
    SCRUTINEER = "scrutineer"
    SEAT = "seat"


class EducationLevel(StrEnum):
    """At which level a seat gives education its voice (Working Together 2023 chapter 2)."""

    STRATEGIC = "strategic"
    OPERATIONAL = "operational"


KIND_LABELS = {
    Kind.LOCAL_AUTHORITY: "local authority",
    Kind.INTEGRATED_CARE_BOARD: "integrated care board",
    Kind.POLICE: "police force",
}
OFFICE_LABELS = {
    Office.LEAD: "lead safeguarding partner",
    Office.DELEGATED: "delegated safeguarding partner",
    Office.SCRUTINEER: "independent scrutineer",
    Office.SEAT: "seat holder",
}

#: the role in which the holder of an office signs in
OFFICE_ROLES = {
    Office.LEAD: Role.LEAD_SAFEGUARDING_PARTNER,
    Office.DELEGATED: Role.DELEGATED_SAFEGUARDING_PARTNER,
    Office.SCRUTINEER: Role.INDEPENDENT_SCRUTINEER,
}
#: what kind of organisation of the national register each kind of partner is
REGISTER_KINDS = {
    Kind.LOCAL_AUTHORITY: "local_authority",
    Kind.INTEGRATED_CARE_BOARD: "integrated_care_board",
    Kind.POLICE: "police_force",
}

S16E = "Children Act 2004 section 16E"
S16G = "Children Act 2004 section 16G"
WT2023 = "Working Together 2023 chapter 2"


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """Whole days, the first and the last included; no last day means it has not ended."""

    first: date
    last: date | None = None

    def covers(self, on: date) -> bool:
        """Return whether the day is in the period."""
        return self.first <= on and (self.last is None or on <= self.last)


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """Something the membership lacks, or that a reader should know; `source` says where it is asked for."""

    code: str
    sentence: str
    source: str
    statutory: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class OfficeFacts:
    """One partner body's office: who has held it, and the body's own period."""

    partner_name: str
    office: Office
    body: Period
    held: Sequence[Period] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """What completeness is decided on, for one area."""

    kinds: frozenset[Kind] = frozenset()
    offices: Sequence[OfficeFacts] = ()
    has_chair: bool = False
    scrutineer_ties: Sequence[bool] = ()  #: one for each scrutineer in term: whether a tie is declared
    education_held: frozenset[EducationLevel] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class Completeness:
    """Whether membership is complete on a day, what is missing, and what else a reader should know."""

    missing: Sequence[Finding]
    notes: Sequence[Finding] = field(default=())

    @property
    def complete(self) -> bool:
        """Return whether nothing is missing."""
        return not self.missing


def vacant_since(*, office: Period, held: Iterable[Period], on: date) -> date | None:
    """Return the first day of the vacancy that covers `on`, or None when someone holds the office that day."""
    periods = list(held)
    if any(period.covers(on) for period in periods):
        return None
    ended = [period.last for period in periods if period.last is not None and period.last < on]
    return max([office.first, *(day + timedelta(days=1) for day in ended)])


def completeness(facts: Facts, *, on: date) -> Completeness:
    """Return what the area's membership lacks on the day, statute first within each part."""
    missing = [*_missing_partners(facts), *_vacant_offices(facts, on=on), *_missing_people(facts)]
    return Completeness(missing=tuple(missing), notes=tuple(_ties(facts)))


def _missing_partners(facts: Facts) -> list[Finding]:
    return [
        Finding(
            code=f"NO_{kind.name}",
            sentence=f"No {KIND_LABELS[kind]} is listed as a safeguarding partner.",
            source=S16E,
            statutory=True,
        )
        for kind in Kind
        if kind not in facts.kinds
    ]


def _vacant_offices(facts: Facts, *, on: date) -> list[Finding]:
    found = []
    for office in facts.offices:
        since = vacant_since(office=office.body, held=office.held, on=on)
        if since is not None:
            sentence = f"{office.partner_name} has had no {OFFICE_LABELS[office.office]} since {day_words(since)}."
            code = f"NO_{office.office.name}_SAFEGUARDING_PARTNER"
            found.append(Finding(code=code, sentence=sentence, source=WT2023, statutory=False))
    return found


def _missing_people(facts: Facts) -> list[Finding]:
    found = []
    if not facts.scrutineer_ties:
        sentence = "No independent scrutineer is in term."
        found.append(Finding(code="NO_SCRUTINEER", sentence=sentence, source=S16G, statutory=True))
    if not facts.has_chair:
        sentence = "None of the delegated safeguarding partners chairs the partnership."
        found.append(Finding(code="NO_CHAIR", sentence=sentence, source=WT2023, statutory=False))
    for level in EducationLevel:
        if level not in facts.education_held:
            sentence = f"Nobody represents education at {level.value} level."
            found.append(Finding(code=f"NO_{level.name}_EDUCATION", sentence=sentence, source=WT2023, statutory=False))
    return found


def _ties(facts: Facts) -> list[Finding]:
    if facts.scrutineer_ties and all(facts.scrutineer_ties):
        sentence = "Every independent scrutineer in term has declared a tie to a partner."
        return [Finding(code="SCRUTINEERS_TIED", sentence=sentence, source=S16G, statutory=True)]
    return []


def ahead_words(
    *, what: str, begins: bool, name: str, office: Office | None = None, of: str | None = None, other: str | None = None
) -> str:
    """Return what begins or ends as a line beside its day: the first one, or the last one."""
    title = f"{OFFICE_LABELS[office]}{f' of {of}' if of and office is not Office.SEAT else ''}" if office else ""
    if office is Office.SEAT:
        title = f"holder of the seat {of}"
    if what in ("group", "seat"):
        return f"The {what} {name} begins" if begins else f"Last day of the {what} {name}"
    if what == "partner":
        ends = f"Last day of {name} as a partner" + (f"; {other} follows" if other else "")
        return f"{name} becomes a partner" if begins else ends
    title = title or "partnership chair"
    return f"{name} becomes {title}" if begins else f"Last day of {name} as {title}"


def day_words(day: date) -> str:
    """Return a day as English pages write it: 1 April 2026."""
    return f"{day.day} {day:%B %Y}"
