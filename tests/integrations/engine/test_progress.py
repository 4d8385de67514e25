"""While a run is under way its area sees how far it is, over GraphQL and on the page; and what it took up."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from typing import Any
from uuid import UUID

import pytest
from litestar import Litestar

from concordat_graphql import ids
from infra.queue import GiveUp
from integrations.engine.carry import carry
from integrations.engine.ending import carry_to_an_end
from integrations.neighbour import forget_neighbours
from tenants.tenancy.roles import Role
from tests.integrations.engine.conftest import Linked
from tests.integrations.engine.numbers import work_of
from tests.support.cluster import Cluster
from tests.support.connections import asked, begun, make_connection, set_credential
from tests.support.hostile_provider import hostile_provider, says
from tests.support.product import Api, api_of, signed_in
from tests.support.worker_process import until
from tests.support.world import make_actor, make_area
from tests.web.page_client import Page


@pytest.fixture
async def schools(database: Cluster) -> AsyncIterator[Linked]:
    """An area's school system that answers when it is let to."""
    forget_neighbours()
    async with hostile_provider() as agency:
        agency.token_body = {"access_token": "first", "expires_in": "599"}
        area = await make_area()
        connection = await make_connection(area, base_url=agency.base_url, options={"calls_per_second": 1000})
        await set_credential(area, connection, kind="client_secret", value="hush-hush")
        yield Linked(area, connection, agency)
    forget_neighbours()


def held_back(linked: Linked, path: str) -> Callable[[], None]:
    """Let a page wait; return what lets it go."""
    gate, answer = asyncio.Event(), linked.agency.scripts[path]

    async def waits(writer: asyncio.StreamWriter) -> None:
        await gate.wait()
        await answer(writer)

    linked.agency.scripts[path] = waits
    return gate.set


async def run_page(app: Litestar, linked: Linked) -> Page:
    """The page of the connection's newest run, as a viewer of the area opens it: list, connection, run."""
    async with await signed_in(app, await make_actor(Role.VIEWER, area=linked.area)) as browser:
        listed = await browser.get(f"/area/{linked.area.slug}/connections")
        one = await browser.get(listed.links()["Schools of Testshire"])
        newest = one.soup.select_one("main td a[href*='/runs/'], main th a[href*='/runs/']")
        assert newest is not None
        return await browser.get(str(newest["href"]))


async def is_told_on_the_list(app: Litestar, linked: Linked) -> list[str]:
    """What the list of connections says of the connection, cell by cell."""
    async with await signed_in(app, await make_actor(Role.VIEWER, area=linked.area)) as browser:
        return (await browser.get(f"/area/{linked.area.slug}/connections")).table("What is linked")[0]


async def told_of(api: Api, run: UUID) -> dict[str, Any]:
    """What the stored operation of the page answers of a run."""
    answer = await api.run("ConnectionRunPage", id=ids.encode("ConnectionRun", run))
    return dict(answer["data"]["connectionRun"]["run"])


async def test_an_area_sees_how_far_a_running_sync_is(app: Litestar, schools: Linked) -> None:
    schools.has([1, 2], [3, -4], [5], [6])
    let_go = held_back(schools, "/page-3")
    api = await api_of(app, await make_actor(Role.VIEWER, area=schools.area))
    run = await asked(schools.area, schools.connection)
    seen: dict[str, Any] = {}

    async def has_two_pages() -> bool:
        seen.update(await told_of(api, run))
        return bool(seen["pages"] == 2)

    work = asyncio.create_task(carry(work_of(await begun(schools.area, run))))
    try:
        await until(has_two_pages, why=lambda: str(seen))
        told = {name: seen[name] for name in ("state", "open", "pages", "read", "applied", "rejected", "percent")}
        page, listed = await run_page(app, schools), await is_told_on_the_list(app, schools)
    finally:
        let_go()
        await work
    assert told == {
        "state": "running", "open": True, "pages": 2, "read": 3, "applied": 3, "rejected": 1, "percent": 50
    }  # fmt: skip
    assert "Last run: under way" in listed[2]
    assert "Under way, 50%" in page.text
    assert "3 rows read so far" in page.text
    assert page.table("What the run came to")[:3] == [["Pages", "2"], ["Rows read", "3"], ["Facts applied", "3"]]
    assert page.table("Left out") == [["-4", "It is below nothing."]]
    done = await run_page(app, schools)
    assert "so far" not in done.text
    assert ["Rows read", "5"] in done.table("What the run came to")


async def test_an_area_is_told_where_a_run_took_up_the_one_that_failed(app: Litestar, schools: Linked) -> None:
    schools.has([1], [2], [3])
    schools.agency.scripts["/page-3"] = says({}, status="403 No")
    with contextlib.suppress(GiveUp):
        first = await asked(schools.area, schools.connection)
        await carry_to_an_end(work_of(await begun(schools.area, first)), pause=None)
    failed = await run_page(app, schools)
    assert "Resumed" not in failed.text
    schools.has([1], [2], [3])
    second = await asked(schools.area, schools.connection)
    await carry(work_of(await begun(schools.area, second)))
    api = await api_of(app, await make_actor(Role.VIEWER, area=schools.area))
    before, after = await told_of(api, first), await told_of(api, second)
    assert (before["state"], before["resumedPage"], before["resumedFailedAt"]) == ("failed", None, None)
    assert (after["state"], after["resumedPage"], after["resumedFailedAt"]) == ("done", 3, before["finishedAt"])
    assert "Resumed at page 3 of the run that failed on " in (await run_page(app, schools)).text
