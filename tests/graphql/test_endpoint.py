"""The endpoint itself: what it refuses before anything is executed, and what it never says."""

from __future__ import annotations

import httpx
import pytest
from litestar import Litestar

from tenants.tenancy.roles import Role
from tests.support.product import Api, api_of
from tests.support.world import make_actor, make_area


async def send(api: Api, **options: object) -> httpx.Response:
    return await api.http.post("/graphql", **options)  # type: ignore[arg-type]


@pytest.fixture
async def api(app: Litestar) -> Api:
    return await api_of(app, await make_actor(Role.BUSINESS_MANAGER, area=await make_area()))


async def test_get_is_not_answered(api: Api) -> None:
    assert (await api.http.get("/graphql?query={viewer{name}}")).status_code == 405


@pytest.mark.parametrize(
    "body", [b"", b"not json", b"[]", b'[{"query":"{viewer{name}}"}]', b'{"query":7}', b'{"variables":[]}']
)
async def test_what_is_not_one_operation_is_refused(api: Api, body: bytes) -> None:
    answer = await send(api, content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_form_cannot_be_used_to_forge_an_operation(api: Api) -> None:
    assert (await send(api, data={"query": "{viewer{name}}"})).status_code in (403, 415)


async def test_a_cookie_without_our_header_is_refused_and_told_which(api: Api) -> None:
    del api.http.headers["x-concordat-request"]
    answer = await send(api, json={"operationName": "MyAccount"})
    assert answer.status_code == 403
    assert "Send the header x-concordat-request" in answer.json()["detail"]


async def test_a_browser_cannot_send_a_document_of_its_own(api: Api) -> None:
    assert (await send(api, json={"query": "{ viewer { name } }"})).status_code == 400
    assert (await send(api, json={"query": "{ __schema { types { name } } }"})).status_code == 400


async def test_an_unknown_operation_is_refused_without_a_hint(api: Api) -> None:
    answer = await send(api, json={"operationName": "MyAccont"})
    assert answer.status_code == 400
    assert "MyAccount" not in answer.text


async def test_a_large_body_is_refused(api: Api) -> None:
    answer = await send(api, json={"operationName": "MyAccount", "variables": {"x": "x" * 300_000}})
    assert answer.status_code == 413


async def test_what_goes_wrong_inside_is_not_told(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(**_: object) -> None:
        raise RuntimeError("password=hunter2")

    monkeypatch.setattr("tenants.tenancy.sessions.queries.sessions_of", broken)
    answer = await send(api, json={"operationName": "MyAccount"})
    assert "hunter2" not in answer.text
    assert answer.json()["errors"][0]["message"] == "Unexpected error."


@pytest.mark.parametrize("variables", [{}, {"areaId": None}, {"areaId": {"a": 1}}, {"areaId": "x", "where": 7}])
async def test_a_wrong_variable_is_named(api: Api, variables: dict[str, object]) -> None:
    answer = (await send(api, json={"operationName": "AuditTrail", "variables": variables})).json()
    assert answer["data"] is None or answer["data"] == {"auditTrail": None}
    assert "Variable '$" in answer["errors"][0]["message"]
