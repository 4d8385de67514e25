"""The collections of a server: the rows a query asks for. Without changes a page is made from its numbers alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from integrations.sandbox.agencies.oneroster.dialect import Dialect
from integrations.sandbox.agencies.oneroster.people import KINDS, ROLES, Row, Server, district, org, user
from integrations.sandbox.agencies.oneroster.query import Query, values
from integrations.sandbox.agencies.oneroster.state import State

_EACH = frozenset({"sourcedId", "status", "dateLastModified"})
ORG_FIELDS = _EACH | {"name", "type", "identifier", "parent.sourcedId"}
USER_FIELDS = _EACH | {"givenName", "familyName", "email", "identifier", "enabledUser", "roles", "username"}


@dataclass(frozen=True, kw_only=True)
class Part:
    """A run of rows that are made from their numbers, in the order of their ids."""

    count: int
    row: Callable[[int], Row]


@dataclass(frozen=True, kw_only=True)
class Collection:
    """What can be paged. `narrow` are the parts that can hold rows of `role`, as long as nobody changed any."""

    kind: str
    whole: Sequence[Part]
    narrow: Sequence[Part]
    role: str | None = None

    def holds(self, row: Row) -> bool:
        """Whether a row belongs to the collection."""
        return self.role is None or self.role in values(row, "roles")


def page(state: State, server: Server, collection: Collection, query: Query) -> tuple[list[Row], int]:
    """The rows of a page, and how many there are in all."""
    changed = {k: row for k, row in state.changed.get(server.name, {}).items() if row["_kind"] == collection.kind}
    touched = changed or state.gone.get(server.name)
    if not touched and not query.clauses and query.sort == "sourcedId" and not query.descending:
        rows = _slice(collection.narrow, query.offset, query.limit)
        return list(rows), sum(part.count for part in collection.narrow)
    parts = collection.whole if touched else collection.narrow
    found = [row for row in _current(state, server, parts, changed) if collection.holds(row) and query.holds(row)]
    found.sort(key=lambda row: ("".join(values(row, query.sort)), row["sourcedId"]), reverse=query.descending)
    return found[query.offset : query.offset + query.limit], len(found)


def _current(state: State, server: Server, parts: Sequence[Part], changed: dict[str, Row]) -> Iterator[Row]:
    gone, left = state.gone.get(server.name, set()), dict(changed)
    for row in (part.row(number) for part in parts for number in range(part.count)):
        later = left.pop(row["sourcedId"], {})
        if row["sourcedId"] not in gone:
            yield _shown({**row, **later})
    yield from (_shown(row) for row in left.values() if row.get("_new"))


def _shown(row: Row) -> Row:
    return {name: value for name, value in row.items() if not name.startswith("_")}


def _slice(parts: Sequence[Part], offset: int, limit: int) -> Iterator[Row]:
    def numbers() -> Iterator[Row]:
        skip = offset
        for part in parts:
            for number in range(min(skip, part.count), part.count):
                yield part.row(number)
            skip = max(skip - part.count, 0)

    return islice(numbers(), limit)


def orgs(server: Server, dialect: Dialect, *, only_schools: bool) -> Collection:
    """The organisations of a server."""
    above = [] if only_schools else [Part(count=1, row=lambda _: district(server))]
    parts = [*above, Part(count=server.schools, row=lambda place: org(server, place, urn_in=dialect.urn_in))]
    return Collection(kind="org", whole=parts, narrow=parts)


def users(server: Server, *, role: str | None) -> Collection:
    """The people of a server who have a role (None: everybody)."""
    parts = {kind: Part(count=server.count(kind), row=_maker(server, kind)) for kind in KINDS}
    narrow = [part for kind, part in parts.items() if role is None or role in ROLES[kind]]
    return Collection(kind="user", whole=list(parts.values()), narrow=narrow, role=role)


def _maker(server: Server, kind: str) -> Callable[[int], Row]:
    return lambda nth: user(server, kind, nth)
