"""The callback under attack: whose sign-in it is, in which browser, from which provider, and only once."""

from datetime import timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from backend.auth.issuers import Issuers
from backend.auth.oidc.begin import begin
from backend.auth.oidc.errors import SignInRefused
from backend.auth.oidc.finish import finish
from backend.auth.oidc.pending import PendingSignIn
from backend.auth.oidc.provider import Provider
from tests.support.identity_provider import OTHER_REDIRECT_URI, REDIRECT_URI, RunningProvider
from tests.support.sign_in import MemoryStore, come_back, provider_at


@pytest.fixture
def schools(identity_provider: RunningProvider) -> Provider:
    return provider_at(identity_provider.issuer("a"))


@pytest.fixture
async def begun(schools: Provider, issuers: Issuers) -> tuple[str, PendingSignIn]:
    return await begin(schools, redirect_uri=REDIRECT_URI, next_path="/", issuers=issuers)


@pytest.fixture
async def callback(identity_provider: RunningProvider, begun: tuple[str, PendingSignIn]) -> str:
    """The address that Ada's browser is sent to."""
    return await identity_provider.answer(begun[0], sub="5D1E9C0A")


def changed(callback: str, **values: str | None) -> str:
    """The callback's query with some parameters replaced, or (None) left out."""
    query = dict(parse_qsl(urlsplit(callback).query)) | values
    return urlencode({name: value for name, value in query.items() if value is not None})


async def refusal(
    provider: Provider, pending: PendingSignIn | None, query: str, issuers: Issuers, *, browser_key: str | None = ""
) -> SignInRefused:
    key = pending.browser_key if browser_key == "" and pending else browser_key
    with pytest.raises(SignInRefused) as caught:
        await finish(provider, pending, query, browser_key=key, issuers=issuers)
    return caught.value


@pytest.mark.parametrize("state", ["somebody-elses", "", None])
async def test_another_state_is_refused(
    schools: Provider, begun: tuple[str, PendingSignIn], callback: str, issuers: Issuers, state: str | None
) -> None:
    refused = await refusal(schools, begun[1], changed(callback, state=state), issuers)
    assert refused.code == "state"
    assert refused.sentence.endswith("Start again from the sign-in page.")


async def test_a_callback_works_once(
    schools: Provider, begun: tuple[str, PendingSignIn], callback: str, issuers: Issuers
) -> None:
    store, key = MemoryStore(), begun[1].browser_key
    await store.put(begun[1])
    assert (await come_back(schools, store, callback, browser_key=key, issuers=issuers)).subject == "5D1E9C0A"
    with pytest.raises(SignInRefused, match="no_such_sign_in"):
        await come_back(schools, store, callback, browser_key=key, issuers=issuers)


async def test_a_code_works_once_even_if_our_store_forgot(
    schools: Provider, begun: tuple[str, PendingSignIn], callback: str, issuers: Issuers
) -> None:
    query = urlsplit(callback).query
    await finish(schools, begun[1], query, browser_key=begun[1].browser_key, issuers=issuers)
    assert (await refusal(schools, begun[1], query, issuers)).code == "token_invalid_grant"


@pytest.mark.parametrize("key", [None, "another-browser"])
async def test_it_cannot_be_finished_in_another_browser(
    schools: Provider, begun: tuple[str, PendingSignIn], callback: str, issuers: Issuers, key: str | None
) -> None:
    refused = await refusal(schools, begun[1], urlsplit(callback).query, issuers, browser_key=key)
    assert refused.code == "other_browser"


async def test_after_ten_minutes_it_is_too_late(
    schools: Provider, begun: tuple[str, PendingSignIn], callback: str, issuers: Issuers
) -> None:
    issuers.clock = lambda: (begun[1].begun_at + timedelta(minutes=10)).timestamp()
    refused = await refusal(schools, begun[1], urlsplit(callback).query, issuers)
    assert refused.code == "expired"
    assert "10 minutes" in refused.sentence


