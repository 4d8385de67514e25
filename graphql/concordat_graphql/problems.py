"""How a mutation says what is wrong: a typed list, never a thrown error for something a person can mend."""

from __future__ import annotations

from collections.abc import Iterable

import strawberry

from tenants.tenancy.errors import Conflict
from tenants.tenancy.errors import Problem as DomainProblem


@strawberry.type
class Problem:
    """One thing that is wrong."""

    code: str = strawberry.field(description="Stable, for programs: INVALID, CONFLICT, NOT_ALLOWED, …")
    message: str = strawberry.field(description="A sentence a person can act on.")
    field: str | None = strawberry.field(default=None, description="The input field it concerns, when there is one.")
    current_version: int | None = strawberry.field(
        default=None, description="With CONFLICT, when known: the version saved now, to send after reading it."
    )


@strawberry.type
class Failed:
    """Nothing was changed, and why."""

    problems: list[Problem]


def failed(problems: Iterable[DomainProblem]) -> Failed:
    """Return the domain's problems in GraphQL's shape."""
    return Failed(problems=[_problem(problem) for problem in problems])


def _problem(problem: DomainProblem) -> Problem:
    version = problem.version if isinstance(problem, Conflict) else None
    return Problem(code=problem.code, message=problem.message, field=problem.field, current_version=version)
