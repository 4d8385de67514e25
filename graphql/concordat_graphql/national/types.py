"""Types of the national reads."""

from __future__ import annotations

from typing import Self

import strawberry

from concordat_graphql.intervention.types import InterventionFlag
from concordat_graphql.national.table import LIFECYCLES, Line
from concordat_graphql.tenancy.types import Area
from tenants.overview.rules import Fact


@strawberry.type
class NationalReason:
    """What is missing, and how we know."""

    sentence: str
    source: str


@strawberry.type
class NationalFact:
    """One capability's report on an area."""

    standing: str = strawberry.field(description="met, attention or not_reported")
    words: str
    reasons: list[NationalReason]

    @classmethod
    def of(cls, fact: Fact) -> Self:
        """Return the type of a fact."""
        reasons = [NationalReason(sentence=reason.sentence, source=reason.source) for reason in fact.reasons]
        return cls(standing=fact.standing.value, words=fact.words, reasons=reasons)


@strawberry.type
class NationalArea:
    """One line of the table of all areas."""

    area: Area
    lifecycle_label: str
    local_authority_names: list[str]
    membership: NationalFact
    budget: NationalFact
    cooperation: NationalFact
    flags: NationalFact

    @classmethod
    def of(cls, line: Line) -> Self:
        """Return the type of a line."""
        return cls(
            area=Area.of(line.area),
            lifecycle_label=LIFECYCLES[line.area.lifecycle],
            local_authority_names=list(line.local_authorities),
            **{subject.value: NationalFact.of(fact) for subject, fact in line.facts.items()},
        )


@strawberry.type
class NationalAreaPage:
    """One area as an official reads it: the facts with their reasons, and its referred flags."""

    line: NationalArea
    flags: list[InterventionFlag]
