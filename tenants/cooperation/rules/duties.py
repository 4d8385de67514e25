"""What a duty may ask, on which legal basis, and what its author should be warned of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Cycle(StrEnum):
    """How often a duty is asked. Values are stored."""

    ONCE = "once"
    EACH_ACADEMIC_YEAR = "each_academic_year"
    EACH_NEW_VERSION = "each_new_version"


CYCLE_LABELS = {
    Cycle.ONCE: "Once",
    Cycle.EACH_ACADEMIC_YEAR: "Each academic year",
    Cycle.EACH_NEW_VERSION: "Each new version of the arrangements",
}


class Kind(StrEnum):
    """What an answer is. Values are stored."""

    YES_NO = "yes_no"
    DATE = "date"
    TEXT = "text"
    LINK = "link"
    NAMED_PERSON = "named_person"


KIND_LABELS = {
    Kind.YES_NO: "Yes or no",
    Kind.DATE: "Date",
    Kind.TEXT: "Text",
    Kind.LINK: "Web link",
    Kind.NAMED_PERSON: "Named person",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """One question. `key` stays the same from version to version, so that last year's answer finds it."""

    key: str
    kind: str
    text: str
    help: str = ""
    required: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """A follow-up step, proposed from `working_days` after the due day."""

    title: str
    working_days: int


LEGAL_BASES = {
    "ca2004_16h": "Children Act 2004, section 16H (information requested by a safeguarding partner)",
    "ca2004_16g": "Children Act 2004, section 16G (acting in accordance with the published arrangements)",
    "ea2002_175": "Education Act 2002, section 175 (maintained schools and further education)",
    "ea2002_157": "Education Act 2002, section 157 (academies and independent schools)",
}

_SECTION_175 = frozenset({
    "maintained_school_governing_body", "maintained_nursery_governing_body", "pupil_referral_unit_committee",
    "further_education_governing_body",
})  # fmt: skip
_SECTION_157 = frozenset({
    "academy_proprietor", "academy_16_19_proprietor", "alternative_provision_academy_proprietor",
    "independent_institution_proprietor",
})  # fmt: skip
_SECTION_14B = re.compile(r"\b(?:section|sections|sec|s|ss)?\.?\s*14\s?b\b", re.I)

#: Local practice, put into steps; every area may change them.
DEFAULT_STEPS = (
    Step(title="Second reminder", working_days=5),
    Step(title="Call by the education safeguarding team", working_days=10),
    Step(title="Letter to the chair or proprietor, citing sections 16G and 16H", working_days=15),
    Step(title="Delegated partner for education, or partnership chair", working_days=20),
    Step(title="Lead safeguarding partners and scrutineer", working_days=30),
    Step(title="Regulator or the Department", working_days=40),
)
DEFAULT_REMINDERS = (-10, -2, 1)  #: working days from the due day


def offered_bases(categories: Iterable[str]) -> list[str]:
    """Return the codes of the legal bases that fit agencies of these categories."""
    asked = set(categories)
    schools = [code for code, fits in (("ea2002_175", _SECTION_175), ("ea2002_157", _SECTION_157)) if asked & fits]
    return ["ca2004_16h", "ca2004_16g", *schools]


def warnings(*, texts: Iterable[str], legal_basis: Iterable[str], categories: Iterable[str]) -> list[str]:
    """Return what the author of a duty should look at again; none of it stops publication.

    Section 14B of the Children Act 2004 belonged to the Local Safeguarding Children Boards, which were abolished.
    """
    found = []
    if any(_SECTION_14B.search(text) for text in texts):
        found.append(
            "The text cites section 14B of the Children Act 2004. That section was repealed with the Local "
            "Safeguarding Children Boards. The basis today is section 16H, the arrangements (section 16G), and "
            "sections 175 or 157 of the Education Act 2002."
        )
    offered = offered_bases(categories)
    found += [
        f"“{LEGAL_BASES[code]}” does not apply to any category that is asked. Check the legal basis."
        for code in legal_basis
        if code not in offered
    ]
    return found
