"""The secrets of hooks over GraphQL, by four actors: answered once, to the one who made it."""

from __future__ import annotations

from uuid import uuid4

import pytest
from litestar import Litestar

from concordat_graphql import ids
from tests.support.four_actors import Who, manager, nobody, stranger, viewer
from tests.support.hooks import Told, tell, told
from tests.support.product import api_of, codes


def asking(hook: Told, **more: object) -> dict[str, object]:
    connection = ids.encode("AgencyConnection", hook.connection)
    return {"idempotencyKey": str(uuid4()), "connectionId": connection, **more}


async def test_a_manager_is_shown_the_secret_once_and_it_is_good(app: Litestar) -> None:
    hook = await told()
    api, request = await api_of(app, await manager(hook.area)), asking(hook)
    first = await api.mutate("MakeHookSecret", request)
    assert first["secret"].startswith("whsec_")
    again = await api.mutate("MakeHookSecret", request)
    assert (again["secret"], again["hook"]) == (None, first["hook"])
    new = Told(area=hook.area, connection=hook.connection, address=hook.address, secret=first["secret"])
    assert first["hook"]["path"] == hook.path
    assert (await tell(app, new)).status_code == 202
    page = await api.run("ConnectionHookPage", id=asking(hook)["connectionId"])
    assert first["secret"] not in str(page)
    assert [one["taken"] for one in page["data"]["hookArrivals"]["nodes"]] == [True]


async def test_a_secret_that_is_ended_is_good_for_nothing(app: Litestar) -> None:
    hook = await told()
    api = await api_of(app, await manager(hook.area))
    page = await api.run("ConnectionHookPage", id=asking(hook)["connectionId"])
    [secret] = page["data"]["connectionHook"]["secrets"]
    done = await api.mutate("EndHookSecret", asking(hook, secretId=secret["id"]))
    assert done["secrets"] == []
    assert (await tell(app, hook)).status_code == 401


@pytest.mark.parametrize(
    ("who", "code"), [(nobody, "UNAUTHENTICATED"), (stranger, "NOT_FOUND"), (viewer, "NOT_ALLOWED")]
)
async def test_nobody_else_makes_or_ends_one(app: Litestar, who: Who, code: str) -> None:
    hook = await told()
    api = await api_of(app, await who(hook.area))
    for name, more in (("MakeHookSecret", {}), ("EndHookSecret", {"secretId": ids.encode("HookSecret", uuid4())})):
        answer = await api.run(name, input=asking(hook, **more))
        refused = [error["extensions"]["code"] for error in answer.get("errors", [])]
        assert refused or codes(answer["data"]["result"]) == [code]
        assert refused in ([], [code])
    assert (await tell(app, hook)).status_code == 202


@pytest.mark.parametrize(("who", "sees"), [(stranger, False), (viewer, True), (manager, True)])
async def test_the_members_of_the_area_read_what_arrived(app: Litestar, who: Who, sees: bool) -> None:
    hook = await told()
    await tell(app, hook)
    answer = await (await api_of(app, await who(hook.area))).run("ConnectionHookPage", id=asking(hook)["connectionId"])
    assert (answer["data"]["connectionHook"] is not None) is sees
    assert len(answer["data"]["hookArrivals"]["nodes"]) == int(sees)
