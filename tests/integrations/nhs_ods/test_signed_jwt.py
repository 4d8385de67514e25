"""The other way in: tokens by an assertion under our own key, which the platform checks with the set we publish."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from integrations.engine.carry import carry
from integrations.errors import NeedsReauthorisation
from integrations.neighbour import forget_neighbours
from integrations.oauth.ask import ask_token
from tests.integrations.nhs_ods.conftest import DOOR, prefixes
from tests.integrations.nhs_ods.signing import Signed, signed_connection
from tests.support.agencies import RunningAgencies
from tests.support.cluster import Cluster


@pytest.fixture
async def signed(database: Cluster, agencies: RunningAgencies) -> AsyncIterator[Signed]:
    forget_neighbours()
    async with signed_connection(agencies, next(prefixes)) as made:
        yield made
    forget_neighbours()


def seen(signed: Signed) -> dict[str, int]:
    return dict(signed.agencies.show("nhs")["seen"])


async def test_a_run_signs_once_and_reads_everything_with_one_token(signed: Signed) -> None:
    run = await signed.run()
    assert (run["state"], run["applied"]) == ("done", 4)
    assert (seen(signed)["tokens_issued"], seen(signed)["key_set_fetches"]) == (1, 1)


async def test_the_next_run_uses_the_token_that_is_kept(signed: Signed) -> None:
    await signed.run()
    await signed.run()
    assert seen(signed)["tokens_issued"] == 1


async def test_a_token_that_the_directory_takes_for_expired_is_renewed_once(signed: Signed) -> None:
    await signed.run()
    signed.agencies.fault("nhs", "expired_token")
    assert (await signed.run())["state"] == "done"
    assert seen(signed)["tokens_issued"] == 2


async def test_a_retry_of_a_token_request_brings_an_assertion_that_was_never_sent(signed: Signed) -> None:
    """The platform remembers an assertion before it answers 429: the same one again would be refused."""
    signed.agencies.fault("nhs", "token_rate")
    assert (await signed.run())["state"] == "done"
    assert (seen(signed)["assertions"], seen(signed)["tokens_issued"]) == (2, 1)


async def test_the_same_request_sent_twice_is_refused_as_the_platform_does(signed: Signed) -> None:
    request = await signed.request(await signed.work())
    await ask_token(DOOR, request)
    with pytest.raises(NeedsReauthorisation, match="Non-unique 'jti' claim"):
        await ask_token(DOOR, request)


async def test_what_the_platform_refuses_is_told_in_its_words(signed: Signed) -> None:
    signed.do("register", api_key=signed.client_id, jwks_url="http://127.0.0.1:9/jwks")
    with pytest.raises(NeedsReauthorisation, match="The JWKS endpoint, for your client_assertion can't be reached"):
        await carry(await signed.work())


async def test_a_clock_that_differs_too_much_is_told_as_such(signed: Signed) -> None:
    signed.do("turn_clock", seconds=600)
    with pytest.raises(NeedsReauthorisation, match="JWT has expired"):
        await carry(await signed.work())


async def test_an_api_key_opens_nothing_where_a_token_is_wanted(signed: Signed) -> None:
    """Each mode brings only its own proof: no key leaks into the other's requests."""
    await signed.run()
    asked = signed.agencies.asked("nhs", containing="/fhir/")
    assert all("apikey" not in each["headers"] for each in asked)
    assert all(each["bearer"] for each in asked)
