"""What a person writes about a flag, and what is wrong with it. Lengths are characters; dates are days in England."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from tenants.intervention.rules.decisions import DECISIONS, Decision
from tenants.intervention.rules.powers import POWERS
from tenants.tenancy.checks import EARLIEST, LATEST, tidy
from tenants.tenancy.child_data import refusal
from tenants.tenancy.errors import Invalid

TITLE = (5, 200)
LONG = (20, 8000)
SHORT = (10, 4000)
NAME = 200
MOST = 20
URL = 500


class Kind(StrEnum):
    """What the concern is."""

    PARTNERS_CANNOT_AGREE = "partners_cannot_agree"
    ARRANGEMENTS_INADEQUATE = "arrangements_inadequate"
    PARTNER_WITHDRAWS_OR_ABSENT = "partner_withdraws_or_absent"
    INFORMATION_REFUSED = "information_refused"
    OTHER = "other"


KINDS: dict[Kind, str] = {
    Kind.PARTNERS_CANNOT_AGREE: "The partners cannot agree",
    Kind.ARRANGEMENTS_INADEQUATE: "The arrangements are inadequate",
    Kind.PARTNER_WITHDRAWS_OR_ABSENT: "A partner has withdrawn or is absent",
    Kind.INFORMATION_REFUSED: "Information asked for under section 16H has been refused",
    Kind.OTHER: "Something else",
}
LEGAL_BASES: dict[Kind, str] = {
    Kind.PARTNERS_CANNOT_AGREE: "Children Act 2004 s.16E",
    Kind.ARRANGEMENTS_INADEQUATE: "Children Act 2004 ss.16E and 16G",
    Kind.PARTNER_WITHDRAWS_OR_ABSENT: "Children Act 2004 s.16E",
    Kind.INFORMATION_REFUSED: "Children Act 2004 s.16H",
    Kind.OTHER: "Working Together to Safeguard Children 2023, chapter 2",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """A link to something that shows the concern: a title and an https address."""

    title: str
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """Someone who was told of the concern, and when."""

    name: str
    post: str
    on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class FlagDraft:
    """What an area or its scrutineer writes. `tried` and `note` stay in the area; the rest goes with a referral."""

    kind: str
    title: str
    concern: str
    tried: str
    partners: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    told: tuple[Told, ...] = ()
    note: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class DecisionDraft:
    """What an official decides: the kind, the reasons, a review day, and the power that it names if it names one."""

    decision: str
    reasons: str
    review_on: date | None = None
    power: str | None = None


def tidy_links(links: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Return the links tidied."""
    return tuple(Evidence(title=tidy(link.title), url=tidy(link.url)) for link in links)


def tidy_draft(draft: FlagDraft) -> FlagDraft:
    """Return the draft with every text tidied."""
    return replace(
        draft,
        title=tidy(draft.title),
        concern=tidy(draft.concern),
        tried=tidy(draft.tried),
        note=tidy(draft.note) or None,
        partners=tuple(tidy(name) for name in draft.partners),
        evidence=tidy_links(draft.evidence),
        told=tuple(replace(one, name=tidy(one.name), post=tidy(one.post)) for one in draft.told),
    )


def text_problems(text: str | None, *, field: str, what: str, length: tuple[int, int]) -> Iterator[Invalid]:
    """Yield what is wrong with a required text."""
    least, most = length
    size = len(tidy(text))
    if size == 0:
        yield Invalid(f"Enter {what}.", field=field)
    elif size < least:
        yield Invalid(f"Say more in {what}: at least {least} characters.", field=field)
    elif size > most:
        yield Invalid(f"Shorten {what} to {most} characters or fewer; it has {size}.", field=field)
    yield from _child_problems(text, field=field)


def reason_problems(reason: str | None) -> Iterator[Invalid]:
    """Yield what is wrong with the reason for a move."""
    yield from text_problems(reason, field="reason", what="the reason", length=SHORT)


