"""Every way in which an agency fails in the middle of a run: what is tried again by itself, what needs a person.

The first page is good and the second is not, so what is written is the first page's two numbers and no more.
"""

from __future__ import annotations

import asyncio

import pytest

from tests.faults.agencies.conftest import Faulty
from tests.support.hostile_provider import Script, drips, floods, says
from tests.support.loop_clock import set_forward

LATER = "We shall try again later."


async def truncated(writer: asyncio.StreamWriter) -> None:
    """Promise more than is sent, then hang up."""
    writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"numbers": [3')


async def silent(writer: asyncio.StreamWriter) -> None:
    """Hang up without a word."""
    writer.close()


async def drips_on(writer: asyncio.StreamWriter) -> None:
    """A byte now and then, when most of the six seconds that we wait have gone."""
    set_forward(seconds=4.5)
    await drips(writer)


async def malformed(writer: asyncio.StreamWriter) -> None:
    """Half of the JSON, as if it were whole."""
    writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\n{"numbers": [3')


async def nested(writer: asyncio.StreamWriter) -> None:
    """JSON deeper than any reader's stack."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n" + b"[" * 9000)


PASSES: dict[str, tuple[str, Script, str]] = {
    "500": ("/page-2", says({}, status="500 Oh"), f"The agency answered 500. {LATER}"),
    "503 with Retry-After": (
        "/page-2", says({}, status="503 Away", headers="Retry-After: 900\r\n"), f"The agency answered 503. {LATER}"
    ),
    "429 without Retry-After": ("/page-2", says({}, status="429 Busy"), f"The agency answered 429. {LATER}"),
    "429 with Retry-After": (
        "/page-2", says({}, status="429 Busy", headers="Retry-After: 900\r\n"), f"The agency answered 429. {LATER}"
    ),
    "slow drip": ("/page-2", drips_on, f"The agency does not answer. {LATER}"),
    "truncated": ("/page-2", truncated, f"The agency does not answer. {LATER}"),
    "hung up": ("/page-2", silent, f"The agency does not answer. {LATER}"),
    "token endpoint down": (
        "/token", says({}, status="503 Away"), "The token service is not answering just now (503)."
    ),
    "token endpoint slow": ("/token", drips_on, "The token service does not answer. We shall try again later."),
}  # fmt: skip


@pytest.mark.parametrize("name", PASSES)
async def test_what_passes_is_tried_again_by_itself_from_the_page_it_was_on(faulty: Faulty, name: str) -> None:
    path, script, words = PASSES[name]
    faulty.linked.agency.scripts[path] = script
    run_id = await faulty.run()
    under_way = await faulty.outcome(run_id)
    assert (under_way.state, under_way.connection, under_way.told_the_queue) == ("running", "active", words)
    assert under_way.written == (0 if path == "/token" else 2)
    faulty.is_well()
    faulty.linked.agency.asked.clear()
    await faulty.again()
    ended = await faulty.outcome(run_id)
    assert (ended.state, ended.problem, ended.written) == ("done", None, 3)
    assert ("/page-1" in faulty.linked.asked()) == (path == "/token"), "a page that was written is not read again"


ENDS: dict[str, tuple[Script, str, int]] = {
    "403": (says({}, status="403 No"), "The agency does not give us the numbers.", 0),
    "oversize": (floods, "The answer is larger than we take.", 0),
    "gzip bomb": (
        says({}, headers="Content-Encoding: gzip\r\n"),
        "The answer is compressed although we asked for no compression.",
        0,
    ),
    "redirect": (
        says({}, status="302 Found", headers="Location: http://127.0.0.1:9/\r\n"),
        "The agency sent us to another address, which we do not follow.",
        0,
    ),
    "malformed": (malformed, "The answer (200) is not JSON.", 1),
    "no object": (says(None), "The answer (200) is JSON, but not an object.", 1),
    "too deep": (nested, "The answer (200) is not JSON.", 1),
    "another schema": (says({"pupils": ["Ada Example"]}), "The answer has no numbers.", 1),
}


@pytest.mark.parametrize("name", ENDS)
async def test_what_does_not_pass_ends_the_run_in_words_and_leaves_the_connection(faulty: Faulty, name: str) -> None:
    script, words, set_aside = ENDS[name]
    faulty.linked.agency.scripts["/page-2"] = script
    run_id = await faulty.run()
    ended = await faulty.outcome(run_id)
    assert (ended.state, ended.problem, ended.connection) == ("failed", words, "active")
    assert (ended.written, ended.set_aside) == (2, set_aside), "the page before, and nothing of the bad one"
    faulty.linked.agency.asked.clear()
    await faulty.again()
    assert not faulty.linked.agency.asked, "only a person, or the next schedule, asks again"


async def test_a_token_refused_in_the_middle_of_a_run_is_renewed_once_and_nothing_is_read_twice(faulty: Faulty) -> None:
    agency = faulty.linked.agency
    good = agency.scripts["/page-2"]

    async def expired_once(writer: asyncio.StreamWriter) -> None:
        agency.scripts["/page-2"] = good
        await says({}, status="401 Expired")(writer)

    agency.scripts["/page-2"] = expired_once
    ended = await faulty.outcome(await faulty.run())
    assert (ended.state, ended.written) == ("done", 3)
    assert (agency.asked["/token"], faulty.linked.asked()) == (2, {"/page-1": 1, "/page-2": 2})


STOPS: dict[str, tuple[str, Script, str]] = {
    "401 for every token": (
        "/page-2",
        says({}, status="401 No"),
        "The agency does not accept our access token, not even a new one (401).",
    ),
    "token endpoint refusing": (
        "/token",
        says({"error": "invalid_client", "error_description": "Secret has expired"}, status="401 No"),
        "The token service refused us: Secret has expired",
    ),
}


@pytest.mark.parametrize("name", STOPS)
async def test_credentials_that_open_nothing_stop_the_connection_until_a_person_renews_them(
    faulty: Faulty, name: str
) -> None:
    path, script, words = STOPS[name]
    faulty.linked.agency.scripts[path] = script
    ended = await faulty.outcome(await faulty.run())
    assert (ended.state, ended.problem, ended.connection) == ("failed", words, "reauthorise")
