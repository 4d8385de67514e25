"""Whether what GraphQL says is never null stands on what the database never leaves null, and labels on every code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graphql import GraphQLNonNull

from concordat_graphql.shapes.compiler import expression_of, sql_of
from concordat_graphql.shapes.outline import Chosen, Outline, Shapes
from concordat_graphql.shapes.shape import Labelled

_TABLE = re.compile(r"(?:^|(left )?join )([a-z_][a-z_.]*) (\{t\}\w*)")
_COLUMN = re.compile(r"(\{t\}\w*)\.([a-z_]+)")


Tables = Mapping[str, tuple[str, bool]]  #: by alias: the table, and whether an outer join may have found no row of it


@dataclass(frozen=True, kw_only=True, slots=True)
class Catalogue:
    """What the database knows: by table, the columns and whether each is never null; by column, its codes."""

    never_null: Mapping[str, Mapping[str, bool]]
    codes: Mapping[tuple[str, str], frozenset[str]]


def complaints(shapes: Shapes, outline: Outline, catalogue: Catalogue) -> Iterator[str]:
    """Return a sentence for each shaped field that could be null, or a code without words, against its promise.

    Columns of computed rows (sub-selects, VALUES) are not in the catalogue: the equality tests hold those.
    """
    for root in outline.roots:
        yield from _of(shapes, root, {}, catalogue)


def _of(shapes: Shapes, chosen: Chosen, tables: Tables, catalogue: Catalogue) -> Iterator[str]:
    relation = chosen.relation
    rows = relation and (relation.source or relation.beside)
    if relation is not None and rows:
        rows = " ".join((rows, *relation.joins.values()))
        found = _TABLE.findall(rows)
        tables = {alias: (table, bool(left)) for left, table, alias in found}
    elif relation is not None and relation.joined:
        own = "{t}" + relation.joined
        tables = {"{t}": tables[own]} if own in tables else {}
    if relation is not None and relation.only_if is not None and "{t}" in tables:
        tables = {**tables, "{t}": (tables["{t}"][0], False)}  # the condition is that the row is there
    for child in chosen.children:
        if child.children or child.relation is not None:
            yield from _of(shapes, child, tables, catalogue)
        elif child.definition is not None and child.parent in shapes.types:
            yield from _field(shapes, child, tables, catalogue)


def _field(shapes: Shapes, child: Chosen, tables: Tables, catalogue: Catalogue) -> Iterator[str]:
    expression = expression_of(shapes.types[child.parent], child.name)
    where = f"{child.parent}.{child.name}"
    known = [(*tables[alias], column) for alias, column in _COLUMN.findall(sql_of(expression)) if alias in tables]
    for table, _, column in known:
        if column not in catalogue.never_null.get(table, {}):
            yield f"{where} reads {table}.{column}, which is not there"
    if isinstance(expression, Labelled) and expression.total:
        yield from _codes(where, expression, [(table, column) for table, _, column in known], catalogue)
    never_null = child.definition is not None and isinstance(child.definition.type, GraphQLNonNull)
    if never_null and "coalesce(" not in sql_of(expression):
        for table, left, column in known:
            if left or not catalogue.never_null.get(table, {}).get(column, True):
                yield f"{where} is never null, and {'an outer join' if left else table}.{column} may be"


def _codes(where: str, labelled: Labelled, known: list[tuple[str, str]], catalogue: Catalogue) -> Iterator[str]:
    for column in known:
        codes = catalogue.codes.get(column)
        if codes is None:
            yield f"{where} has words for codes, and {'.'.join(column)} has no CHECK that lists them"
        elif missing := codes - {str(code) for code in labelled.labels}:
            yield f"{where} has no words for {', '.join(sorted(missing))}"
