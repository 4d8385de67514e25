"""What a collection can be asked: limit, offset, sort, filter, fields. Grammar of OneRoster 1.2 §3.4."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from integrations.sandbox.agencies.oneroster.dialect import Refused

Row = Mapping[str, Any]
_CLAUSE = re.compile(r"([A-Za-z][\w.]*)\s*(!=|>=|<=|=|>|<|~)\s*'([^']*)'")
_FILTER = re.compile(rf"({_CLAUSE.pattern})(?: (AND|OR) ({_CLAUSE.pattern}))?")
_COMPARE: Mapping[str, Callable[[str, str], bool]] = {
    "=": lambda has, wanted: has == wanted,
    "!=": lambda has, wanted: has != wanted,
    ">": lambda has, wanted: has > wanted,
    ">=": lambda has, wanted: has >= wanted,
    "<": lambda has, wanted: has < wanted,
    "<=": lambda has, wanted: has <= wanted,
    "~": lambda has, wanted: wanted.lower() in has.lower(),
}


@dataclass(frozen=True, kw_only=True)
class Clause:
    """One comparison of a filter."""

    field: str
    operator: str
    value: str

    def holds(self, row: Row) -> bool:
        """Whether any value of the field compares so."""
        return any(_COMPARE[self.operator](has, self.value) for has in values(row, self.field))


@dataclass(frozen=True, kw_only=True)
class Query:
    """A checked request for a page of a collection."""

    limit: int
    offset: int
    sort: str
    descending: bool
    clauses: tuple[Clause, ...]
    any_of: bool

    def holds(self, row: Row) -> bool:
        """Whether a row is asked for."""
        held = (clause.holds(row) for clause in self.clauses)
        return any(held) if self.any_of else all(held)


def values(row: Row, field: str) -> list[str]:
    """The values of a dotted field as text; `role` and `roles` are the roles' names."""
    dotted = {"role": "roles.role", "roles": "roles.role"}.get(field, field).split(".")
    found: list[Any] = [row]
    for part in dotted:
        found = [each[part] for each in found if isinstance(each, Mapping) and part in each]
        found = [one for each in found for one in (each if isinstance(each, list) else [each])]
    return [str(each) for each in found]


def parse(asked: Mapping[str, str], *, fields: frozenset[str], largest_page: int) -> Query:
    """The query of a request. Raises `Refused` as a server would refuse it."""
    if asked.get("orderBy", "asc") not in ("asc", "desc"):
        raise Refused(400, "invaliddata", "orderBy is asc or desc.")
    if (sort := asked.get("sort", "sourcedId")) not in fields:
        raise Refused(400, "invaliddata", f"Unknown sort field '{sort}'.")
    for selected in filter(None, asked.get("fields", "").split(",")):
        if selected not in fields:
            raise Refused(400, "invalid_selection_field", f"Unknown field '{selected}'.")
    clauses, any_of = _clauses(asked.get("filter"), fields)
    return Query(
        limit=min(_number(asked, "limit", 100, least=1), largest_page),
        offset=_number(asked, "offset", 0, least=0),
        sort=sort,
        descending=asked.get("orderBy") == "desc",
        clauses=clauses,
        any_of=any_of,
    )


def _number(asked: Mapping[str, str], name: str, otherwise: int, *, least: int) -> int:
    text = asked.get(name, str(otherwise))
    if not text.isdecimal() or int(text) < least:
        raise Refused(400, "invaliddata", f"{name} is a whole number of at least {least}.")
    return int(text)


def _clauses(text: str | None, fields: frozenset[str]) -> tuple[tuple[Clause, ...], bool]:
    if text is None:
        return (), False
    if (found := _FILTER.fullmatch(text)) is None:
        raise Refused(400, "invaliddata", "The filter is not one clause, or two joined by AND or OR.")
    parts = [found.groups()[1:4], found.groups()[6:9]]
    clauses = tuple(Clause(field=part[0], operator=part[1], value=part[2]) for part in parts if part[0])
    for clause in clauses:
        if clause.field not in fields:
            raise Refused(400, "invalid_filter_field", f"Unknown filter field '{clause.field}'.")
    return clauses, found.group(5) == "OR"
