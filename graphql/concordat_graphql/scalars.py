"""Our own scalars. `Pence` is whole pence: a GraphQL Int has 32 bits, which end at £21 million."""

from __future__ import annotations

from typing import Any, NewType

import strawberry
from strawberry.types.scalar import ScalarDefinition

Pence = NewType("Pence", int)

_FURTHEST = 2**53 - 1  # the largest whole number that every JSON reader keeps exactly


def _parsed(value: Any) -> Pence:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > _FURTHEST:
        raise ValueError("Pence must be a whole number.")
    return Pence(value)


SCALARS: dict[object, ScalarDefinition] = {
    Pence: strawberry.scalar(
        name="Pence", description="An amount of money in whole pence.", serialize=int, parse_value=_parsed
    )
}
