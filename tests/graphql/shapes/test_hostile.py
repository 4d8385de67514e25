"""Documents meant to hurt: nothing of them reaches SQL but as a bound value, and refusals are in words."""

from __future__ import annotations

from typing import Any

import pytest
import pytest_asyncio
from structlog.testing import capture_logs

from concordat_graphql import ids
from concordat_graphql.answering import ready_for
from concordat_graphql.operations import run
from infra.database.scope import observer
from tenants.tenancy.actor import Actor
from tests.graphql.shapes.documents import ODD
from tests.graphql.shapes.same import compiled, ordinary
from tests.graphql.statement_counts.grown import Grown, grown
from tests.support.cluster import Cluster

AGENCIES = "query Q($a: ID!, $s: String) { relevantAgencies(areaId: $a, search: $s) { nodes { name } } }"


@pytest_asyncio.fixture(scope="module")
async def made(database: Cluster) -> Grown:
    return await grown(2)


def area(made: Grown) -> str:
    return ids.encode("Area", made.area.id)


async def statements(document: str, by: Actor, variables: dict[str, Any]) -> list[str]:
    seen: list[str] = []
    token = observer.set(seen.append)
    try:
        await compiled(document, by=by, variables=variables)
    finally:
        observer.reset(token)
    return seen


@pytest.mark.parametrize("text", [text for text in ODD if len(text) > 1])
async def test_what_people_type_is_a_bound_value(made: Grown, text: str) -> None:
    variables = {"a": area(made), "s": text}
    harmless = {"a": area(made), "s": "Meadow"}
    assert await statements(AGENCIES, made.manager, variables) == await statements(AGENCIES, made.manager, harmless)
    assert await compiled(AGENCIES, by=made.manager, variables=variables) == await ordinary(
        AGENCIES, by=made.manager, variables=variables
    )


@pytest.mark.parametrize("text", [text for text in ODD if text.isprintable() and '"' not in text and "\\" not in text])
async def test_what_is_written_into_the_document_is_a_bound_value(made: Grown, text: str) -> None:
    document = f'{{ relevantAgencies(areaId: "{area(made)}", search: "{text}") {{ nodes {{ name }} }} }}'
    harmless = document.replace(f'"{text}"', '"Meadow"')
    assert await statements(document, made.manager, {}) == await statements(harmless, made.manager, {})


@pytest.mark.parametrize("text", ["a\x00b", "\ud800"])
async def test_what_cannot_be_kept_is_refused_in_words_and_is_no_fault_of_ours(made: Grown, text: str) -> None:
    variables = {"a": area(made), "s": text}
    with capture_logs() as logged:
        (error,) = (await run(AGENCIES, actor=made.manager, variables=variables)).errors or []
    assert (error.extensions or {})["code"] == "INVALID"
    assert "graphql.compiled_read_failed" not in [entry["event"] for entry in logged]


@pytest.mark.parametrize("key", ["a" * 63, "_", "__proto__", "constructor", "ORDER", "select", "nodes", "Nodes"])
async def test_a_response_key_may_be_any_name(made: Grown, key: str) -> None:
    document = f'{{ area(slug: "{made.area.slug}") {{ {key}: name }} }}'
    answered = await compiled(document, by=made.manager)
    assert answered == {"area": {key: answered["area"][key]}}
    assert answered == await ordinary(document, by=made.manager)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("pageInfo @skip(if: true) { hasNextPage }", {}),
        ("nodes @include(if: false) { name }", {}),
        ("pageInfo { hasNextPage @skip(if: true) }", {"pageInfo": {}}),
    ],
)
async def test_a_page_may_be_left_with_nothing(made: Grown, asked: str, shown: dict[str, Any]) -> None:
    document = f'{{ relevantAgencies(areaId: "{area(made)}", first: 1) {{ {asked} }} }}'
    answered = await compiled(document, by=made.manager)
    assert answered == {"relevantAgencies": shown} == await ordinary(document, by=made.manager)


