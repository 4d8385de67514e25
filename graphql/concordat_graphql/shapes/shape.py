"""What a type, a relation and a root field say about the SQL that reads them.

SQL fragments are written for a reviewer to read. In them `{t}` is the alias of the row itself, `{p}` the alias of the
row it belongs to, and any other name in braces is a bound value: never text that came from outside.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tenants.tenancy.actor import Actor

Bound = Mapping[str, Any]
Bind = Callable[..., Bound]


def nothing_bound(_: Actor) -> Bound:
    """Return no values: for what takes no arguments."""
    return {}


@dataclass(frozen=True, kw_only=True, slots=True)
class Labelled:
    """A column's code as words, by a mapping that must know every code the table's CHECK constraint allows."""

    column: str
    labels: Mapping[Any, str]
    total: bool = True  #: False: the column may be null or hold a code without words, and the answer is null then


Expression = str | Labelled


@dataclass(frozen=True, kw_only=True, slots=True)
class Keyset:
    """How a connection is paged: the sort key of a row, as SQL of its alias, in the order of the cursor's parts."""

    key: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Relation:
    """How a field that holds objects finds its rows.

    `source` is what follows FROM, and `joins` what may follow it: by what stands after `{t}` in the alias of its row,
    a join of exactly one row to each, written only where something that is asked for names it. A source of None reads
    the parent's own row again (an object that is a part of the row), or one row that `beside` joins to it, for which
    no sub-select runs: it must join exactly one to each. `when` adds a condition for a bound value that is given,
    `unless` one for a value that is not. `bind` is called with the actor and the field's arguments, and returns what
    the fragments may name in braces; what it raises is what the ordinary path raises.
    """

    source: str | None = None
    joins: Mapping[str, str] = field(default_factory=dict)
    where: str | None = None
    order: str | None = None
    orders: Mapping[str, str] = field(default_factory=dict)  #: instead of `order`: that of the bound value given
    joined: str = ""  #: without a source: what follows `{p}` in the alias of the joined row that the object is
    beside: str | None = None  #: without a source: the join that puts the object's row `{t}` beside the parent's
    one: bool = False
    limit: str | None = None
    when: Mapping[str, str] = field(default_factory=dict)
    unless: Mapping[str, str] = field(default_factory=dict)
    keyset: Keyset | None = None
    bind: Bind = nothing_bound
    only_if: str | None = None  #: condition on the parent's row, and on one beside it, without which the object is null
    logins: tuple[str, ...] = ()  #: where the ordinary path reads it on these whatever its root is read on


@dataclass(frozen=True, kw_only=True, slots=True)
class Shape:
    """How a type that is a row is read: each field is the column of its name, but for the exceptions.

    `table` is checked against the catalogue at start: the columns exist, the login may read them, and a field that
    is never null stands on a column that is never null. Without a table every field needs an expression.
    """

    table: str | None = None
    columns: Mapping[str, Expression] = field(default_factory=dict)
    relations: Mapping[str, Relation] = field(default_factory=dict)
    resolved: frozenset[str] = frozenset()  #: fields that only their resolver can answer


class NotForThem(Exception):
    """This actor is not whom the compiled path serves here: the ordinary path answers."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reader:
    """On which login a root field is read. `logins` are all that `choose` may return."""

    logins: tuple[str, ...]
    choose: Callable[[Actor], str]


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditedRead:
    """The entry that an official's read leaves before it is made."""

    subject: tuple[str, object]
    area_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Root:
    """A root field: on whose login it is read, and the relation that it is. `audit` for what officials read."""

    reader: Reader
    relation: Relation
    audit: AuditedRead | None = None
    holds: str | None = None  #: condition on what is stored, without which only the ordinary path has the answer
