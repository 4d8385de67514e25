"""A document is parsed, validated and measured once, however often and by whomever it is sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from graphql import DocumentNode, Source, parse
from strawberry.extensions import parser_cache

from concordat_graphql.limits import OperationLimits
from concordat_graphql.operations import run, run_stored
from concordat_graphql.shapes import document as shaped_document
from tenants.tenancy.actor import ANONYMOUS
from tests.graphql.cooperation.sending import GIVEN, request_id
from tests.support.cluster import Cluster
from tests.support.cooperation import asked_school
from tests.support.world import make_area, manager


@dataclass
class Counted:
    """How often a document was read and how often it was measured."""

    parsed: int = 0
    measured: int = 0


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counted]:
    count, check = Counted(), OperationLimits._check

    def counting_parse(source: Source | str, **options: Any) -> DocumentNode:
        count.parsed += 1
        return parse(source, **options)

    def counting_check(self: OperationLimits, operation: Any) -> None:
        count.measured += 1
        check(self, operation)

    parser_cache._get_parse_cache.cache_clear()  # the shared cache holds the real parser
    monkeypatch.setattr(parser_cache, "parse", counting_parse)
    monkeypatch.setattr(shaped_document, "parse", counting_parse)
    monkeypatch.setattr(shaped_document, "DOCUMENTS", shaped_document.Documents())
    monkeypatch.setattr(OperationLimits, "_check", counting_check)
    yield count
    parser_cache._get_parse_cache.cache_clear()


async def test_a_stored_mutation_is_read_and_measured_once(database: Cluster, counted: Counted) -> None:
    for n in range(4):
        asked = await asked_school(await make_area())
        said = {"idempotencyKey": f"another-return-{n}", "requestId": request_id(asked), "version": 1, "answers": GIVEN}
        sent = await run_stored("SubmitReturn", actor=asked.contact, variables={"input": said}, mutation=True)
        assert sent.errors is None
    assert counted.parsed == 1
    assert counted.measured <= 1  # none when an earlier test has sent it


@pytest.mark.parametrize("compiled", [True, False])
async def test_a_programs_own_document_is_measured_once_for_everyone(
    database: Cluster, counted: Counted, compiled: bool
) -> None:
    document = f"query Own{compiled} {{ viewer {{ name hat }} }}"
    people = [manager(await make_area()) for _ in range(3)]
    await run(document, actor=people[0], compiled=compiled)
    first = counted.measured
    for actor in [*people, ANONYMOUS, *people]:
        await run(document, actor=actor, compiled=compiled)
    assert counted.measured == first <= 2  # once to compile it, once to resolve what cannot be compiled


async def test_a_document_over_the_limit_stays_refused_from_the_cache(database: Cluster, counted: Counted) -> None:
    document = "{ " + " ".join(f"a{n}: viewer {{ name }}" for n in range(40)) + " }"
    refused = [await run(document, actor=manager(await make_area()), compiled=False) for _ in range(3)]
    codes = [(one.errors or [])[0].extensions for one in refused]
    assert [code and code["code"] for code in codes] == ["QUERY_TOO_COMPLEX"] * 3
    assert counted.measured == 1
