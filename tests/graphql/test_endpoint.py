"""The endpoint itself: what it refuses before anything is executed, and what it never says."""

from __future__ import annotations

import asyncpg
import httpx
import pytest
from litestar import Litestar

from concordat_graphql.operations import run
from tenants.tenancy.actor import ANONYMOUS
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
    assert answer.json()["detail"].startswith(("Send one operation as a JSON object", "This is no stored operation"))


async def test_a_form_cannot_be_used_to_forge_an_operation(api: Api) -> None:
    assert (await send(api, data={"query": "{viewer{name}}"})).status_code in (403, 415)


async def test_a_cookie_without_our_header_is_refused_and_told_which(api: Api) -> None:
    del api.http.headers["x-concordat-request"]
    answer = await send(api, json={"operationName": "MyAccount"})
    assert answer.status_code == 403
    assert "Send the header x-concordat-request" in answer.json()["detail"]


async def test_a_browser_cannot_send_a_document_of_its_own(api: Api) -> None:
    refused = await send(api, json={"query": "{ viewer { name } }"})
    assert refused.status_code == 400
    assert "a system with an access token may send documents of its own" in refused.json()["detail"]
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


async def test_a_database_that_is_away_is_no_fault_of_what_was_asked(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(**_: object) -> None:
        raise asyncpg.CannotConnectNowError("the database system is in recovery mode")

    monkeypatch.setattr("tenants.tenancy.sessions.queries.sessions_of", away)
    [error] = (await send(api, json={"operationName": "MyAccount"})).json()["errors"]
    assert (error["message"], error["extensions"]) == (
        "The database cannot be used at the moment. Try again in a minute.",
        {"code": "UNAVAILABLE"},
    )


FILTER = "‘where’ must be an object."
DAY = "‘where.since’ must be a day, such as “2026-09-01”."


@pytest.mark.parametrize(("variables", "field", "said"), [
    ({}, "areaId", "Give ‘areaId’: an id, as text."),
    ({"areaId": None}, "areaId", "Give ‘areaId’: an id, as text."),
    ({"areaId": {"a": 1}}, "areaId", "‘areaId’ must be an id, as text."),
    ({"areaId": "x", "where": 7}, "where", FILTER),
    ({"areaId": "x", "where": {"since": "2026-02-30"}}, "where.since", DAY),
    ({"areaId": "x", "where": {"who": "x"}}, "where.who", "There is no ‘where.who’ to be given here."),
])  # fmt: skip
async def test_a_wrong_variable_is_named(api: Api, variables: dict[str, object], field: str, said: str) -> None:
    answer = (await send(api, json={"operationName": "AuditTrail", "variables": variables})).json()
    expected = {"message": said, "extensions": {"code": "BAD_USER_INPUT", "field": field}}
    assert answer == {"data": None, "errors": [expected]}


async def test_what_does_not_fit_is_all_told_at_once_and_inside_a_list_by_its_place(api: Api) -> None:
    said = {"idempotencyKey": 7, "requestId": "x", "version": "1", "answers": [{"key": "a"}, {"key": 3}, 7]}
    answer = (await send(api, json={"operationName": "SaveReturn", "variables": {"input": said}})).json()
    fields = [error["extensions"]["field"] for error in answer["errors"]]
    assert fields == ["idempotencyKey", "version", "answers.1.key", "answers.2"]


async def test_of_very_much_that_does_not_fit_twenty_are_told(api: Api) -> None:
    said = {"idempotencyKey": "k", "requestId": "x", "version": 1, "answers": [{"key": 3}] * 500}
    answer = (await send(api, json={"operationName": "SaveReturn", "variables": {"input": said}})).json()
    assert len(answer["errors"]) == 20


@pytest.mark.parametrize(("version", "said"), [
    (2**31, "‘version’ must be a number from -2147483648 to 2147483647."),
    (1.5, "‘version’ must be a whole number."),
    (True, "‘version’ must be a whole number."),
])  # fmt: skip
async def test_a_number_that_does_not_fit_is_told_why(api: Api, version: object, said: str) -> None:
    sent = {"idempotencyKey": "k", "areaId": "x", "version": version, "name": "N"}
    answer = (await send(api, json={"operationName": "RenameArea", "variables": {"input": sent}})).json()
    assert [error["message"] for error in answer["errors"]] == [said]


async def test_what_the_browser_sent_is_not_said_again(api: Api) -> None:
    said = {"idempotencyKey": "k", "areaId": {"secret": "hunter2"}, "version": "hunter2", "name": ["hunter2"]}
    answer = await send(api, json={"operationName": "RenameArea", "variables": {"input": said}})
    assert "hunter2" not in answer.text


@pytest.mark.parametrize(("declared", "said"), [
    ("$x: Int", "‘x’ must be a whole number."),
    ("$x: Area!", "Variable '$x' is never used."),
    ("$x: Nope!", "Variable '$x' is never used."),
])  # fmt: skip
async def test_a_variable_of_no_input_type_is_a_fault_of_the_document(declared: str, said: str) -> None:
    document = f"query({declared}) {{ areas {{ nodes {{ name }} }} }}"
    result = await run(document, actor=ANONYMOUS, variables={"x": "seven"})
    assert [error.message for error in result.errors or ()] == [said]
