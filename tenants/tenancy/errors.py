"""What can go wrong, said so that a person can act on it.

Problem                 code, message, field
├── NotAllowed          the person may not do this                (403, audited)
├── NotFound            no such thing, or not theirs to see       (404; the two are never told apart)
├── Invalid             a value is missing or wrong
├── WrongState          the thing is not in a state that allows it
├── Conflict            someone else changed it first
└── KeyReused           the same idempotency key with another request
Problems                several at once, so that a form shows all of them
"""

from __future__ import annotations

from collections.abc import Sequence


class Problem(Exception):
    """One thing that is wrong: a stable `code`, a sentence, and the input `field` (camelCase) when there is one."""

    code = "PROBLEM"

    def __init__(self, message: str, *, field: str | None = None, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        if code is not None:
            self.code = code


class NotAllowed(Problem):
    """The person holds no role that may do this today. `area_id` is whose audit trail the refusal goes into."""

    code = "NOT_ALLOWED"

    def __init__(self, message: str, *, area_id: int | None = None, field: str | None = None) -> None:
        super().__init__(message, field=field)
        self.area_id = area_id


class NotFound(Problem):
    """There is no such thing, or it is not theirs to see: the answer is the same."""

    code = "NOT_FOUND"

    def __init__(self, what: str, *, field: str | None = None) -> None:
        message = f"We could not find that {what}. It may have been removed, or it is not yours to see."
        super().__init__(message, field=field)


class Invalid(Problem):
    """A value is missing, malformed or out of range."""

    code = "INVALID"


class WrongState(Problem):
    """The thing exists but is not in a state that allows this."""

    code = "WRONG_STATE"


class Conflict(Problem):
    """Someone else changed the thing after this person last read it; `version` is the one saved now, if known."""

    code = "CONFLICT"

    def __init__(self, what: str, *, version: int | None = None) -> None:
        super().__init__(
            f"Someone else changed this {what} while you were working on it. Nothing of yours was saved. "
            "Look at what is saved now, then decide and send yours again."
        )
        self.version = version


class KeyReused(Problem):
    """The idempotency key was used before, for a different request."""

    code = "IDEMPOTENCY_KEY_REUSED"

    def __init__(self) -> None:
        super().__init__("This idempotency key was already used for a different request. Send a new key.")


class Problems(Exception):
    """Several problems at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = list(problems)
