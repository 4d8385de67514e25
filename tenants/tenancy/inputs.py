"""Several checks in one go, so that a form shows every problem; and what the database refuses, in words.

check = Gather()
name = check(checks.text, name, name="the name", field="name")
email = check(checks.optional_email, email)
check.done()                        # raises Problems with all that was wrong
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import ParamSpec, TypeVar, cast

import asyncpg

from tenants.tenancy.errors import Invalid, Problem, Problems

P = ParamSpec("P")
T = TypeVar("T")


#: A value that PostgreSQL cannot hold. The checks of each capability name the field; this is for what none thought of.
UNKEPT = Invalid("Something that was entered is too large, or has characters that cannot be kept. Change it.")


def unkept(error: BaseException | None) -> Invalid | None:
    """Return the problem when PostgreSQL refused a value it cannot hold, else None."""
    return UNKEPT if isinstance(error, asyncpg.DataError) else None


class Gather:
    """Runs checks and keeps what they raise until `done`; a value whose check failed must not be used before that."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def __call__(self, check: Callable[P, T], *args: P.args, **options: P.kwargs) -> T:
        """Return what the check returns, or note its problem."""
        try:
            return check(*args, **options)
        except Invalid as problem:
            self.problems.append(problem)
            return cast("T", None)

    def wrong(self, message: str, *, field: str) -> None:
        """Note a problem with a field."""
        self.problems.append(Invalid(message, field=field))

    def done(self) -> None:
        """Raise `Problems` when anything was wrong."""
        if self.problems:
            raise Problems(self.problems)


@contextmanager
def meaning(constraints: Mapping[str, Callable[[], Problem]]) -> Iterator[None]:
    """Turn the database's refusal by a named constraint into the problem it stands for; other errors pass through.

    The transaction is lost by then, so this is for what only the database can decide: two people at the same moment.
    """
    try:
        yield
    except asyncpg.IntegrityConstraintViolationError as refused:
        problem = constraints.get(refused.constraint_name or "")
        if problem is None:
            raise
        raise problem() from None
