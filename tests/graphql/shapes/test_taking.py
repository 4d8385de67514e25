"""What is taken without asking GraphQL is what GraphQL makes of it, for every input type of the schema."""

from __future__ import annotations

import random
from typing import Any

import pytest
from graphql import (
    GraphQLBoolean,
    GraphQLInputObjectType,
    GraphQLInt,
    GraphQLList,
    GraphQLNonNull,
    Undefined,
    build_schema,
)
from graphql.utilities import coerce_input_value

from concordat_graphql.schema import schema
from concordat_graphql.shapes.taking import LeftToGraphQL, taker

INPUTS = {name: kind for name, kind in schema._schema.type_map.items() if isinstance(kind, GraphQLInputObjectType)}
ODD: tuple[Any, ...] = (None, "", "Ünïcode '\"{}\0", 0, -1, 2**31, 1.0, 1.5, True, [], ["a"], {}, {"a": 1}, [[None]])


def plausible(kind: Any, chance: random.Random, *, depth: int = 0) -> Any:
    """A value of the type, now and then with something left out, null, of another type or too much."""
    if chance.random() < 0.04:
        return chance.choice(ODD)
    if isinstance(kind, GraphQLNonNull):
        return plausible(kind.of_type, chance, depth=depth)
    if chance.random() < 0.1:
        return None
    if isinstance(kind, GraphQLList):
        return [plausible(kind.of_type, chance, depth=depth + 1) for _ in range(chance.randrange(3))]
    if isinstance(kind, GraphQLInputObjectType):
        named = [name for name in kind.fields if depth < 6 and chance.random() < 0.95]
        values = {name: plausible(kind.fields[name].type, chance, depth=depth + 1) for name in named}
        return {**values, **({"notThere": 1} if chance.random() < 0.03 else {})}
    if kind is GraphQLInt:
        return chance.choice((0, 7, -1))
    return chance.random() < 0.5 if kind is GraphQLBoolean else chance.choice(("x", "", "O’Brien"))


def taken_as_graphql_does(kind: Any, value: Any) -> bool:
    """Return whether it was taken; where it was, as GraphQL takes it, to the type of each value."""
    try:
        taken = taker(kind)(value)
    except LeftToGraphQL:
        return False
    said = coerce_input_value(value, kind)
    assert said is not Undefined, f"GraphQL refuses {value!r}"
    assert repr(taken) == repr(said)
    return True


@pytest.mark.parametrize("name", sorted(INPUTS))
def test_an_input_of_the_schema_is_what_graphql_makes_of_it(name: str) -> None:
    chance = random.Random(name)
    for _ in range(150):
        taken_as_graphql_does(INPUTS[name], plausible(INPUTS[name], chance))


def test_a_usual_return_is_taken() -> None:
    answers = [{"key": "lead", "value": "R", "post": "p", "email": "e"}, {"key": "policy", "value": "yes"}]
    given = {"idempotencyKey": "a" * 32, "requestId": "x", "version": 1, "answers": answers, "confirmPrefilled": True}
    assert taken_as_graphql_does(GraphQLNonNull(INPUTS["SubmitReturnInput"]), given)
    assert taken_as_graphql_does(INPUTS["SubmitReturnInput"], {**given, "answers": None})


@pytest.mark.parametrize("value", [None, {"me": {"me": None}}, {"one": 1}, {"one": 1, "two": 2}, {"me": {"odd": 1}}])
@pytest.mark.parametrize("name", ["Itself", "OneOf", "WithList", "Itself!"])
def test_odd_types_are_taken_rightly_or_left(name: str, value: Any) -> None:
    made = build_schema(
        "type Query { a: Int } input Itself { me: Itself, one: Int = 3 } "
        "input OneOf @oneOf { one: Int, two: Int } input WithList { one: [Int!] = [1, 2], two: Float = 1.5 }"
    )
    kind: Any = made.type_map[name.removesuffix("!")]
    taken_as_graphql_does(GraphQLNonNull(kind) if name.endswith("!") else kind, value)


def test_a_default_that_could_be_changed_is_not_shared() -> None:
    kind: Any = build_schema("type Query { a: Int } input WithList { one: [Int!] = [1] }").type_map["WithList"]
    assert not taken_as_graphql_does(kind, {})
    assert taken_as_graphql_does(kind, {"one": [2]})
