"""Errors are told in plain English to people and as problem JSON to programs, and never quote the exception."""

import asyncpg
import pytest

from backend.web.errors import TOLD, told
from tests.web.page_client import PageClient

STATUSES = [400, 403, 404, 405, 409, 413, 422, 429, 500, 503]
SECRET = "secret detail"


@pytest.mark.parametrize("status", STATUSES)
async def test_a_person_gets_a_page(gallery: PageClient, status: int) -> None:
    page = await gallery.get(f"/gallery/error/{status}", status=status)
    assert page.h1 == TOLD[status].title
    assert SECRET not in page.text
    assert page.response.headers["x-request-id"] in page.text


@pytest.mark.parametrize("status", STATUSES)
async def test_a_program_gets_a_problem(gallery: PageClient, status: int) -> None:
    headers = {"accept": "application/json"}
    answer = await gallery.http.get(f"/gallery/error/{status}", headers=headers)
    problem = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, problem["status"], problem["title"]) == (status, status, TOLD[status].title)
    assert problem["requestId"] == answer.headers["x-request-id"]
    assert SECRET not in answer.text


async def test_no_route_matches(gallery: PageClient) -> None:
    page = await gallery.get("/nothing/here", status=404)
    assert page.h1 == "Page not found"


async def test_a_method_that_the_page_does_not_take(gallery: PageClient) -> None:
    answer = await gallery.http.put("/gallery/confirm")
    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]


async def test_who_is_not_signed_in_is_sent_to_sign_in_and_back(gallery: PageClient) -> None:
    page = await gallery.get("/gallery/error/401", status=303)
    assert page.location == "/sign-in?next=%2Fgallery%2Ferror%2F401"


@pytest.mark.parametrize("path", ["/graphql/nothing", "/hooks/nothing"])
async def test_what_only_programs_ask_always_answers_as_to_a_program(gallery: PageClient, path: str) -> None:
    answer = await gallery.http.get(path)
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_program_that_is_not_signed_in_is_told_of_the_token(gallery: PageClient) -> None:
    answer = await gallery.http.get("/gallery/error/401", headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["title"]) == (401, "Not signed in")
    assert "bearer token" in answer.json()["detail"]


async def test_busy_says_when_to_come_back(gallery: PageClient) -> None:
    page = await gallery.get("/gallery/error/503", status=503)
    assert page.response.headers["retry-after"] == "30"


@pytest.mark.parametrize(
    "error",
    [ConnectionRefusedError("db"), asyncpg.DiskFullError("db"), TimeoutError(), asyncpg.QueryCanceledError("db")],
    ids=["nobody listens", "no room left", "no connection comes free", "stopped"],
)
async def test_a_database_that_is_away_is_a_busy_service(
    anonymous: PageClient, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    async def away(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("backend.web.public.pages.query", away)
    page = await anonymous.get("/areas", status=503)
    assert page.h1 == TOLD[503].title
    assert page.response.headers["retry-after"] == "30"


@pytest.mark.parametrize(("status", "like"), [(418, 400), (414, 400), (502, 503), (599, 500)])
def test_every_status_has_words(status: int, like: int) -> None:
    assert told(status) == TOLD[like]
