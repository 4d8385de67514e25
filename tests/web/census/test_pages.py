"""The census of pages: every address asked by nobody, in the wrong hat, by a stranger, and with nonsense in it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

import httpx
import pytest
import pytest_asyncio
from bs4 import BeautifulSoup
from litestar import Litestar

from concordat_graphql.ids import encode
from infra.ids import uuid7
from tenants.tenancy.actor import Actor
from tests.graphql.census.footprint import changed, footprint
from tests.support.cluster import Cluster
from tests.support.product import COOKIE, session_token
from tests.web.census.routes import Route, World, make_world, routes
from tests.web.settings import BASE_URL

ALL = routes()
GETS = [route for route in ALL if route.method == "GET"]
POSTS = [route for route in ALL if route.method == "POST" and route.path not in (
    "/graphql",  # takes no form: see tests/graphql
    "/sign-in/{slug:str}/back-channel",  # a provider speaks, without a session: see tests/web/signing_in
    "/hooks/{address:uuid}",  # a linked system speaks, and signs what it says: see tests/web/test_hooks.py
    "/mail/receipts",  # a mail provider speaks, with a token: see tests/web/test_mail_receipts.py
)]  # fmt: skip
NONSENSE = ("nonsense", "%00", "x" * 2000, "%F0%9F%98%80..%2F..%2Fetc", encode("Mail", uuid7()))
NAMES = (
    "after",
    "sort",
    "search",
    "as_at",
    "as_at-day",
    "since-year",
    "id",
    "contribution",
    "cover",
    "line",
    "kind",
    "organisation",
    "partner",
    "role",
    "session",
    "version",
    "who",
    "year",
    "show",
    "actor",
    "next",
    "state",
)
JUNK = (
    *("&".join(f"{name}={value}" for name in NAMES)
      for value in ("junk", "%00", "-1", "x" * 300, encode("Mail", uuid7()))),
    *(f"after={cursor}" for cursor in ("WyJqdW5rIl0", "W251bGwsbnVsbF0", "WzEsMl0", "W10", "W1tb", "x" * 5000)),
)  # fmt: skip


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def world(app: Litestar) -> World:
    return await make_world()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def browsers(app: Litestar, world: World) -> dict[str, httpx.AsyncClient]:
    """A browser for each person of the world, by their id; "nobody" for someone not signed in."""
    people = {actor.id: actor for group in (world.right, world.wrong, world.elsewhere) for actor in group.values()}
    signed = {str(key): await browser(app, actor) for key, actor in people.items()}
    return {**signed, "nobody": await browser(app, None)}


async def browser(app: Litestar, actor: Actor | None) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=app)  # type: ignore[arg-type]
    cookies = {} if actor is None else {COOKIE: await session_token(actor)}
    return httpx.AsyncClient(transport=transport, base_url=BASE_URL, cookies=cookies, headers={"accept": "text/html"})


Browsers = Mapping[str, httpx.AsyncClient]
TOKENS: dict[frozenset[str], str] = {}  #: by the cookies of the browser to which it was shown


def of(browsers: Browsers, group: Mapping[str, Actor], route: Route) -> httpx.AsyncClient:
    return browsers[str(group[route.access].id)]


@pytest.mark.parametrize("route", GETS, ids=lambda route: route.name)
async def test_nobody_is_sent_to_sign_in(world: World, browsers: Browsers, route: Route) -> None:
    answer = await browsers["nobody"].get(route.filled(world.values))
    if route.access == "public":
        assert answer.status_code < 500 or route.path == "/health/ready"  # says when assets are not built
    else:
        assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, "/sign-in")


@pytest.mark.parametrize("route", [route for route in ALL if route.access not in ("public", "signed-in")],
                         ids=lambda route: route.name)  # fmt: skip
async def test_the_wrong_hat_is_refused(world: World, browsers: Browsers, route: Route) -> None:
    client = of(browsers, world.wrong, route)
    if route.method == "GET":
        assert (await client.get(route.filled(world.values))).status_code == 403
    else:
        assert (await post(client, route.filled(world.values))).status_code == 403


@pytest.mark.parametrize("route", [route for route in ALL if route.access in ("area", "agency") and route.parameters],
                         ids=lambda route: route.name)  # fmt: skip
async def test_for_a_stranger_there_is_no_such_thing(
    database: Cluster, world: World, browsers: Browsers, route: Route
) -> None:
    client = of(browsers, world.elsewhere, route)
    if route.method == "GET":
        assert (await client.get(route.filled(world.values))).status_code == 404
    else:
        before = await footprint(database)
        assert (await post(client, route.filled(world.values))).status_code in (303, 403, 404, 422)
        assert changed(before, await footprint(database)) == []


@pytest.mark.parametrize("route", [route for route in ALL if route.parameters], ids=lambda route: route.name)
async def test_nonsense_in_an_address_is_not_found(world: World, browsers: Browsers, route: Route) -> None:
    client = of(browsers, world.right, route)
    for name in route.parameters:
        for word in NONSENSE:
            path = Route(method=route.method, path=route.path, access=route.access).filled({**world.values, name: word})
            answer = await (client.get(path) if route.method == "GET" else post(client, path))
            assert answer.status_code < 500, (path, answer.status_code)
            if route.method == "GET" and path != route.filled(world.values) and route.access != "public":
                assert answer.status_code in (303, 400, 403, 404), (path, answer.status_code)


@pytest.mark.parametrize("route", GETS, ids=lambda route: route.name)
async def test_junk_in_the_query_is_refused_or_left_aside(world: World, browsers: Browsers, route: Route) -> None:
    client, path = of(browsers, world.right, route), route.filled(world.values)
    for junk in JUNK:
        answer = await client.get(f"{path}?{junk}")
        assert answer.status_code in (200, 303, 400, 401, 403, 404, 422, 503), (path, junk, answer.status_code)


@pytest.mark.parametrize("route", POSTS, ids=lambda route: route.name)
async def test_a_form_without_its_token_is_refused(world: World, browsers: Browsers, route: Route) -> None:
    client = of(browsers, world.right, route)
    answer = await client.post(route.filled(world.values), data={"name": "x"}, headers={"origin": BASE_URL})
    assert answer.status_code == 403


@pytest.mark.parametrize("route", [route for route in POSTS if "sign-out" not in route.path],
                         ids=lambda route: route.name)  # fmt: skip
async def test_an_empty_form_is_answered_in_words(world: World, browsers: Browsers, route: Route) -> None:
    answer = await post(of(browsers, world.right, route), route.filled(world.values))
    assert answer.status_code in (200, 303, 400, 403, 404, 422), answer.status_code
    if answer.status_code == 422:
        assert BeautifulSoup(answer.text, "html.parser").select(".govuk-error-summary__list li")


async def post(client: httpx.AsyncClient, path: str) -> httpx.Response:
    """Send an empty form, with a token as a page shown to this browser now would carry it."""
    if bound_to(client) not in TOKENS:
        token = await shown_token(client)  # which may set a cookie that the token is bound to
        TOKENS[bound_to(client)] = token
    token = f"{TOKENS[bound_to(client)].rpartition('.')[0]}.{secrets.token_urlsafe(9)}"  # its end is new on every page
    return await client.post(path, data={"_csrf": token}, headers={"origin": BASE_URL})


def bound_to(client: httpx.AsyncClient) -> frozenset[str]:
    """Return the cookies that a token is bound to."""
    return frozenset(f"{one.name}={one.value}" for one in client.cookies.jar if one.name in (COOKIE, "concordat-csrf"))


async def shown_token(client: httpx.AsyncClient) -> str:
    """Return the token of the forms of a page."""
    page = BeautifulSoup((await client.get("/account")).text, "html.parser")
    found = page.find("input", attrs={"name": "_csrf"})
    assert found is not None
    return str(found["value"])
