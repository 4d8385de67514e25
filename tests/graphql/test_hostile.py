"""The thirteen checks of graphql-cop (an auditing tool that no registry offers), each as a test of its own.

Twice where it matters: as a browser, which may send our own documents only, and as a system with a token, which may
send its own.
"""

from __future__ import annotations

from typing import Any

import httpx
import pytest
import pytest_asyncio
from litestar import Litestar
from strawberry.types import ExecutionResult

from concordat_graphql.operations import run, stored
from tenants.tenancy.actor import Actor, Grant
from tenants.tenancy.roles import Role
from tests.graphql.documents import TYPES_OF_TYPES, aliased
from tests.support.product import Api, api_of
from tests.support.world import make_actor, make_area

SYSTEM = Actor(kind="client", name="A system", grants=(Grant(role=Role.VIEWER, area_id=1),))


@pytest_asyncio.fixture
async def browser(app: Litestar) -> Api:
    return await api_of(app, await make_actor(Role.BUSINESS_MANAGER, area=await make_area()))


async def as_system(document: str, **variables: Any) -> ExecutionResult:
    return await run(document, actor=SYSTEM, variables=variables)


async def sent(browser: Api, document: str) -> httpx.Response:
    return await browser.http.post("/graphql", json={"query": document})


def codes(result: ExecutionResult) -> list[str]:
    return [str((error.extensions or {}).get("code")) for error in result.errors or []]


async def test_1_alias_overloading(browser: Api) -> None:
    assert (await sent(browser, aliased(101))).status_code == 400
    assert codes(await as_system(aliased(101))) == ["QUERY_TOO_COMPLEX"]


async def test_2_array_based_batching(browser: Api) -> None:
    answer = await browser.http.post("/graphql", json=[{"operationName": "MyAccount"}] * 10)
    assert answer.status_code == 400


async def test_3_directive_overloading(browser: Api) -> None:
    document = "query { __typename " + "@aa" * 10 + " }"
    assert (await sent(browser, document)).status_code == 400
    result = await as_system(document)
    assert len(result.errors or []) == 1, "ten faults are answered with one"


async def test_4_circular_introspection(browser: Api) -> None:
    assert (await sent(browser, TYPES_OF_TYPES)).status_code == 400
    assert codes(await as_system(TYPES_OF_TYPES)) == ["QUERY_TOO_COMPLEX"]


async def test_5_field_duplication(browser: Api) -> None:
    document = "{ viewer { " + "name " * 500 + "} }"
    assert (await sent(browser, document)).status_code == 400
    assert (await as_system(document)).data == {"viewer": {"name": "A system"}}, "the same field is answered once"
    assert (await as_system("{ viewer { " + "name " * 5_000 + "} }")).data is None


async def test_6_field_suggestions(browser: Api) -> None:
    for document in ("{ viewr { name } }", "{ viewer { nam } }", '{ areas(serch: "x") { nodes { id } } }'):
        assert "Did you mean" not in (await sent(browser, document)).text
        (error,) = (await as_system(document)).errors or []
        assert "Did you mean" not in error.message


async def test_7_get_based_mutation(browser: Api) -> None:
    assert (await browser.http.get("/graphql", params={"query": "mutation { __typename }"})).status_code == 405


async def test_8_get_method_query_support(browser: Api) -> None:
    for params in ({"query": "{ __typename }"}, {"operationName": "MyAccount"}):
        assert (await browser.http.get("/graphql", params=params)).status_code == 405


@pytest.mark.parametrize("path", ["/graphql", "/graphiql", "/playground", "/console", "/altair", "/v1/graphql"])
async def test_9_an_ide_is_served_nowhere(browser: Api, path: str) -> None:
    answer = await browser.http.get(path, headers={"accept": "text/html"})
    assert answer.status_code in (404, 405)
    assert not any(word in answer.text.lower() for word in ("graphiql", "playground", "graphql-ws"))


async def test_10_introspection(browser: Api) -> None:
    document = "query { __schema { queryType { name } types { name } } }"
    assert (await sent(browser, document)).status_code == 400
    (error,) = (await as_system("{ __schema { types { fields { args { type { name } } } } } }")).errors or []
    assert "too big" in error.message, "a system reads the committed schema, not the service"


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data"])
async def test_11_post_based_url_encoded_query(browser: Api, kind: str) -> None:
    answer = await browser.http.post(
        "/graphql", content=b"query=%7B__typename%7D&operationName=MyAccount", headers={"content-type": kind}
    )
    assert answer.status_code in (400, 403, 415)


async def test_12_trace_mode(browser: Api) -> None:
    answer = await browser.http.post("/graphql", json={"operationName": "MyAccount"})
    assert answer.json().keys() == {"data"}, "no extensions: no timings, no tracing"


async def test_13_unhandled_errors(browser: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(**_: object) -> None:
        raise RuntimeError("password=hunter2")

    monkeypatch.setattr("tenants.tenancy.queries.areas", broken)
    for answer in (
        (await sent(browser, "{ areas { nodes { id } } }")).text,
        str((await as_system("{ areas(first: 1) { nodes { id } } }")).errors),
        (await browser.http.post("/graphql", json={"operationName": "MyAccount", "variables": {"x": {"y": []}}})).text,
    ):
        assert "hunter2" not in answer
        assert "Traceback" not in answer


async def test_a_stored_operation_cannot_be_changed_on_its_way(browser: Api) -> None:
    changed = stored()["MyAccount"].replace("name", "name hat", 1)
    answer = await browser.http.post("/graphql", json={"operationName": "MyAccount", "query": changed})
    assert answer.status_code == 400


async def test_two_operations_in_one_document_are_one_too_many() -> None:
    result = await as_system("query A { viewer { name } } query B { viewer { hat } }")
    assert result.data is None
    assert (result.errors or [])[0].message == "Send one operation at a time."
