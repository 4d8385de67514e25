"""What must still hold in the database for what was kept in memory to be believed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True, slots=True)
class Guard:
    """A condition checked before anything is read or written: in the same statement, or in the same transaction.

    `sql` is a boolean expression with `{0}`, `{1}` … for its own `args`: `"security.session_live({0}, {1})"`.
    """

    sql: str
    args: tuple[Any, ...]

    def literal(self) -> str:
        """Return the condition with its values in it, quoted: for where no parameter can be sent."""
        return self.sql.format(*(quoted(str(arg)) for arg in self.args))


def all_hold(guards: Iterable[Guard]) -> Guard | None:
    """Return one guard that holds where each of them does; None for none of them."""
    parts, args = list[str](), list[Any]()
    for each in guards:
        parts.append(each.sql.format(*(f"{{{len(args) + n}}}" for n in range(len(each.args)))))
        args += each.args
    return Guard(sql=" and ".join(parts), args=tuple(args)) if parts else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """A part of a command as one call: `sql` is a boolean expression with `{0}`, `{1}` … for its own `args`.

    True when it was done. It is false, or raises, when nothing must be kept.
    """

    sql: str
    args: tuple[Any, ...]

    def numbered(self, first: int = 1) -> str:
        """Return the call with parameters from that number."""
        return self.sql.format(*(f"${first + place}" for place in range(len(self.args))))


class NoLongerHolds(Exception):
    """The guard of a transaction did not hold: nothing was read or written in it."""


def quoted(text: str) -> str:
    """Return a text as an SQL literal, whatever is in it."""
    marked = text.replace("\\", "\\\\").replace("'", "''")
    return f"E'{marked}'"