async def test_an_object_may_be_left_with_nothing(made: Grown) -> None:
    document = (
        f'{{ area(slug: "{made.area.slug}") {{ name @skip(if: true) localAuthorities {{ name @skip(if: true) }} }} }}'
    )
    answered = await compiled(document, by=made.manager)
    assert answered == {"area": {"localAuthorities": [{}]}} == await ordinary(document, by=made.manager)


async def test_a_response_key_longer_than_an_identifier_takes_the_ordinary_path(made: Grown) -> None:
    document = f'{{ area(slug: "{made.area.slug}") {{ {"a" * 64}: name }} }}'
    assert await compiled(document, by=made.manager) is None
    assert list((await ordinary(document, by=made.manager))["area"]) == ["a" * 64]


async def test_the_same_key_twice_is_merged(made: Grown) -> None:
    document = f"""query Q {{ area(slug: "{made.area.slug}") {{ localAuthorities {{ name }} ...F }} }}
        fragment F on Area {{ localAuthorities {{ code name }} name }}"""
    answered = await compiled(document, by=made.manager)
    assert list(answered["area"]["localAuthorities"][0]) == ["name", "code"]
    assert answered == await ordinary(document, by=made.manager)


REFUSED = {
    "a page larger than any": '{ relevantAgencies(areaId: "%s", first: 2147483647) { nodes { name } } }',
    "a page of none": '{ relevantAgencies(areaId: "%s", first: 0) { nodes { name } } }',
    "a number beyond its bits": '{ relevantAgencies(areaId: "%s", first: 99999999999) { nodes { name } } }',
    "a cursor of ours with other parts": '{ relevantAgencies(areaId: "%s", after: "WzFd") { nodes { name } } }',
    "a cursor of nobody's": '{ relevantAgencies(areaId: "%s", after: "💥") { nodes { name } } }',
    "an unknown variable": '{ relevantAgencies(areaId: "%s", search: $x) { nodes { name } } }',
    "an unknown directive": '{ relevantAgencies(areaId: "%s") @live { nodes { name } } }',
    "a directive without its argument": '{ relevantAgencies(areaId: "%s") @include { nodes { name } } }',
    "a directive twice": '{ relevantAgencies(areaId: "%s") @skip(if: true) @skip(if: false) { nodes { name } } }',
    "a fragment in itself": 'query Q { relevantAgencies(areaId: "%s") { ...F } }'
    " fragment F on RelevantAgencyConnection { ...F }",
    "one key for two fields": '{ relevantAgencies(areaId: "%s") { nodes { a: name a: reason } } }',
    "two operations": 'query A { relevantAgencies(areaId: "%s") { nodes { name } } } query B { __typename }',
    "too many names for one field": '{ relevantAgencies(areaId: "%s") { nodes { '
    + " ".join(f"a{i}: name" for i in range(101)) + " } } }",
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
async def test_it_is_refused_in_words_without_a_statement(made: Grown, what: str) -> None:
    document = REFUSED[what] % area(made)
    assert await statements(document, made.manager, {}) == []
    one = await run(document, actor=made.manager)
    other = await run(document, actor=made.manager, compiled=False)
    assert [error.formatted for error in one.errors or []] == [error.formatted for error in other.errors or []]
    assert one.errors
    assert all(error.message and "Unexpected" not in error.message for error in one.errors)


async def test_a_wrong_variable_is_refused_in_words(made: Grown) -> None:
    for variables in ({}, {"a": None}, {"a": ["x"]}, {"a": area(made), "s": {"x": 1}}):
        assert ready_for(AGENCIES, actor=made.manager, variables=variables, name=None) is None
        assert (await run(AGENCIES, actor=made.manager, variables=variables)).errors


async def test_a_switch_is_part_of_the_plan_and_not_of_the_cache_of_another(made: Grown) -> None:
    document = "query Q($slug: String!, $x: Boolean!) { area(slug: $slug) { name slug @include(if: $x) } }"
    for switched in (True, False, True):
        variables = {"slug": made.area.slug, "x": switched}
        answered = await compiled(document, by=made.manager, variables=variables)
        assert ("slug" in answered["area"]) is switched
        assert answered == await ordinary(document, by=made.manager, variables=variables)
