"""An issuer's keys over time: rotated, withdrawn, unreachable."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from joserfc.errors import SecurityWarning
from joserfc.jwk import ECKey, OctKey, RSAKey

from backend.auth.errors import IssuerUnavailable, TokenRefused
from backend.auth.issuers import Issuers
from backend.auth.keys import read_keys
from tests.support.hostile_provider import KEY, OTHER_KEY, HostileProvider, public, says
from tests.support.identity_provider import RunningProvider
from tests.support.sign_in import provider_at, sign_in

HOUR = 3_600
AtClock = Callable[[Callable[[], float]], Issuers]
DOWN = says({}, status="503 Service Unavailable")


@dataclass
class Clock:
    now: float = 1_000_000.0

    def __call__(self) -> float:
        return self.now


async def test_after_a_rotation_people_can_still_sign_in(
    identity_provider: RunningProvider, issuers: Issuers, issuers_at: AtClock
) -> None:
    """The new key id is unknown, so the set is fetched again, and it is there."""
    ahead = [0.0]
    skewed = issuers_at(lambda: issuers.clock() + ahead[0])
    provider = provider_at(identity_provider.issuer("b"))
    await sign_in(provider, identity_provider, skewed)
    await identity_provider.rotate_keys("b")
    ahead[0] = 61
    assert (await sign_in(provider, identity_provider, skewed)).name == "Ada Okafor"


async def test_an_unknown_key_id_is_looked_for_once_a_minute(hostile: HostileProvider, issuers_at: AtClock) -> None:
    clock = Clock()
    ring = issuers_at(clock).keys(hostile.base_url)
    await ring.find("hostile-1")
    for seconds in (1, 20, 39, 1, 30):
        clock.now += seconds
        with pytest.raises(TokenRefused, match="unknown_key"):
            await ring.find("forged")
    assert hostile.asked["/jwks"] == 2


async def test_a_new_key_is_found_and_the_withdrawn_one_is_gone(hostile: HostileProvider, issuers_at: AtClock) -> None:
    clock = Clock()
    ring = issuers_at(clock).keys(hostile.base_url)
    await ring.find("hostile-1")
    hostile.published = [public(OTHER_KEY)]
    clock.now += 61
    assert (await ring.find("hostile-2")).kid == "hostile-2"
    with pytest.raises(TokenRefused, match="unknown_key"):
        await ring.find("hostile-1")


async def test_a_withdrawn_key_is_gone_within_the_hour_even_if_no_new_one_is_used(
    hostile: HostileProvider, issuers_at: AtClock
) -> None:
    clock = Clock()
    ring = issuers_at(clock).keys(hostile.base_url)
    await ring.find("hostile-1")
    hostile.published = [public(OTHER_KEY)]
    clock.now += HOUR + 1
    with pytest.raises(TokenRefused, match="unknown_key"):
        await ring.find("hostile-1")


async def test_old_keys_last_a_day_while_the_issuer_is_down(hostile: HostileProvider, issuers_at: AtClock) -> None:
    clock = Clock()
    ring = issuers_at(clock).keys(hostile.base_url)
    await ring.find("hostile-1")
    hostile.scripts["/jwks"] = DOWN
    clock.now += 23 * HOUR
    assert (await ring.find("hostile-1")).kid == "hostile-1"
    clock.now += HOUR + 1
    with pytest.raises(IssuerUnavailable, match="keys_status"):
        await ring.find("hostile-1")


async def test_an_issuer_that_is_down_from_the_start_is_not_asked_on_every_request(
    hostile: HostileProvider, issuers_at: AtClock
) -> None:
    clock = Clock()
    ring = issuers_at(clock).keys(hostile.base_url)
    hostile.scripts["/jwks"] = DOWN
    for _ in range(20):
        with pytest.raises(IssuerUnavailable):
            await ring.find("hostile-1")
    assert hostile.asked["/jwks"] == 1
    hostile.scripts.clear()
    clock.now += 6
    assert (await ring.find("hostile-1")).kid == "hostile-1"


def test_only_keys_meant_for_signing_are_taken() -> None:
    with pytest.warns(SecurityWarning):
        weak = RSAKey.generate_key(1024, {"kid": "weak"})
    other_curve = ECKey.generate_key("P-384", {"kid": "p-384"})
    document = {
        "keys": [
            public(KEY),
            public(OTHER_KEY, use="enc"),
            {name: value for name, value in public(OTHER_KEY, kid="no-use").items() if name != "use"},
            {name: value for name, value in public(OTHER_KEY).items() if name != "kid"},
            {**OctKey.generate_key(256).as_dict(), "use": "sig", "kid": "shared"},
            {**other_curve.as_dict(private=False), "use": "sig"},
            public(weak),
            {"kty": "RSA", "use": "sig", "kid": "broken", "n": "!", "e": "AQAB"},
            {"kty": "ML-DSA", "use": "sig", "kid": "of-the-future"},
            "not a key",
        ]
    }
    with pytest.warns(SecurityWarning):
        assert list(read_keys(document)) == ["hostile-1"]


@pytest.mark.parametrize("document", [{}, {"keys": {}}, {"keys": []}, {"keys": [5]}])
def test_a_set_without_a_usable_key_is_a_fault_of_the_issuer(document: dict[str, object]) -> None:
    with pytest.raises(IssuerUnavailable):
        read_keys(document)