def future_problems(due: date, *, field: str, what: str, day: date) -> Iterator[Invalid]:
    """Yield a problem when a date has come already."""
    if due <= day:
        yield Invalid(f"{what} must be in the future.", field=field)
    elif due > LATEST:
        yield Invalid(f"{what} must be before {LATEST.year + 1}.", field=field)


def draft_problems(draft: FlagDraft, *, day: date) -> Iterator[Invalid]:
    """Yield everything that is wrong with a flag as written, so that a form can show it all at once."""
    if draft.kind not in list(Kind):
        yield Invalid("Choose what the concern is.", field="kind")
    yield from text_problems(draft.title, field="title", what="a title", length=TITLE)
    yield from text_problems(draft.concern, field="concern", what="the account of the concern", length=LONG)
    yield from text_problems(draft.tried, field="tried", what="what has been tried", length=SHORT)
    if draft.note and len(draft.note) > SHORT[1]:
        yield Invalid(f"Shorten the note to {SHORT[1]} characters or fewer.", field="note")
    yield from _child_problems(draft.note, field="note")
    yield from _partner_problems(draft.partners)
    yield from evidence_problems(draft.evidence)
    yield from _told_problems(draft.told, day=day)


def evidence_problems(links: Sequence[Evidence]) -> Iterator[Invalid]:
    """Yield what is wrong with evidence links."""
    if len(links) > MOST:
        yield Invalid(f"Give at most {MOST} links.", field="evidence")
    for link in links[:MOST]:
        if not 1 <= len(link.title) <= NAME:
            yield Invalid(f"Give each link a title of up to {NAME} characters.", field="evidence")
        if not _is_https(link.url):
            yield Invalid("Each link must be a web address that begins with https://.", field="evidence")
        yield from _child_problems(f"{link.title}\n{link.url}", field="evidence")


def decision_problems(draft: DecisionDraft, *, day: date) -> Iterator[Invalid]:
    """Yield everything that is wrong with a decision as written."""
    yield from text_problems(draft.reasons, field="reasons", what="the reasons for the decision", length=LONG)
    if draft.decision not in list(Decision):
        yield Invalid("Choose a decision.", field="decision")
        return
    rule = DECISIONS[Decision(draft.decision)]
    if rule.names_power and draft.power not in POWERS:
        yield Invalid("Choose which power this concerns and so who holds it.", field="power")
    if not rule.names_power and draft.power:
        yield Invalid(f"“{rule.label}” names no power. Take the power away or choose another decision.", field="power")
    if rule.needs_review and draft.review_on is None:
        yield Invalid("Enter the date on which this decision will be reviewed.", field="reviewOn")
    if draft.review_on is not None:
        yield from future_problems(draft.review_on, field="reviewOn", what="The review date", day=day)


def _child_problems(text: str | None, *, field: str) -> Iterator[Invalid]:
    if refused := refusal(text):
        yield Invalid(refused, field=field)


def _partner_problems(partners: Sequence[str]) -> Iterator[Invalid]:
    if len(partners) > MOST:
        yield Invalid(f"Name at most {MOST} partners.", field="partners")
    if any(not 2 <= len(name) <= NAME for name in partners):
        yield Invalid(f"Each partner’s name must have 2 to {NAME} characters.", field="partners")


def _told_problems(told: Sequence[Told], *, day: date) -> Iterator[Invalid]:
    if len(told) > MOST:
        yield Invalid(f"List at most {MOST} people who were told.", field="told")
    for one in told[:MOST]:
        if not (1 <= len(one.name) <= NAME and 1 <= len(one.post) <= NAME):
            yield Invalid("Give the name and the post of each person who was told.", field="told")
        if one.on > day:
            yield Invalid("The day on which someone was told cannot be in the future.", field="told")
        elif one.on < EARLIEST:
            yield Invalid(f"The day on which someone was told must be after {EARLIEST.year - 1}.", field="told")


def _is_https(url: str) -> bool:
    return url.startswith("https://") and len("https://") < len(url) <= URL and not any(c.isspace() for c in url)
