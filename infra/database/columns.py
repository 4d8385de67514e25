"""Many rows as a few texts: one parameter for each column, taken apart by PostgreSQL.

The driver looks at each element of an array several times before it sends it; a text it sends as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

NULL = "\x1e"
_USUAL = "\x1f"


def taken_apart(count: int, *, first: int) -> str:
    """Return the expressions for the columns of `packed`, whose parameters begin with that number: each a `text[]`."""
    names = range(first + 1, first + 1 + count)
    return ", ".join(f"string_to_array(${each}, ${first}, E'\\x1e')" for each in names)


def packed(*columns: Sequence[str | None]) -> list[str]:
    """Return the parameters: what parts the texts, then each column. None becomes null.

    A column holds something, and no empty text. Raises `ValueError` for one that does.
    """
    separator = _USUAL
    sent = [_joined(column, separator) for column in columns]
    if any(one.count(separator) != len(column) - 1 for one, column in zip(sent, columns, strict=True)):
        separator = uuid4().hex  # somebody's text has the usual one in it
        sent = [_joined(column, separator) for column in columns]
    return [separator, *sent]


def _joined(column: Sequence[str | None], separator: str) -> str:
    if not column or "" in column or NULL in column:
        raise ValueError("no rows, or a text that would be lost")
    if None in column:
        return separator.join(NULL if one is None else one for one in column)
    return separator.join(column)  # type: ignore[arg-type]
