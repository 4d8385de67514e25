"""Our own scalars. `Pence` is whole pence: a GraphQL Int has 32 bits, which end at £21 million.

An instant is written as PostgreSQL writes it in JSON, so that one and the same instant always has the same spelling,
whichever read path answers: parts of a second without zeros at their end.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, NewType

import strawberry
from strawberry.types.scalar import ScalarDefinition

Pence = NewType("Pence", int)

_FURTHEST = 2**53 - 1  # the largest whole number that every JSON reader keeps exactly


def _parsed(value: Any) -> Pence:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > _FURTHEST:
        raise ValueError("Pence must be a whole number.")
    return Pence(value)


def _instant(value: datetime) -> str:
    text = value.isoformat()
    day, dot, rest = text.partition(".")
    return f"{day}{dot}{rest[:6].rstrip('0')}{rest[6:]}"


SCALARS: dict[object, ScalarDefinition] = {
    Pence: strawberry.scalar(
        name="Pence", description="An amount of money in whole pence.", serialize=int, parse_value=_parsed
    ),
    datetime: strawberry.scalar(
        name="DateTime",
        description="Date with time (isoformat)",
        serialize=_instant,
        parse_value=datetime.fromisoformat,
    ),
}
