"""What the mutations about requests and returns are given."""

from __future__ import annotations

import strawberry

from tenants.cooperation.rules.answers import Answer


@strawberry.input
class AnswerInput:
    """The answer to one question: text in `value`; for a named person the name, with `post` and `email`."""

    key: str
    value: str = ""
    post: str = ""
    email: str = ""


def answers_of(given: list[AnswerInput] | None) -> dict[str, Answer] | None:
    """Return the domain's answers, or None when none were given."""
    if given is None:
        return None
    return {one.key: Answer(value=one.value, post=one.post, email=one.email) for one in given}


@strawberry.input
class SaveReturnInput:
    """An unfinished answer to keep."""

    idempotency_key: str
    request_id: strawberry.ID
    version: int
    answers: list[AnswerInput]


@strawberry.input
class SubmitReturnInput:
    """A return to send; without answers, the draft as it stands."""

    idempotency_key: str
    request_id: strawberry.ID
    version: int
    answers: list[AnswerInput] | None = None
    confirm_prefilled: bool = False


@strawberry.input
class MoveReturnInput:
    """A request to act on, by someone who saw `version`."""

    idempotency_key: str
    request_id: strawberry.ID
    version: int


@strawberry.input
class DeclineRequestInput:
    """A request that will not be answered, or is not needed any more, with the reason."""

    idempotency_key: str
    request_id: strawberry.ID
    version: int
    reason: str


@strawberry.input
class ConfirmReturnsInput:
    """Requests to answer at once, with answers that are the same for all of them."""

    idempotency_key: str
    request_ids: list[strawberry.ID]
    answers: list[AnswerInput] = strawberry.field(default_factory=list)


@strawberry.input
class ConfirmOneInput:
    """One request of a confirmation of many."""

    idempotency_key: str
    request_id: strawberry.ID
    answers: list[AnswerInput]


@strawberry.input
class PostMessageInput:
    """A message about a request. Never about a child."""

    idempotency_key: str
    request_id: strawberry.ID
    body: str


@strawberry.input
class ReplyToReturnInput:
    """The partnership's reply: accepted, or more_needed with what is missing."""

    idempotency_key: str
    request_id: strawberry.ID
    version: int
    outcome: str
    comment: str


@strawberry.input
class AcceptReturnsInput:
    """Returns to accept with the same comment."""

    idempotency_key: str
    area_id: strawberry.ID
    request_ids: list[strawberry.ID]
    comment: str


@strawberry.input
class MoveFollowUpInput:
    """A decision to follow up, by someone who saw the request at `fromStep`."""

    idempotency_key: str
    request_id: strawberry.ID
    from_step: int
    to_step: int
    reason: str
