"""Tenancy's mutations over HTTP, by four actors; who may not, changes nothing."""

from __future__ import annotations

from uuid import uuid4

import pytest
from litestar import Litestar

from concordat_graphql import ids
from infra.database import sql
from tenants.audit import queries as audit
from tenants.tenancy.scope import system_scope
from tests.support.four_actors import Who, manager, stranger, viewer
from tests.support.product import Api, api_of, codes
from tests.support.world import AreaMade, make_area


def key() -> str:
    return str(uuid4())


async def boards_of(area: AreaMade) -> list[str]:
    async with system_scope("test", areas=[area.id]):
        return [row["name"] for row in await sql.fetch("select name from linked_board order by name")]


def board(area: AreaMade, **changed: object) -> dict[str, object]:
    values = {
        "idempotencyKey": key(),
        "areaId": ids.encode("Area", area.id),
        "name": "Adults board",
        "kind": "safeguarding_adults",
    }
    return {**values, **changed}


async def test_a_manager_adds_a_board(app: Litestar) -> None:
    area = await make_area()
    api = await api_of(app, await manager(area))
    result = await api.mutate("LinkBoard", board(area))
    assert (result["name"], result["version"]) == ("Adults board", 1)
    assert await boards_of(area) == ["Adults board"]


@pytest.mark.parametrize("who", [stranger, viewer])
async def test_who_may_not_is_told_so_and_changes_nothing(app: Litestar, who: Who) -> None:
    area = await make_area()
    api = await api_of(app, await who(area))
    assert codes(await api.mutate("LinkBoard", board(area))) == ["NOT_ALLOWED"]
    assert await boards_of(area) == []


async def test_nobody_is_asked_to_sign_in(app: Litestar) -> None:
    area = await make_area()
    api = await api_of(app, None)
    answer = await api.run("LinkBoard", input=board(area))
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["UNAUTHENTICATED"]
    assert await boards_of(area) == []


async def test_a_refusal_is_in_the_areas_own_trail(app: Litestar) -> None:
    area = await make_area()
    api = await api_of(app, await stranger(area))
    await api.mutate("LinkBoard", board(area))
    async with system_scope("test", areas=[area.id]):
        newest = (await audit.entries(area_id=area.id))[0]
    assert (newest.action, newest.subject_id) == ("authorisation.refuse", "board.link")


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"name": ""}, "INVALID", "name"),
        ({"name": "x" * 201}, "INVALID", "name"),
        ({"kind": "a party"}, "INVALID", "kind"),
        ({"url": "javascript:alert(1)"}, "INVALID", "url"),
        ({"note": "x" * 2001}, "INVALID", "note"),
        ({"areaId": "bm9uc2Vuc2U"}, "NOT_FOUND", "areaId"),
        ({"idempotencyKey": "short"}, "INVALID", "idempotencyKey"),
    ],
)
async def test_bad_input_is_a_problem_with_its_field_and_writes_nothing(
    app: Litestar, changed: dict[str, object], code: str, field: str
) -> None:
    area = await make_area()
    api = await api_of(app, await manager(area))
    result = await api.mutate("LinkBoard", board(area, **changed))
    assert [(problem["code"], problem["field"]) for problem in result["problems"]] == [(code, field)]
    assert await boards_of(area) == []


async def test_the_same_key_twice_has_one_effect_and_the_same_answer(app: Litestar) -> None:
    area = await make_area()
    api = await api_of(app, await manager(area))
    sent = board(area)
    first, again = await api.mutate("LinkBoard", sent), await api.mutate("LinkBoard", sent)
    assert first == again
    assert await boards_of(area) == ["Adults board"]


async def test_the_same_key_for_another_request_is_refused(app: Litestar) -> None:
    area = await make_area()
    api = await api_of(app, await manager(area))
    sent = board(area)
    await api.mutate("LinkBoard", sent)
    assert codes(await api.mutate("LinkBoard", {**sent, "name": "Another"})) == ["IDEMPOTENCY_KEY_REUSED"]
    assert await boards_of(area) == ["Adults board"]


async def test_the_same_key_after_losing_the_role_says_that_it_was_done_and_is_out_of_sight(app: Litestar) -> None:
    area = await make_area()
    who = await manager(area)
    api, sent = await api_of(app, who), board(area)
    await api.mutate("LinkBoard", sent)
    async with system_scope("test", powers=["platform"]):
        await sql.execute("update role_assignment set valid_to = '2021-01-01' where person_id = $1", who.id)
    again = await api.mutate("LinkBoard", sent)
    [problem] = again["problems"]
    assert problem["code"] == "NOT_FOUND"
    assert problem["message"] == "This was done, but what it changed is no longer yours to see."


async def rename(api: Api, area: AreaMade, *, name: str, version: int) -> dict[str, object]:
    return await api.mutate(
        "RenameArea",
        {"idempotencyKey": key(), "areaId": ids.encode("Area", area.id), "name": name, "version": version},
    )


async def test_two_people_change_the_same_thing_and_the_second_is_told(app: Litestar) -> None:
    area = await make_area()
    one, other = await api_of(app, await manager(area)), await api_of(app, await manager(area))
    assert (await rename(one, area, name="First", version=1))["version"] == 2
    late = await rename(other, area, name="Second", version=1)
    assert codes(late) == ["CONFLICT"]
    assert (await one.run("AreaSettings", slug=area.slug))["data"]["area"]["name"] == "First"


async def test_another_areas_board_cannot_be_ended_by_its_id(app: Litestar) -> None:
    here, there = await make_area(), await make_area()
    theirs = await (await api_of(app, await manager(there))).mutate("LinkBoard", board(there))
    mine = await api_of(app, await manager(here))
    ended = await mine.mutate(
        "EndBoard",
        {
            "idempotencyKey": key(),
            "areaId": ids.encode("Area", here.id),
            "boardId": theirs["id"],
            "version": 1,
            "endedOn": "2026-11-01",
            "reason": "A try",
        },
    )
    assert codes(ended) == ["NOT_FOUND"]


async def test_everything_that_is_wrong_with_a_board_is_told_at_once(app: Litestar) -> None:
    area = await make_area()
    api = await api_of(app, await manager(area))
    result = await api.mutate("LinkBoard", board(area, name="", kind="choir", url="not a link"))
    assert [problem["field"] for problem in result["problems"]] == ["name", "kind", "url"]
