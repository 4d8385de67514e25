"""From an outline and what is bound to one SQL expression, whose value is the text of the response.

Every value is a bind parameter. The text is built from shapes, which are ours, and response keys, which GraphQL's
grammar keeps to letters, digits and underscores.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLNonNull

from concordat_graphql.shapes.outline import Chosen, Outline, Shapes
from concordat_graphql.shapes.shape import Bound, Expression, Keyset, Labelled, Relation, Shape
from concordat_graphql.shapes.words import case_of, literal, object_text

ALWAYS = -1  #: the number of the values that every fragment may name
ALWAYS_BOUND = ("today",)
Where = tuple[int, ...]
Mask = tuple[tuple[tuple[str, bool], ...], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """The SQL of one operation. `args`: for each parameter, which binder's value of which name."""

    sql: str
    args: tuple[tuple[int, str], ...]


class Names(dict[str, str]):
    """What braces in a fragment stand for: aliases by name, and a parameter for each bound value."""

    def __init__(self, compiler: Compiler, scope: Where, **aliases: str) -> None:
        super().__init__(aliases)
        self._compiler = compiler
        self._scope = scope

    def __missing__(self, name: str) -> str:
        return self._compiler.parameter(self._scope, name)


class Compiler:
    """Compiles one outline under one mask: which names each binder binds, and whether to anything but null.

    Without a mask everything counts as given: the longest SQL there is of the operation, for snapshots and checks.
    """

    def __init__(self, shapes: Shapes, outline: Outline, mask: Mask | None) -> None:
        self._shapes = shapes
        self._outline = outline
        self._everything = mask is None
        self._names = {i: dict(each) for i, each in enumerate(mask or ())}
        self._names[ALWAYS] = dict.fromkeys(ALWAYS_BOUND, True)
        self._args: list[tuple[int, str]] = []
        self._aliases = 0

    def compile(self) -> Plan:
        """Return the plan."""
        roots = [(root.key, self._root(root)) for root in self._outline.roots]
        answer = "(select " + object_text('{"data":{', roots, "}}") + ")"
        return Plan(self._where_it_holds(answer), tuple(self._args))

    def parameter(self, scope: Where, name: str) -> str:
        """Return the parameter of the innermost value of that name."""
        if self._everything and name not in ALWAYS_BOUND:
            self._names.setdefault(scope[0], {})[name] = True
        for number in reversed((ALWAYS, *scope)):
            if name in self._names.get(number, {}):
                key = (number, name)
                if key not in self._args:
                    self._args.append(key)
                return f"${self._args.index(key) + 1}"
        raise KeyError(f"a shape names {{{name}}}, which nothing binds")

    def _where_it_holds(self, answer: str) -> str:
        """CASE asks its condition before it computes its answer, which is null where the condition is not met."""
        asked = zip(self._outline.roots, self._outline.rules, strict=True)
        holds = [rule.holds.format_map(Names(self, (root.binder,))) for root, rule in asked if rule.holds]
        return f"case when {' and '.join(holds)}\n then {answer} end" if holds else answer

    def _root(self, root: Chosen) -> str:
        """The text of a root field's answer."""
        assert root.relation is not None
        if root.relation.keyset is not None:
            return f"({self._page(root, root.relation.keyset, '', (root.binder,), text=True)})"
        return f"coalesce({self._object(root, '', (), [])}::text, 'null')"

    def _object(self, chosen: Chosen, parent: str, scope: Where, parts: list[str]) -> str:
        """`parts`: what has to stand beside the parent's row for the value to be there."""
        assert chosen.relation is not None
        relation, inner = chosen.relation, (*scope, chosen.binder)
        if relation.keyset is not None:
            return f"({self._page(chosen, relation.keyset, parent, inner)})"
        if relation.source is None:
            return self._part(chosen, relation, parent, inner, parts)
        alias, own = self._alias(), list[str]()
        fields = self._fields(chosen, alias, inner, own)
        if not relation.one and relation.limit is None:
            beside = f"{''.join(own)}\n cross join lateral (select {fields}) r"
            order = _clause("order by", self._order(relation, inner).format_map(Names(self, inner, t=alias, p=parent)))
            rows = self._rest(relation, alias, parent, inner, named=order, beside=beside, order=False)
            return f"(select coalesce(json_agg(row_to_json(r){order}), '[]'::json){rows})"
        rows = f"(select {fields}{self._rest(relation, alias, parent, inner, named=fields, beside=''.join(own))}) r"
        if not relation.one:
            return f"(select coalesce(json_agg(row_to_json(r)), '[]'::json) from {rows})"
        return self._one(chosen, f"(select row_to_json(r) from {rows})", Names(self, inner, p=parent))

    def _part(self, chosen: Chosen, relation: Relation, parent: str, scope: Where, parts: list[str]) -> str:
        """The planner flattens what stands beside a row; a sub-select would run for each."""
        row = f"{parent}{relation.joined}"
        if relation.beside is not None:
            row = self._alias()
            parts.append(f"\n {relation.beside.format_map(Names(self, scope, t=row, p=parent))}")
        fields, alias = self._fields(chosen, row, scope, parts), self._alias()
        parts.append(f"\n cross join lateral (select {fields}) {alias}")
        return self._one(chosen, f"row_to_json({alias})", Names(self, scope, t=row, p=parent))

    def _one(self, chosen: Chosen, found: str, names: Names) -> str:
        """An object where there is one. Where it is never null, a null that is found fails the statement."""
        relation = chosen.relation
        if relation is not None and relation.only_if is not None:
            found = f"case when {relation.only_if.format_map(names)} then {found} end"
        elif relation is not None and relation.source is None:
            return found
        return f"coalesce({found}, shape.required(null))" if _never_null(chosen) else found

    def _page(self, chosen: Chosen, keyset: Keyset, parent: str, scope: Where, *, text: bool = False) -> str:
        """A page. Where `pageInfo` is asked for, rows carry their sort keys and numbers, and one row more than asked is
        read, which tells that there is more and is not shown. The cursor is made of the last row that is shown only."""
        assert chosen.relation is not None
        alias = self._alias()
        first = f"{self.parameter(scope, 'first')}::integer"
        selected = {child.name: child for child in chosen.children}
        nodes = selected.get("nodes")
        parts: list[str] = []
        fields = "1 as one" if nodes is None else self._fields(nodes, alias, scope, parts)
        row = f"{''.join(parts)}\n cross join lateral (select {fields}) r"
        if "pageInfo" in selected:
            names = Names(self, scope, t=alias, p=parent)
            key = ", ".join(f"{part.format_map(names)} as k{n}" for n, part in enumerate(keyset.key))
            rest = self._rest(
                chosen.relation, alias, parent, scope, named=key, beside=row, limit=f"{first} + 1"
            )
            numbered = (
                "select p.*, row_number() over () as place, count(*) over () as found"
                f" from (select row_to_json(r) as node, {key}{rest}) p"
            )
            last = f"json_build_array({', '.join(f'q.k{n}' for n in range(len(keyset.key)))})::text"
            page = (
                f"select json_agg(q.node) filter (where q.place <= {first}) as nodes, max(q.found) as found,"
                f" min({last}) filter (where q.place = least({first}, q.found)) as last from ({numbered}) q"
            )
        else:
            rest = self._rest(chosen.relation, alias, parent, scope, beside=row, limit=first)
            page = f"select json_agg(q.node) as nodes from (select row_to_json(r) as node{rest}) q"
        pairs = [(child.key, self._page_part(child, first)) for child in chosen.children]
        if text:
            whole = object_text("{", [(key, f"{part}::text") for key, part in pairs], "}")
        else:
            whole = f"json_build_object({', '.join(f'{literal(key)}, {part}' for key, part in pairs)})"
        return f"select {whole} from ({page}) g"

    def _page_part(self, child: Chosen, first: str) -> str:
        match child.name:
            case "nodes":
                return "coalesce(g.nodes, '[]'::json)"
            case "pageInfo":
                parts = ", ".join(f"{literal(each.key)}, {_page_fact(each, first)}" for each in child.children)
                return f"json_build_object({parts})"
        return f"to_json({literal(child.parent)}::text)"

    def _rest(
        self,
        relation: Relation,
        alias: str,
        parent: str,
        scope: Where,
        *,
        named: str = "",
        beside: str = "",
        limit: str | None = None,
        order: bool = True,
    ) -> str:
        """FROM to LIMIT. A condition for an argument is there only when the argument is given, and a join only where
        its row is named: here, or in `named`, the text that stands around it."""
        assert relation.source is not None
        names = Names(self, scope, t=alias, p=parent)
        conditions = [
            relation.where,
            *(sql for name, sql in relation.when.items() if self._given(scope, name)),
            *(sql for name, sql in relation.unless.items() if not self._given(scope, name)),
        ]
        limited = limit or (relation.limit and relation.limit.format_map(names))
        source = relation.source.format_map(names)
        where = " and ".join(f"({each.format_map(names)})" for each in conditions if each)
        after = (
            _clause("where", where),
            _clause("order by", self._order(relation, scope).format_map(names)) if order else "",
            _clause("limit", limited),
        )
        text = "".join((named, beside, *after))
        joins = [f" {sql.format_map(names)}" for name, sql in relation.joins.items() if f"{alias}{name}." in text]
        return "".join((f"\n from {source}", *joins, beside, *after))

    def _order(self, relation: Relation, scope: Where) -> str:
        chosen = [sql for name, sql in relation.orders.items() if self._given(scope, name)]
        return ", ".join(chosen) or relation.order or ""

    def _given(self, scope: Where, name: str) -> bool:
        return self._everything or any(self._names[number].get(name, False) for number in scope)

    def _fields(self, chosen: Chosen, alias: str, scope: Where, parts: list[str]) -> str:
        return ",\n  ".join(f'{self._value(child, alias, scope, parts)} as "{child.key}"' for child in chosen.children)

    def _value(self, child: Chosen, alias: str, scope: Where, parts: list[str]) -> str:
        if child.definition is None:
            return literal(child.parent)
        if child.relation is not None:
            return self._object(child, alias, scope, parts)
        expression = expression_of(self._shapes.types[child.parent], child.name)
        return sql_of(expression).format_map(Names(self, scope, t=alias))

    def _alias(self) -> str:
        self._aliases += 1
        return f"t{self._aliases}"


