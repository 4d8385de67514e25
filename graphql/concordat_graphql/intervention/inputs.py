"""What the mutations of flags are given."""

from __future__ import annotations

from datetime import date

import strawberry

from tenants.intervention.rules.drafts import Evidence, FlagDraft, Told


@strawberry.input
class EvidenceInput:
    """A title and an https address."""

    title: str
    url: str


@strawberry.input
class ToldInput:
    """Someone who was told of the concern, and when."""

    name: str
    post: str
    on: date


@strawberry.input
class FlagDraftInput:
    """What a flag says. `tried` and `note` stay in the area. Never name a child."""

    kind: str
    title: str
    concern: str
    tried: str
    partners: list[str] = strawberry.field(default_factory=list)
    evidence: list[EvidenceInput] = strawberry.field(default_factory=list)
    told: list[ToldInput] = strawberry.field(default_factory=list)
    note: str | None = None

    def draft(self) -> FlagDraft:
        """Return the domain's draft."""
        return FlagDraft(
            kind=self.kind,
            title=self.title,
            concern=self.concern,
            tried=self.tried,
            partners=tuple(self.partners),
            evidence=links_of(self.evidence),
            told=tuple(Told(name=one.name, post=one.post, on=one.on) for one in self.told),
            note=self.note,
        )


def links_of(evidence: list[EvidenceInput]) -> tuple[Evidence, ...]:
    """Return the domain's links."""
    return tuple(Evidence(title=link.title, url=link.url) for link in evidence)


@strawberry.input
class RaiseFlagInput:
    """A flag to raise in an area. It is not referred by that."""

    idempotency_key: str
    area_id: strawberry.ID
    draft: FlagDraftInput


@strawberry.input
class AmendFlagInput:
    """What a flag is to say instead, by someone who saw `version`."""

    idempotency_key: str
    flag_id: strawberry.ID
    version: int
    draft: FlagDraftInput
    reason: str


@strawberry.input
class MoveFlagInput:
    """A move that says nothing but its reason."""

    idempotency_key: str
    flag_id: strawberry.ID
    version: int
    reason: str


@strawberry.input
class ReferFlagInput:
    """A referral: what the Department reads of what was tried, and why it is referred now."""

    idempotency_key: str
    flag_id: strawberry.ID
    version: int
    submission: str
    reason: str


@strawberry.input
class AskAboutFlagInput:
    """The Department's question, why it asks, and the day by which it needs an answer."""

    idempotency_key: str
    flag_id: strawberry.ID
    version: int
    question: str
    reply_due_on: date
    reason: str


@strawberry.input
class AnswerAboutFlagInput:
    """The area's answer; evidence is added to what the flag has."""

    idempotency_key: str
    flag_id: strawberry.ID
    version: int
    answer: str
    evidence: list[EvidenceInput] = strawberry.field(default_factory=list)


@strawberry.input
class DecideFlagInput:
    """A decision, with its reasons, the day on which it is reviewed, and the power that it names."""

    idempotency_key: str
    flag_id: strawberry.ID
    version: int
    decision: str
    reasons: str
    review_on: date | None = None
    power: str | None = None
