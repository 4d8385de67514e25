"""JSON can carry what PostgreSQL cannot keep: no character, half a character, a number beyond its column."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from litestar import Litestar

from infra.database import sql
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import system_scope
from tests.graphql.census.ready import area_key
from tests.support.product import Api, api_of
from tests.support.world import AreaMade, make_actor, make_area

HALF = "\ud83d"


async def raw(api: Api, name: str, variables: dict[str, Any]) -> dict[str, Any]:
    body = json.dumps({"operationName": name, "variables": variables})
    answer = await api.http.post("/graphql", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.parametrize("key", ["null\x00null", f"half{HALF}half", "nine\x07lives"])
async def test_a_strange_key_is_a_problem_or_a_key(app: Litestar, key: str) -> None:
    area = await make_area()
    api = await api_of(app, await make_actor(Role.BUSINESS_MANAGER, area=area))
    said = {"idempotencyKey": key, "areaId": area_key(area), "name": "Adults board", "kind": "other"}
    answer = await raw(api, "LinkBoard", {"input": said})
    assert "errors" not in answer
    assert [p["code"] for p in answer["data"]["result"].get("problems", [])] in ([], ["INVALID"])


@pytest.mark.parametrize("name", [f"Half {HALF}", "No\x00thing", "Turned \u202eround"])
async def test_what_cannot_be_kept_of_a_text_is_left_out(app: Litestar, name: str) -> None:
    area = await make_area()
    api = await api_of(app, await make_actor(Role.BUSINESS_MANAGER, area=area))
    said = {"idempotencyKey": str(uuid4()), "areaId": area_key(area), "name": name, "kind": "other"}
    answer = await raw(api, "LinkBoard", {"input": said})
    async with system_scope("test", areas=[area.id]):
        kept = await sql.fetch_value("select name from linked_board")
    assert answer["data"]["result"]["name"] == kept
    assert kept in ("Half", "Nothing", "Turned round")


@pytest.mark.parametrize("search", ["no\x00thing", HALF, "%", "x" * 5000])
async def test_a_strange_search_is_refused_in_words_or_finds_nothing(app: Litestar, search: str) -> None:
    api = await api_of(app, await make_actor(Role.PLATFORM_ADMINISTRATOR))
    answer = await raw(api, "OrganisationsToGrant", {"search": search})
    assert {error["extensions"]["code"] for error in answer.get("errors", [])} <= {"INVALID"}


async def test_a_refusal_about_an_area_that_does_not_exist_begins_no_chain(app: Litestar) -> None:
    api = await api_of(app, await make_actor(Role.BUSINESS_MANAGER, area=await make_area()))
    nowhere = AreaMade(id=987_654_321, slug="nowhere", name="Nowhere", la_code="000")
    said = {"idempotencyKey": str(uuid4()), "areaId": area_key(nowhere), "name": "Adults board", "kind": "other"}
    answer = await api.mutate("LinkBoard", said)
    assert [p["code"] for p in answer["problems"]] == ["NOT_ALLOWED"]
    async with system_scope("test", areas=[nowhere.id]):
        assert await sql.fetch_value("select count(*) from audit.event where area_id = $1", nowhere.id) == 0
