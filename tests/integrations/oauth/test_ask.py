"""Asking a token service that does not answer as one does: what the area reads, and whether it is asked again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from integrations.errors import AgencyBroken, AgencyDown, AgencyError, AgencyRefused
from integrations.hosts import only_hosts
from integrations.http import Door
from integrations.oauth.ask import ask_token
from integrations.oauth.requests import TokenRequest
from tests.support.hostile_provider import HostileProvider, Script, floods, hostile_provider, says

DOOR = Door(permits=only_hosts("127.0.0.1"), total_seconds=10, max_bytes=10_000)


@pytest.fixture
async def server() -> AsyncIterator[HostileProvider]:
    async with hostile_provider() as running:
        yield running


def request(url: str) -> TokenRequest:
    return TokenRequest(url=url, body="grant_type=client_credentials", headers={})


@pytest.mark.parametrize(
    ("script", "kind", "words"),
    [
        (floods, AgencyBroken, "The token service’s answer is larger than we take."),
        (
            says({}, headers="Content-Encoding: gzip\r\n"),
            AgencyBroken,
            "The token service’s answer is compressed although we asked for no compression.",
        ),
        (
            says({}, status="302 Found", headers="Location: /elsewhere\r\n"),
            AgencyRefused,
            "The token service sent us to another address, which we do not follow. Check the token address.",
        ),
    ],
)
async def test_what_asking_again_does_not_mend_ends_in_words(
    server: HostileProvider, script: Script, kind: type[AgencyError], words: str
) -> None:
    server.scripts["/token"] = script
    with pytest.raises(kind) as caught:
        await ask_token(DOOR, request(f"{server.base_url}/token"))
    assert str(caught.value) == words


async def test_an_address_of_our_own_network_is_refused_in_words(server: HostileProvider) -> None:
    closed = replace(DOOR, permits=only_hosts("agency.example"))
    with pytest.raises(AgencyRefused, match="not one we may call: it is not a public address"):
        await ask_token(closed, request(f"{server.base_url}/token"))


async def test_a_token_service_that_is_away_is_asked_again_later() -> None:
    async with hostile_provider() as gone:
        url = f"{gone.base_url}/token"
    with pytest.raises(AgencyDown) as caught:
        await ask_token(DOOR, request(url))
    assert str(caught.value) == "The token service does not answer. We shall try again later."
