"""Signing in at a real provider, over HTTP, in each way that a provider may know us."""

import pytest
from pydantic import SecretStr

from backend.auth.issuers import Issuers
from backend.auth.oidc.provider import Algorithm, Audience, ClientKey, ClientSecret
from tests.support.identity_provider import CLIENT_KEY, SECRET, RunningProvider
from tests.support.sign_in import provider_at, sign_in

POST = ClientSecret(secret=SecretStr(SECRET), sent_as="client_secret_post")
PEM = SecretStr(CLIENT_KEY.as_pem(private=True).decode())


async def test_a_person_signs_in(identity_provider: RunningProvider, issuers: Issuers) -> None:
    who = await sign_in(provider_at(identity_provider.issuer()), identity_provider, issuers)

    assert (who.issuer, who.subject) == (identity_provider.issuer(), "5D1E9C0A")
    assert (who.name, who.email, who.email_verified) == ("Ada Okafor", "ada@school.example", True)
    assert who.session_id
    assert who.amr == ("demo",)


async def test_the_secret_may_travel_in_the_form(identity_provider: RunningProvider, issuers: Issuers) -> None:
    who = await sign_in(provider_at(identity_provider.issuer(), credential=POST), identity_provider, issuers)
    assert who.name == "Ada Okafor"


@pytest.mark.parametrize("audience", ["issuer", "token_endpoint"])
@pytest.mark.parametrize("algorithm", ["RS256", "PS256"])
async def test_we_may_prove_ourselves_with_a_key(
    identity_provider: RunningProvider, issuers: Issuers, audience: Audience, algorithm: Algorithm
) -> None:
    key = ClientKey(pem=PEM, kid="our-key", algorithm=algorithm, audience=audience)
    provider = provider_at(identity_provider.issuer(), client_id="keyed", credential=key)
    assert (await sign_in(provider, identity_provider, issuers)).name == "Ada Okafor"


async def test_an_id_token_signed_with_an_elliptic_curve(identity_provider: RunningProvider, issuers: Issuers) -> None:
    provider = provider_at(identity_provider.issuer(), client_id="es256")
    assert (await sign_in(provider, identity_provider, issuers)).name == "Ada Okafor"


async def test_details_come_from_userinfo_when_the_id_token_has_only_the_subject(
    identity_provider: RunningProvider, issuers: Issuers
) -> None:
    provider = provider_at(identity_provider.issuer(), client_id="dfe-like")
    who = await sign_in(provider, identity_provider, issuers, sub="ben")
    assert (who.name, who.email) == ("Ben Hale", "ben@council.example")


@pytest.mark.parametrize(("sub", "urn"), [("5D1E9C0A", "900001"), ("cara", "900002")])
async def test_the_organisation_may_be_an_object_or_a_json_string(
    identity_provider: RunningProvider, issuers: Issuers, sub: str, urn: str
) -> None:
    provider = provider_at(identity_provider.issuer(), scopes=("openid", "organisation"))
    who = await sign_in(provider, identity_provider, issuers, sub=sub)
    assert who.organisation == {"urn": urn}


async def test_an_empty_organisation_is_none(identity_provider: RunningProvider, issuers: Issuers) -> None:
    provider = provider_at(identity_provider.issuer(), scopes=("openid", "organisation"))
    assert (await sign_in(provider, identity_provider, issuers, sub="ben")).organisation is None


async def test_subjects_that_differ_only_in_case_can_be_folded(
    identity_provider: RunningProvider, issuers: Issuers
) -> None:
    provider = provider_at(identity_provider.issuer(), fold_subject=True)
    assert (await sign_in(provider, identity_provider, issuers, sub="ben")).subject == "BEN"


async def test_two_providers_side_by_side_are_two_issuers(identity_provider: RunningProvider, issuers: Issuers) -> None:
    first = await sign_in(provider_at(identity_provider.issuer("a")), identity_provider, issuers)
    second = await sign_in(provider_at(identity_provider.issuer("b")), identity_provider, issuers)
    assert first.subject == second.subject
    assert first.issuer != second.issuer


async def test_nothing_secret_shows_when_printed(identity_provider: RunningProvider, issuers: Issuers) -> None:
    provider = provider_at(identity_provider.issuer())
    who = await sign_in(provider, identity_provider, issuers)
    assert who.id_token not in repr(who)
    assert SECRET not in repr(provider)
