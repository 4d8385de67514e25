"""How big an operation may be: measured in linear time, refused before anything is executed."""

from __future__ import annotations

import time

import pytest
from graphql import get_introspection_query, parse, validate

from concordat_graphql import limits
from concordat_graphql.limits import OperationLimits
from concordat_graphql.operations import run, stored
from tenants.tenancy.actor import ANONYMOUS
from tests.graphql.documents import CYCLE, SCHEMA, TYPES_OF_TYPES, aliased, complaints, fragment_bomb, nested


def areas(first: str, inner: str) -> str:
    return f"{{ areas({first}) {{ nodes {{ {inner} }} }} }}"


@pytest.mark.parametrize("name", sorted(stored()))
def test_every_stored_operation_is_within_the_limits(name: str) -> None:
    assert complaints(stored()[name]) == []


@pytest.mark.parametrize(
    ("document", "what"),
    [
        (nested(10), "depth 12"),
        (aliased(16), "aliases 16"),
        (areas("first: 200", "localAuthorities { code name } linkedBoards { id name }"), "cost 20601"),
        (areas("first: 999999999999", "name"), "cost 1999999999999"),
        ("query Q($n: Int!) " + areas("first: $n", "localAuthorities { code name }"), "cost 10401"),
        ("{ viewer { name " + "@include(if: true) " * 11 + "} }", "directives 11"),
    ],
    ids=lambda value: value[:30],
)
def test_what_is_too_big_is_told_its_size(document: str, what: str) -> None:
    (complaint,) = complaints(document)
    assert complaint.startswith(f"This operation is too big: {what}")


def test_a_list_is_priced_by_its_page_also_when_the_page_is_left_out() -> None:
    inner = "localAuthorities { code name } linkedBoards { id name kind kindLabel url note endedOn version }"
    assert complaints(areas("first: 10", inner)) == []
    assert complaints(f"{{ areas {{ nodes {{ {inner} }} }} }}") != []


def test_top_level_fields_in_a_fragment_count() -> None:
    names = list(SCHEMA.query_type.fields)[: limits.MAX_ROOTS + 1]
    inner = " ".join(f"{name} {{ __typename }}" for name in names)
    assert "top-level fields" in complaints(f"query Q {{ ...A }} fragment A on Query {{ {inner} }}")[0]


def test_one_sentence_for_a_document_that_breaks_every_limit() -> None:
    deep = nested(20).removeprefix("{").removesuffix("}")
    assert len(complaints("{ " + " ".join(f"a{i}: {deep}" for i in range(20)) + " }")) == 1


@pytest.mark.parametrize(
    "document",
    [fragment_bomb(60), CYCLE, "{ " + "viewer { name } " * 340 + "}", areas("first: 1", "id " * 1400)],
    ids=["fragment bomb", "cycle", "many roots", "many fields"],
)
def test_measuring_takes_milliseconds_whatever_is_sent(document: str) -> None:
    parsed, took = parse(document), list[float]()
    for _ in range(3):  # of which one may collect the garbage of other tests
        began = time.thread_time()
        validate(SCHEMA, parsed, [OperationLimits])
        took.append(time.thread_time() - began)
    assert min(took) < 0.05


async def answered(document: str) -> tuple[list[str], float]:
    """What it is told, and how many seconds of work that was, whatever else the machine does."""
    took: list[float] = []
    for _ in range(3):
        began = time.thread_time()
        result = await run(document, actor=ANONYMOUS)
        took.append(time.thread_time() - began)
        assert result.data is None
    return [error.message for error in result.errors or []], min(took)


async def test_a_cycle_of_fragments_is_refused() -> None:
    messages, _ = await answered(CYCLE)
    assert "Cannot spread fragment" in messages[0]


@pytest.mark.parametrize(
    "document",
    [
        "{ " + "viewer { name } " * 5_000 + "}",
        "{" + "a{" * 3_000 + "b" + "}" * 3_001,
        "{ viewer { name } } #" + "x" * 100 + "\n" + "fragment F on Viewer { name } " * 1_000,
        "[" * 3_000,
        '{ areas(search: "' + "x" * 100_000 + '", after: ' + "[" * 1_000 + "]" * 1_000 + ") { nodes { id } } }",
    ],
    ids=["5,000 fields", "3,000 levels", "1,000 fragments", "brackets", "a deep list"],
)
async def test_what_is_enormous_is_refused_at_once_in_one_sentence(document: str) -> None:
    messages, seconds = await answered(document)
    assert len(messages) == 1
    assert messages != ["Unexpected error."]
    assert seconds < 0.5


@pytest.mark.parametrize("document", [fragment_bomb(60), fragment_bomb(120)])
async def test_a_bomb_of_fragments_is_as_cheap_as_what_it_says(document: str) -> None:
    result = await run(document, actor=ANONYMOUS)
    assert result.errors is None or len(result.errors) == 1


@pytest.mark.parametrize("document", [get_introspection_query(), TYPES_OF_TYPES])
async def test_introspection_is_priced_as_any_other_list(document: str) -> None:
    messages, seconds = await answered(document)
    assert messages[0].startswith("This operation is too big")
    assert seconds < 0.5


def test_limits_are_the_ones_we_publish() -> None:
    published = (limits.MAX_DEPTH, limits.MAX_ALIASES, limits.MAX_DIRECTIVES, limits.MAX_COST, limits.MAX_TOKENS)
    assert published == (10, 15, 10, 10_000, 1_500)
