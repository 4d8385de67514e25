"""Reading a list never costs a query for each row: every stored query, of an area of one size and of thrice that."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
import pytest_asyncio
from graphql import OperationDefinitionNode, OperationType, parse

from concordat_graphql.operations import run, run_stored, stored
from infra.database.scope import observer
from tenants.tenancy.actor import Actor
from tests.graphql.statement_counts.cases import ADMINISTRATOR, CASES
from tests.graphql.statement_counts.grown import Grown, grown
from tests.support.cluster import Cluster
from tests.support.world import make_area

SMALL, LARGE = 2, 6
MOST = 16  #: statements of any one page


def queries() -> list[str]:
    """Every stored operation that is a query."""
    kinds = {
        name: definition.operation
        for name, text in stored().items()
        for definition in parse(text).definitions
        if isinstance(definition, OperationDefinitionNode)
    }
    return sorted(name for name, kind in kinds.items() if kind is OperationType.QUERY)


@pytest_asyncio.fixture(scope="module")
async def small(database: Cluster) -> Grown:
    return await grown(SMALL)


@pytest_asyncio.fixture(scope="module")
async def large(small: Grown) -> Grown:
    return await grown(LARGE)


@pytest.fixture(autouse=True)
def the_tests_make_more_areas_than_england_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("concordat_graphql.national.queries.MOST_AREAS", 100_000)


async def statements_of(name: str, by: Actor, variables: dict[str, Any]) -> tuple[list[str], Any]:
    seen: list[str] = []
    token = observer.set(seen.append)
    try:
        result = await run_stored(name, actor=by, variables=variables)
    finally:
        observer.reset(token)
    assert not result.errors, result.errors
    return seen, result.data


def test_every_query_is_counted() -> None:
    assert sorted(CASES) == queries(), "give each stored query a line in cases.py"


@pytest.mark.parametrize("name", sorted(CASES))
async def test_three_times_as_much_costs_as_many_statements(small: Grown, large: Grown, name: str) -> None:
    few, shown = await statements_of(name, *CASES[name](small))
    many, more = await statements_of(name, *CASES[name](large))
    repeated = [text.split("\n")[0] for text, times in (Counter(many) - Counter(few)).items() for _ in range(times)]
    assert len(few) == len(many), f"{name} repeats: {repeated}"
    assert len(many) <= MOST
    assert shown is not None
    assert more is not None


async def test_the_count_would_notice(small: Grown, large: Grown) -> None:
    """The harness itself: a document that asks for a list of each of n things by name costs more with more names."""
    costs = []
    for n in (SMALL, LARGE):
        one = f'platformArea(slug: "{small.area.slug}") {{ covers {{ code }} }}'
        fields = " ".join(f"a{i}: {one}" for i in range(n // 2))
        seen: list[str] = []
        token = observer.set(seen.append)
        await run(f"{{ {fields} }}", actor=ADMINISTRATOR, compiled=False)
        observer.reset(token)
        costs.append(len(seen))
    assert costs[0] < costs[1]


@pytest.mark.parametrize(
    "document",
    [
        "{ areas(first: 50) { nodes { name localAuthorities { name } linkedBoards { name } } } }",
        "{ platformAreas(first: 50) { nodes { area { name localAuthorities { name } } } } }",
        "{ organisations(first: 50) { nodes { name successors { name } predecessors { name } history { field } } } }",
    ],
)
async def test_a_programs_own_document_costs_no_query_for_each_row(large: Grown, document: str) -> None:
    for _ in range(4):
        await make_area()
    seen: list[str] = []
    token = observer.set(seen.append)
    try:
        result = await run(document, actor=ADMINISTRATOR)
    finally:
        observer.reset(token)
    assert not result.errors
    assert len(seen) <= 4, Counter(seen).most_common(2)
