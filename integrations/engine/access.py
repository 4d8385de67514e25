"""Proving who we are: a key of the agency's own, or an access token that twenty workers renew once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx

from infra.clock import now
from integrations.connector import Connector, Link, Secrets
from integrations.engine.scopes import Scopes
from integrations.errors import AgencyDown, NeedsReauthorisation
from integrations.http import Door
from integrations.oauth.answers import Token
from integrations.oauth.ask import ask_token
from integrations.oauth.requests import TokenRequest
from tenants.connections import credentials, tokens
from tenants.connections.rules.systems import KINDS
from tenants.connections.sealing import CannotOpen, Place

_PAUSE_SECONDS = 0.2
#: how long ready headers are used before they are made anew: some hold a short-lived token of our own making
_READY_SECONDS = 60.0


@dataclass(frozen=True, kw_only=True, slots=True)
class _Found:
    """The token that is kept, whether it can be used, and if not, whether we are the one to renew it."""

    held: tokens.Held
    usable: bool
    ours: bool


@dataclass
class Access:
    """The `authorisation` of one run: called with True when the agency just refused what it was given."""

    connector: Connector[Any]
    link: Link
    scopes: Scopes
    door: Door
    client: httpx.AsyncClient | None = None  #: the run's, whose connections are used again
    _held: tokens.Held = field(default_factory=tokens.Held, init=False)
    _ready: Mapping[str, str] = field(default_factory=dict, init=False)
    _ready_until: float = field(default=0.0, init=False)

    async def __call__(self, refused: bool) -> Mapping[str, str]:
        """Return the headers. Raises `AgencyDown`, `AgencyRefused`, `AgencyBroken` or `NeedsReauthorisation`."""
        if time.monotonic() < self._ready_until and not refused:
            return self._ready
        if not self._held.is_good() or refused:
            after = self._held.version if refused else None
            async with self.scopes.open():
                proof = await self._proof()
                found = await self._found(after) if isinstance(proof, TokenRequest) else None
            if not isinstance(proof, TokenRequest):
                self._ready, self._ready_until = proof, time.monotonic() + _READY_SECONDS
                return proof
            assert found is not None
            self._held = await self._token(proof, found, after=after)
        return {"Authorization": f"Bearer {self._held.value}"}

    async def _found(self, after: int | None) -> _Found:
        """Return the token that is kept, claimed by us when it is no newer than `after` or not good, and nobody's."""
        held = await tokens.read(connection_id=self.link.connection_id)
        usable = held.is_good() and held.version != after
        ours = not usable and await tokens.claim(connection_id=self.link.connection_id, version=held.version)
        return _Found(held=held, usable=usable, ours=ours)

    async def _token(self, request: TokenRequest | None, found: _Found, *, after: int | None) -> tokens.Held:
        """Return a good token, newer than the version `after`: asked for by us when the lease is ours.

        `request` is used when that is so at once; later it would be stale.
        """
        until = time.monotonic() + tokens.LEASE_SECONDS + 5
        while time.monotonic() < until:
            if found.usable:
                return found.held
            if found.ours:
                return await self._renewed(found.held.version, request)
            request = None
            await asyncio.sleep(_PAUSE_SECONDS)
            async with self.scopes.open():
                found = await self._found(after)
        raise AgencyDown("Another of our workers is still waiting for an access token.")

    async def _renewed(self, version: int, request: TokenRequest | None) -> tokens.Held:
        try:
            token = await self._asked(request)
        except BaseException:
            async with self.scopes.open():
                await tokens.release(connection_id=self.link.connection_id, version=version)
            raise
        expires_at = now() + timedelta(seconds=token.seconds)
        async with self.scopes.open():
            await tokens.save(place=self._place(), version=version, value=token.access_token, expires_at=expires_at)
        return tokens.Held(value=token.access_token, expires_at=expires_at, version=version + 1)

    async def _asked(self, request: TokenRequest | None) -> Token:
        """Ask, and ask once more when the token service is away: with a new assertion, which only works once."""
        try:
            return await ask_token(self.door, request or await self._request(), client=self.client)
        except AgencyDown as error:
            if error.again_in:
                raise
            await asyncio.sleep(_PAUSE_SECONDS)
            return await ask_token(self.door, await self._request(), client=self.client)

    async def _request(self) -> TokenRequest:
        async with self.scopes.open():
            proof = await self._proof()
        if not isinstance(proof, TokenRequest):
            raise NeedsReauthorisation("The way of authenticating was changed while the run was under way.")
        return proof

    async def _proof(self) -> TokenRequest | Mapping[str, str]:
        """Return what the credentials of this moment make; in the scope that is open."""
        try:
            secrets = await credentials.opened(connection_id=self.link.connection_id)
        except CannotOpen:
            raise NeedsReauthorisation(
                "The credentials cannot be opened with today's key. Set them anew."
            ) from None
        return proof_of(self.connector, self.link, secrets)

    def _place(self) -> Place:
        link = self.link
        return Place(area_id=link.area_id, system=link.system, connection_id=link.connection_id)


def proof_of(connector: Connector[Any], link: Link, secrets: Secrets) -> TokenRequest | Mapping[str, str]:
    """Return what the connector makes of the credentials; raises `NeedsReauthorisation` when one is missing."""
    try:
        return connector.authorise(link, secrets)
    except KeyError as error:
        said = _named(str(error.args[0]))
        raise NeedsReauthorisation(f"No {said} is set for this connection. Set it and test the connection.") from None
    except ValueError:
        raise NeedsReauthorisation("The credential that is set cannot be used: it is not in the form needed.") from None


def _named(kind: str) -> str:
    """Return a credential's name as its page has it, inside a sentence."""
    label = KINDS.get(kind, kind.replace("_", " ")).removesuffix(" (PEM)")
    return label if label[1:2].isupper() else label[0].lower() + label[1:]
