"""Our token requests against oidc-provider, which no one here wrote: signed with our keys, checked by our key set."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from joserfc.jwk import RSAKey

from backend.app import build_app
from infra.clock import now
from integrations.errors import NeedsReauthorisation
from integrations.hosts import only_hosts
from integrations.http import Door
from integrations.oauth.ask import ask_token
from integrations.oauth.requests import TokenRequest, by_certificate, by_secret, by_signed_jwt
from tenants.connections.signing_keys import queries
from tenants.connections.signing_keys.rules import OVERLAP
from tenants.connections.signing_keys.service import rotate_signing_key
from tenants.tenancy.scope import tenant_scope
from tests.integrations.oauth.foreign.installing import NotHere, token_service
from tests.support.cluster import Cluster
from tests.support.connections import make_connection, serving
from tests.support.organisations import administrator
from tests.support.serving import served
from tests.web.settings import page_settings

DOOR = Door(permits=only_hosts("127.0.0.1"))
SECRET = "correct horse & battery: staple+" * 2
SIGNED = {"token_endpoint_auth_method": "private_key_jwt", "token_endpoint_auth_signing_alg": "RS512"}
THUMBPRINT = {"x5t#S256": "bGl2ZXJwb29sIHN0cmVldCBzdGF0aW9uIGNsb2NrLi4"}


@dataclass(frozen=True)
class Foreign:
    """The service, and the connection whose published keys it was told to fetch."""

    issuer: str
    connection: UUID

    @property
    def url(self) -> str:
        return f"{self.issuer}/token"

    async def signed(self, *, audience: str | None = None, ahead: bool = False) -> TokenRequest:
        """A request signed with today's key, or with the one that waits for its turn."""
        async with serving(None):
            found = await queries.signer(connection_id=self.connection, at=now() + (OVERLAP if ahead else 0 * OVERLAP))
        assert found is not None
        return by_signed_jwt(
            url=self.url, client_id="signs", private_key=found.private_key, kid=found.kid, audience=audience
        )


def pem(key: rsa.RSAPrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


@pytest.fixture(scope="module")
def certificate_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture
async def foreign(database: Cluster, certificate_key: rsa.RSAPrivateKey) -> AsyncIterator[Foreign]:
    who = administrator()
    connection = await make_connection(
        None, system="nhs_ods", auth_mode="signed_jwt", options={"environment": "int"}
    )
    for _ in range(2):
        async with tenant_scope(who):
            await rotate_signing_key(by=who, connection_id=connection, bits=2048)
    async with served(build_app(page_settings())) as address:
        public = RSAKey.import_key(certificate_key.public_key()).as_dict(private=False)
        clients = [
            {"client_id": "signs", "jwks_uri": f"{address.replace('http:', 'https:')}/.well-known/jwks/{connection}"}
            | SIGNED,
            {"client_id": "basic", "client_secret": SECRET, "token_endpoint_auth_method": "client_secret_basic"},
            {"client_id": "post", "client_secret": SECRET, "token_endpoint_auth_method": "client_secret_post"},
            {"client_id": "certificate", "jwks": {"keys": [public]}}
            | SIGNED
            | {"token_endpoint_auth_signing_alg": "PS256"},
        ]
        try:
            with token_service(clients) as issuer:
                yield Foreign(issuer, connection)
        except NotHere as missing:
            pytest.skip(str(missing))


async def test_an_assertion_under_our_key_is_accepted_with_the_set_that_we_publish(foreign: Foreign) -> None:
    token = await ask_token(DOOR, await foreign.signed())
    assert token.seconds == 600
    assert await ask_token(DOOR, await foreign.signed(audience=foreign.issuer)), "the newer form of the audience"


async def test_the_key_that_waits_for_its_turn_is_accepted_already(foreign: Foreign) -> None:
    assert (await ask_token(DOOR, await foreign.signed(ahead=True))).access_token


async def test_an_assertion_works_once_and_the_next_attempt_brings_another(foreign: Foreign) -> None:
    request = await foreign.signed()
    await ask_token(DOOR, request)
    with pytest.raises(NeedsReauthorisation):
        await ask_token(DOOR, request)
    assert await ask_token(DOOR, await foreign.signed())


async def test_a_key_that_we_never_published_is_refused(foreign: Foreign) -> None:
    stranger = pem(rsa.generate_private_key(public_exponent=65537, key_size=2048))
    for kid in ("int-1", "int-9"):
        with pytest.raises(NeedsReauthorisation):
            await ask_token(DOOR, by_signed_jwt(url=foreign.url, client_id="signs", private_key=stranger, kid=kid))


async def test_an_assertion_for_somebody_else_is_refused(foreign: Foreign) -> None:
    with pytest.raises(NeedsReauthorisation):
        await ask_token(DOOR, await foreign.signed(audience="https://api.service.nhs.uk/oauth2/token"))


@pytest.mark.parametrize(("client_id", "method"), [("basic", "client_secret_basic"), ("post", "client_secret_post")])
async def test_a_secret_with_every_kind_of_sign_is_accepted(foreign: Foreign, client_id: str, method: str) -> None:
    made = by_secret(url=foreign.url, client_id=client_id, secret=SECRET, method=method)
    assert (await ask_token(DOOR, made)).access_token
    wrong = by_secret(url=foreign.url, client_id=client_id, secret=SECRET + "x", method=method)
    with pytest.raises(NeedsReauthorisation):
        await ask_token(DOOR, wrong)


async def test_a_certificates_assertion_under_ps256_is_accepted(
    foreign: Foreign, certificate_key: rsa.RSAPrivateKey
) -> None:
    made = by_certificate(
        url=foreign.url,
        client_id="certificate",
        private_key=pem(certificate_key),
        thumbprint=THUMBPRINT,
        scope="openid",
    )
    assert (await ask_token(DOOR, made)).access_token
