"""SQL that several shapes share: opaque ids, labels, money. Each mirrors one Python function of the ordinary path."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from concordat_graphql.shapes.shape import Labelled, Relation


def literal(text: str) -> str:
    """Return text of our own (never of a request) as an SQL literal, safe also inside `str.format`."""
    return "'" + text.replace("'", "''").replace("{", "{{").replace("}", "}}") + "'"


def object_text(before: str, pairs: Sequence[tuple[str, str]], after: str) -> str:
    """The text of an object of values that are texts of JSON already, between two texts of ours.

    As JSON of JSON PostgreSQL would copy a long answer six times; `||` copies it twice. Of many parts that would copy
    the first ones again and again, where concat() adds each once.
    """
    if not pairs:  # all that was asked for is skipped
        return f"'{before}{after}'"
    parts = list[str]()
    for key, value in pairs:
        begin = "," if parts else before
        parts += [f"""'{begin}"{key}":'""", value]
    parts.append(f"'{after}'")
    if len(pairs) > 2:
        return f"concat({', '.join(parts)})"
    return " || (".join(parts) + ")" * (len(parts) - 1)


def opaque(kind: str, value: str) -> str:
    """Return what `ids.encode(kind, value)` returns; null for null. `value` is SQL."""
    return f"shape.opaque({literal(kind + ':')} || ({value}))"


def labelled(column: str, labels: Mapping[Any, str]) -> Labelled:
    """Return the words of a column's code; the mapping must cover the column's CHECK constraint."""
    return Labelled(column=column, labels=labels)


def perhaps_labelled(column: str, labels: Mapping[Any, str]) -> Labelled:
    """Return the words of a code that may be null or unknown: null then."""
    return Labelled(column=column, labels=labels, total=False)


def case_of(expression: Labelled) -> str:
    """Return the CASE expression of a labelled column."""
    arms = " ".join(f"when {literal(str(code))} then {literal(label)}" for code, label in expression.labels.items())
    return f"case {expression.column} {arms} end"


def money(pence: str) -> Relation:
    """Return the relation of a Money object that stands on one expression in pence of the row `{p}`; null for null."""
    return _money(f"(select {pence} as pence)")


def money_added_up(pence: str, rows: str) -> Relation:
    """Return `money` of an aggregate over the rows that follow FROM: computed once, and not wherever it is named."""
    return _money(f"(select {pence} as pence from {rows})")


def _money(row: str) -> Relation:
    return Relation(beside=f"cross join lateral {row} {{t}}", only_if="{t}.pence is not null", one=True)


PART = Relation(one=True)
"""An object that is a part of its parent's own row."""
