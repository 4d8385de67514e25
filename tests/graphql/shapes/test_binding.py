"""Arguments are worked out once for a document, and come to the same as GraphQL's own conversion for each request."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import GraphQLError, OperationDefinitionNode, get_variable_values, parse
from graphql.execution.get_variable_signature import get_variable_signature
from graphql.execution.values import VariableValues

from concordat_graphql.answering import outline_of
from concordat_graphql.schema import schema
from concordat_graphql.shapes import binding
from concordat_graphql.shapes.binding import NotBound, arguments_of, as_given, bound, coerced
from concordat_graphql.shapes.document import prepared
from concordat_graphql.shapes.outline import Binder
from concordat_graphql.shapes.shape import Relation
from tenants.tenancy.actor import ANONYMOUS

GIVEN = "query Q({}) {{ relevantAgencies({}) {{ nodes {{ name }} }} }}"

CASES: dict[str, tuple[str, str, dict[str, Any]]] = {
    "a constant": ("$a: ID!", 'areaId: $a, search: "x"', {"a": "A"}),
    "a variable": ("$a: ID!, $s: String", "areaId: $a, search: $s", {"a": "A", "s": "y"}),
    "a variable left out": ("$a: ID!, $s: String", "areaId: $a, search: $s", {"a": "A"}),
    "a variable that is null": ("$a: ID!, $s: String", "areaId: $a, search: $s", {"a": "A", "s": None}),
    "a variable with a default": ('$a: ID!, $s: String = "z"', "areaId: $a, search: $s", {"a": "A"}),
    "an argument with a default": ("$a: ID!", "areaId: $a", {"a": "A"}),
    "a default and a variable left out": ("$a: ID!, $n: Int", "areaId: $a, first: $n", {"a": "A"}),
    "a number as an id": ("$a: ID!", "areaId: $a", {"a": 7}),
    "a null that is written": ("$a: ID!", "areaId: $a, search: null", {"a": "A"}),
}


def binder_of(declared: str, arguments: str) -> tuple[Binder, Any]:
    found = prepared(GIVEN.format(declared, arguments), schema._schema)
    assert found is not None
    outline = outline_of(found, ())
    assert outline is not None
    one = outline.binders[0]
    return Binder(Relation(bind=lambda _, **given: given), one.field, one.node), found


@pytest.mark.parametrize("case", CASES)
def test_it_is_what_graphql_would_have_converted(monkeypatch: pytest.MonkeyPatch, case: str) -> None:
    declared, arguments, variables = CASES[case]
    binder, found = binder_of(declared, arguments)
    values = coerced(schema._schema, found, variables)
    quick = bound(binder, actor=ANONYMOUS, variables=values, converter=schema.schema_converter)
    monkeypatch.setattr(binding, "arguments_of", lambda *_: None)
    slow = bound(binder, actor=ANONYMOUS, variables=values, converter=schema.schema_converter)
    assert quick == slow


def test_a_null_where_none_may_be_is_left_to_the_ordinary_path() -> None:
    binder, found = binder_of("$a: ID!, $n: Int", "areaId: $a, first: $n")
    values = coerced(schema._schema, found, {"a": "A", "n": None})
    with pytest.raises(NotBound):
        bound(binder, actor=ANONYMOUS, variables=values, converter=schema.schema_converter)


def test_a_variable_inside_an_object_is_converted_in_each_request() -> None:
    text = "query Q($a: ID!, $s: String) { dutyRequests(areaId: $a, where: {search: $s}) { nodes { title } } }"
    found = prepared(text, schema._schema)
    assert found is not None
    outline = outline_of(found, ())
    assert outline is not None
    assert arguments_of(outline.binders[0], schema.schema_converter) is None


WORDS = ("", "Ünïcode '\"{}", "12")
MINE = {"key": "a", "value": "b"}
PLAIN: tuple[Any, ...] = (0, -1, 2**31 - 1, 2**31, 1.0, 1.5, True, None, [], ["a"], {}, {"a": 1})
VALUES: tuple[Any, ...] = (*WORDS, *PLAIN, MINE, [MINE, MINE], [None], [[1, None], None])
TYPES = ("ID", "ID!", "String", "String!", "Int", "Int!", "Boolean", "Boolean!", "[ID!]", "Int = 3", "String! = \"x\"",
         "AnswerInput", "[AnswerInput!]!", "SubmitReturnInput!", "[[Int]]")  # fmt: skip


@pytest.mark.parametrize("declared", TYPES)
def test_a_variable_is_taken_as_it_is_only_where_that_is_what_graphql_makes_of_it(declared: str) -> None:
    [head] = parse(f"query ($v: {declared}) {{ a }}").definitions
    assert isinstance(head, OperationDefinitionNode)
    nodes = head.variable_definitions or ()
    signatures = [get_variable_signature(schema._schema, node) for node in nodes]
    taken = 0
    for given in ({}, *({"v": value} for value in VALUES)):
        quick = as_given([each for each in signatures if not isinstance(each, GraphQLError)], given)
        if quick is not None:
            taken += 1
            said = get_variable_values(schema._schema, nodes, given)
            assert isinstance(said, VariableValues)
            assert quick.coerced == said.coerced
            assert {n: s.value for n, s in quick.sources.items()} == {n: s.value for n, s in said.sources.items()}
    assert taken > 0 or declared == "SubmitReturnInput!", "for one of these there is no value"
