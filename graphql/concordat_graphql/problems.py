"""How a mutation says what is wrong: a typed list, never a thrown error for something a person can mend."""

from __future__ import annotations

from collections.abc import Iterable

import strawberry

from tenants.tenancy.errors import Problem as DomainProblem


@strawberry.type
class Problem:
    """One thing that is wrong."""

    code: str = strawberry.field(description="Stable, for programs: INVALID, CONFLICT, NOT_ALLOWED, …")
    message: str = strawberry.field(description="A sentence a person can act on.")
    field: str | None = strawberry.field(default=None, description="The input field it concerns, when there is one.")


@strawberry.type
class Failed:
    """Nothing was changed, and why."""

    problems: list[Problem]


def failed(problems: Iterable[DomainProblem]) -> Failed:
    """Return the domain's problems in GraphQL's shape."""
    return Failed(problems=[Problem(code=p.code, message=p.message, field=p.field) for p in problems])