def expression_of(shape: Shape, name: str) -> Expression:
    """Return how a shape reads a field: its exception, else the column of that name."""
    return shape.columns.get(name, f"{{t}}.{name}")


def sql_of(expression: Expression) -> str:
    """Return an expression's SQL, with its braces."""
    return case_of(expression) if isinstance(expression, Labelled) else expression


def _clause(word: str, text: str | None) -> str:
    return f"\n {word} {text}" if text else ""


def _page_fact(child: Chosen, first: str) -> str:
    match child.name:
        case "hasNextPage":
            return f"coalesce(g.found, 0) > {first}"
        case "endCursor":
            return "shape.opaque(g.last)"
    return literal(child.parent)


def _never_null(chosen: Chosen) -> bool:
    return isinstance(chosen.definition.type, GraphQLNonNull) if chosen.definition else False


def mask_of(bounds: Sequence[Bound]) -> Mask:
    """Return which names are bound, and whether to anything but null: what the SQL depends on."""
    return tuple([_given_of(bound) if bound else () for bound in bounds])


def _given_of(bound: Bound) -> tuple[tuple[str, bool], ...]:
    return tuple([(name, value is not None) for name, value in bound.items()])


def values_of(plan: Plan, bounds: Sequence[Bound], always: Bound) -> tuple[Any, ...]:
    """Return the values of a plan's parameters in this request."""
    return tuple([(always if number == ALWAYS else bounds[number])[name] for number, name in plan.args])
