"""How a sign-in begins: what goes to the provider and what stays with us."""

from urllib.parse import parse_qs, urlsplit

from authlib.oauth2.rfc7636 import create_s256_code_challenge

from backend.auth.issuers import Issuers
from backend.auth.oidc.begin import begin
from tests.support.identity_provider import REDIRECT_URI, RunningProvider
from tests.support.sign_in import provider_at


async def test_the_person_is_sent_off_with_what_binds_the_answer_to_us(
    identity_provider: RunningProvider, issuers: Issuers
) -> None:
    provider = provider_at(identity_provider.issuer())
    address, pending = await begin(provider, redirect_uri=REDIRECT_URI, next_path="/areas", issuers=issuers)

    assert address.startswith(identity_provider.issuer() + "/authorize?")
    assert parse_qs(urlsplit(address).query) == {
        "response_type": ["code"],
        "client_id": ["concordat"],
        "redirect_uri": [REDIRECT_URI],
        "scope": ["openid profile email"],
        "state": [pending.state],
        "nonce": [pending.nonce],
        "code_challenge": [create_s256_code_challenge(pending.verifier)],
        "code_challenge_method": ["S256"],
    }
    assert pending.next_path == "/areas"


async def test_what_must_stay_with_us_does_not_leave(identity_provider: RunningProvider, issuers: Issuers) -> None:
    provider = provider_at(identity_provider.issuer())
    address, pending = await begin(provider, redirect_uri=REDIRECT_URI, next_path="/", issuers=issuers)
    for secret in (pending.verifier, pending.browser_key):
        assert secret not in address
        assert secret not in repr(pending)


async def test_nothing_is_used_twice_and_everything_is_long(
    identity_provider: RunningProvider, issuers: Issuers
) -> None:
    provider = provider_at(identity_provider.issuer())
    begun = [await begin(provider, redirect_uri=REDIRECT_URI, next_path="/", issuers=issuers) for _ in range(5)]
    values = [v for _, p in begun for v in (p.state, p.nonce, p.verifier, p.browser_key)]
    assert len(set(values)) == 20
    assert min(map(len, values)) >= 43  # 256 bits in base64; RFC 7636 wants 43 to 128 for the verifier


async def test_a_wish_to_go_elsewhere_afterwards_is_forgotten(
    identity_provider: RunningProvider, issuers: Issuers
) -> None:
    provider = provider_at(identity_provider.issuer())
    _, pending = await begin(provider, redirect_uri=REDIRECT_URI, next_path="//evil.example", issuers=issuers)
    assert pending.next_path == "/"


async def test_the_document_is_read_once_for_many_sign_ins(identity_provider: RunningProvider, hasty: Issuers) -> None:
    provider = provider_at(identity_provider.issuer())
    first = await hasty.metadata(provider.issuer)
    await begin(provider, redirect_uri=REDIRECT_URI, next_path="/", issuers=hasty)
    assert await hasty.metadata(provider.issuer) is first