async def test_the_answer_must_name_the_issuer_that_it_was_sent_to(
    schools: Provider,
    begun: tuple[str, PendingSignIn],
    callback: str,
    issuers: Issuers,
    identity_provider: RunningProvider,
) -> None:
    mixed_up = changed(callback, iss=identity_provider.issuer("b"))
    assert (await refusal(schools, begun[1], mixed_up, issuers)).code == "response_iss"


async def test_a_provider_that_promises_to_name_itself_may_not_be_silent(
    schools: Provider, begun: tuple[str, PendingSignIn], callback: str, issuers: Issuers
) -> None:
    assert (await refusal(schools, begun[1], changed(callback, iss=None), issuers)).code == "response_iss"


async def test_one_provider_cannot_answer_at_the_address_of_another(
    begun: tuple[str, PendingSignIn], callback: str, issuers: Issuers, identity_provider: RunningProvider
) -> None:
    health = provider_at(identity_provider.issuer("b"), slug="health")
    assert (await refusal(health, begun[1], urlsplit(callback).query, issuers)).code == "other_provider"


async def test_each_provider_has_a_callback_address_of_its_own(schools: Provider, issuers: Issuers) -> None:
    with pytest.raises(SignInRefused, match="redirect_uri_not_this_providers"):
        await begin(schools, redirect_uri=OTHER_REDIRECT_URI, next_path="/", issuers=issuers)


async def test_a_parameter_given_twice_is_refused(
    schools: Provider, begun: tuple[str, PendingSignIn], callback: str, issuers: Issuers
) -> None:
    query = urlsplit(callback).query + "&code=another"
    assert (await refusal(schools, begun[1], query, issuers)).code == "parameter_twice"


async def test_an_endless_query_is_refused(
    schools: Provider, begun: tuple[str, PendingSignIn], issuers: Issuers
) -> None:
    assert (await refusal(schools, begun[1], "x=" + "y" * 9_000, issuers)).code == "query_too_long"


async def test_cancelling_gets_a_kind_sentence(
    schools: Provider, begun: tuple[str, PendingSignIn], issuers: Issuers, identity_provider: RunningProvider
) -> None:
    cancelled = await identity_provider.answer(begun[0], sub="")
    refused = await refusal(schools, begun[1], urlsplit(cancelled).query, issuers)
    assert refused.code == "cancelled"
    assert refused.sentence.startswith("You did not finish signing in")


@pytest.mark.parametrize(
    ("error", "code"), [("server_error", "response_server_error"), ("invalid_scope", "response_error")]
)
async def test_an_error_of_the_provider_is_not_repeated_to_the_person(
    schools: Provider, begun: tuple[str, PendingSignIn], callback: str, issuers: Issuers, error: str, code: str
) -> None:
    query = changed(callback, code=None, error=error, error_description="<b>call 0900 1234</b>")
    refused = await refusal(schools, begun[1], query, issuers)
    assert refused.code == code
    assert "0900" not in refused.sentence


async def test_a_code_of_another_sign_in_does_not_fit_our_verifier(
    schools: Provider, begun: tuple[str, PendingSignIn], issuers: Issuers, identity_provider: RunningProvider
) -> None:
    """An attacker's own code injected into the victim's callback: PKCE refuses it."""
    other, _ = await begin(schools, redirect_uri=REDIRECT_URI, next_path="/", issuers=issuers)
    stolen = dict(parse_qsl(urlsplit(await identity_provider.answer(other, sub="ben")).query))["code"]
    query = urlencode({"code": stolen, "state": begun[1].state, "iss": schools.issuer})
    assert (await refusal(schools, begun[1], query, issuers)).code == "token_invalid_grant"


async def test_a_wrong_secret_is_the_administrators_matter(
    identity_provider: RunningProvider, issuers: Issuers
) -> None:
    address, pending = await begin(
        provider_at(identity_provider.issuer()), redirect_uri=REDIRECT_URI, next_path="/", issuers=issuers
    )
    callback = await identity_provider.answer(address, sub="ben")
    unknown = provider_at(identity_provider.issuer(), client_id="nobody")
    refused = await refusal(unknown, pending, urlsplit(callback).query, issuers)
    assert refused.code == "token_invalid_client"
    assert "administrator" in refused.sentence
