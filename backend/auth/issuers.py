"""What we know of the issuers we trust: their discovery document and their keys, kept in memory."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from backend.auth.discovery import Metadata, fetch_metadata
from backend.auth.kept import Kept
from backend.auth.keys import KeyRing, KeySet, fetch_keys
from integrations.http import Door


@dataclass(kw_only=True)
class Issuers:
    """One per process. Ask it only about issuers that an administrator has configured: it keeps each one.

    `clock` answers Unix seconds.
    """

    door: Door = field(default_factory=Door)
    clock: Callable[[], float] = time.time
    _metadata: dict[str, Kept[Metadata]] = field(default_factory=dict, repr=False)
    _keys: dict[str, KeyRing] = field(default_factory=dict, repr=False)

    async def metadata(self, issuer: str) -> Metadata:
        """The issuer's discovery document, at most an hour old (24 hours while it cannot be reached).

        Raises `IssuerUnavailable` or `IssuerMismatch`.
        """
        kept = self._metadata.get(issuer)
        if kept is None:
            kept = self._metadata[issuer] = Kept(fetch=lambda: fetch_metadata(issuer, door=self.door), clock=self.clock)
        return await kept.get()

    def keys(self, issuer: str) -> KeyRing:
        """The issuer's signing keys; ask the ring by key id."""
        ring = self._keys.get(issuer)
        if ring is None:
            kept = Kept(fetch=lambda: self._fetch_keys(issuer), clock=self.clock)
            ring = self._keys[issuer] = KeyRing(kept=kept)
        return ring

    async def _fetch_keys(self, issuer: str) -> KeySet:
        metadata = await self.metadata(issuer)
        return await fetch_keys(metadata.jwks_uri, door=self.door)
