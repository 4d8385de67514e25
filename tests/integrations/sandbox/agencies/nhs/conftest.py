"""An application registered with the local NHS platform, and requests to its token endpoint."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from tests.support.agencies import RunningAgencies
from tests.support.key_host import KeyHost, key_host

JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


@dataclass
class Applicant:
    """An application with a key of its own. Every part of what it sends can be changed; None leaves the part out."""

    agencies: RunningAgencies
    host: KeyHost
    key: RSAKey
    client_id: str
    http: httpx.Client

    @property
    def token_url(self) -> str:
        return f"{self.agencies.url('nhs')}/sandbox/oauth2/token"

    def assertion(
        self, *, header: Mapping[str, Any] | None = None, key: RSAKey | None = None, alg: str = "RS512", **claims: Any
    ) -> str:
        usual = {"iss": self.client_id, "sub": self.client_id, "aud": self.token_url, "jti": str(uuid4())}
        told = {**usual, "exp": int(time.time()) + 300, **claims}
        head = {"alg": alg, "typ": "JWT", "kid": self.key.kid, **(header or {})}
        kept = {name: value for name, value in head.items() if value is not None}
        said = {name: value for name, value in told.items() if value is not None}
        return jwt.encode(kept, said, key or self.key, algorithms=[alg])

    def form(self, assertion: str | None, **fields: str | None) -> dict[str, str]:
        usual = {"grant_type": "client_credentials", "client_assertion_type": JWT_BEARER, "client_assertion": assertion}
        return {name: value for name, value in {**usual, **fields}.items() if value is not None}

    def ask(self, assertion: str | None, **fields: str | None) -> httpx.Response:
        return self.http.post(self.token_url, data=self.form(assertion, **fields))


@pytest.fixture(scope="session")
def own_key() -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": "test-1", "use": "sig"})


@pytest.fixture
def applicant(agencies: RunningAgencies, own_key: RSAKey) -> Iterator[Applicant]:
    with key_host() as host, httpx.Client(trust_env=False, verify=False) as http:
        host.serve(own_key)
        client_id = uuid4().hex
        agencies.do("nhs", "register", api_key=client_id, jwks_url=host.url)
        yield Applicant(agencies, host, own_key, client_id, http)
