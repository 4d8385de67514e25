"""Documents made at random of shaped fields: aliases, fragments, directives, variables, wrong and odd arguments."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql import GraphQLField, GraphQLList, GraphQLNonNull, GraphQLObjectType, get_named_type

from concordat_graphql.schema import schema
from concordat_graphql.shaped import SHAPES

QUERY = schema._schema.query_type
#: what people and attackers type
ODD = ("", "a", "Meadow", "100%", "_", "\\", "O'Hara", '"; drop table area; --', "{t}", "$1", "éß–𝛌", "\t\n", "x" * 300,
       "2026-02-30", "-1", "null", "'||pg_sleep(9)||'")  # fmt: skip


@dataclass
class Written:
    """A document with its variables."""

    text: str
    variables: dict[str, Any] = field(default_factory=dict)


class Writer:
    """Writes one document. `known` are the arguments that mean something here, by name: ids, slugs, codes."""

    def __init__(self, seed: int, known: Mapping[str, Sequence[Any]]) -> None:
        self._random = random.Random(seed)
        self._known = known
        self._declared: list[str] = []
        self._variables: dict[str, Any] = {}
        self._fragments: list[str] = []

    def write(self) -> Written:
        """Return a document of one to three root fields."""
        roots = self._random.sample(sorted(SHAPES.roots), self._random.choice((1, 1, 2, 3)))
        assert QUERY is not None
        body = " ".join(self._field(QUERY.fields[name], name, depth=0) for name in roots)
        declared = f"({', '.join(self._declared)})" if self._declared else ""
        return Written(f"query Q{declared} {{ {body} }} {' '.join(self._fragments)}", self._variables)

    def _field(self, definition: GraphQLField, name: str, *, depth: int) -> str:
        alias = f"a{self._random.randint(0, 99)}: " if self._random.random() < 0.15 else ""
        kind = get_named_type(definition.type)
        inner = f" {{ {self._selection(kind, depth + 1)} }}" if isinstance(kind, GraphQLObjectType) else ""
        return f"{alias}{name}{self._arguments(definition)}{self._directive()}{inner}"

    def _selection(self, kind: GraphQLObjectType, depth: int) -> str:
        names = [name for name, each in kind.fields.items() if depth < 5 or not _is_object(each)]
        chosen = self._random.sample(names, self._random.randint(1, min(len(names), 6))) if names else []
        parts = [self._field(kind.fields[name], name, depth=depth) for name in chosen]
        if self._random.random() < 0.2 or not parts:
            parts.append("__typename")
        if self._random.random() < 0.2:
            parts.append(self._random.choice(parts))  # the same field again
        text = " ".join(parts)
        if self._random.random() < 0.1:
            return f"... on {kind.name} {{ {text} }}"
        if self._random.random() < 0.1:
            name = f"F{len(self._fragments)}"
            self._fragments.append("")  # keeps the number while the inner ones are written
            self._fragments[int(name[1:])] = f"fragment {name} on {kind.name} {{ {text} }}"
            return f"...{name}"
        return text

    def _directive(self) -> str:
        if self._random.random() > 0.08:
            return ""
        value = self._random.choice(("true", "false", None)) or self._variable("Boolean!", self._random.random() < 0.5)
        return f" @{self._random.choice(('include', 'skip'))}(if: {value})"

    def _arguments(self, definition: GraphQLField) -> str:
        given = [
            f"{name}: {self._value(name, str(argument.type), argument.type)}"
            for name, argument in definition.args.items()
            if isinstance(argument.type, GraphQLNonNull) or self._random.random() < 0.4
        ]
        return f"({', '.join(given)})" if given else ""

    def _value(self, name: str, declared: str, kind: Any) -> str:
        if name in self._known and self._random.random() < 0.85:
            return self._variable(declared, self._random.choice(self._known[name]))
        match get_named_type(kind).name:
            case "Int":
                return self._variable(declared, self._random.choice((0, 1, 2, 3, 50, 200, 201, -1, 2**31 - 1)))
            case "Boolean":
                return self._random.choice(("true", "false"))
            case "Date":
                return self._variable(declared, self._random.choice(("2026-06-01", "1999-01-01", "2026-02-30")))
            case "String" | "ID":
                return self._variable(declared, self._random.choice(ODD))
        return self._variable(declared, [] if isinstance(kind, GraphQLList) else {})

    def _variable(self, declared: str, value: Any) -> str:
        name = f"v{len(self._declared)}"
        self._declared.append(f"${name}: {declared}")
        self._variables[name] = value
        return f"${name}"


def _is_object(definition: GraphQLField) -> bool:
    return isinstance(get_named_type(definition.type), GraphQLObjectType)
