"""A connection that signs, its key set served by our own web process, and a clock that all of them share."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from backend.app import build_app
from infra import clock
from integrations.nhs_ods.sync import CONNECTOR
from integrations.oauth.answers import Token
from integrations.oauth.ask import ask_token
from integrations.oauth.requests import TokenRequest
from tenants.connections import credentials
from tenants.connections.signing_keys.service import rotate_signing_key
from tenants.tenancy.scope import tenant_scope
from tests.integrations.nhs_ods.conftest import DOOR, Linked, link
from tests.support.agencies import RunningAgencies
from tests.support.connections import serving
from tests.support.organisations import administrator
from tests.support.serving import served
from tests.web.settings import page_settings

KEYS = "tenants.connections.signing_keys"


@dataclass
class SharedClock:
    """Time that passes for us, for our key set and for the platform at once."""

    agencies: RunningAgencies
    passed: timedelta = field(default_factory=timedelta)

    def now(self) -> datetime:
        return clock.now() + self.passed

    def move_to(self, passed: timedelta) -> None:
        self.passed = passed
        self.agencies.do("nhs", "turn_clock", seconds=passed.total_seconds())

    def install(self, patch: pytest.MonkeyPatch) -> None:
        patch.setattr(f"{KEYS}.queries.now", self.now)
        patch.setattr(f"{KEYS}.service.now", self.now)
        real = time.time
        patch.setattr("integrations.oauth.requests.time.time", lambda: real() + self.passed.total_seconds())


@dataclass(frozen=True)
class Signed(Linked):
    """The connection and the id under which the platform knows us."""

    client_id: str = ""

    async def rotate(self, *, at_once: bool = False) -> str:
        who = administrator()
        async with tenant_scope(who):
            return await rotate_signing_key(by=who, connection_id=self.connection, at_once=at_once, bits=2048)

    async def request(self, work: Any) -> TokenRequest:
        """A token request as a worker makes it now."""
        async with serving(None):
            secrets = await credentials.opened(connection_id=self.connection)
        made = CONNECTOR.authorise(work.link, secrets)
        assert isinstance(made, TokenRequest)
        return made

    async def token(self, work: Any) -> Token:
        return await ask_token(DOOR, await self.request(work))


@asynccontextmanager
async def signed_connection(agencies: RunningAgencies, prefix: str) -> AsyncIterator[Signed]:
    """A connection with its first key, registered with the platform by the address of its key set."""
    client_id = uuid4().hex
    connection = await link(
        agencies,
        auth_mode="signed_jwt",
        way="sandbox",
        client_id=client_id,
        environment="int",
        token_url=f"{agencies.url('nhs')}/sandbox/oauth2/token",
    )
    async with served(build_app(page_settings())) as address:
        jwks_url = f"{address}/.well-known/jwks/{connection}"
        agencies.do("nhs", "register", api_key=client_id, jwks_url=jwks_url)
        agencies.do("nhs", "invent", boards=2, trusts_per_board=1, prefix=prefix)
        signed = Signed(agencies, connection, prefix, client_id)
        await signed.rotate()
        yield signed
