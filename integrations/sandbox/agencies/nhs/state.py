"""What the local NHS platform knows: applications, used assertion ids, key sets it fetched, tokens, the directory."""

from __future__ import annotations

import json
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from integrations.sandbox.agencies.faults import Faults
from integrations.sandbox.agencies.nhs.directory import Directory

NAME = "nhs"
DIRECTORY_PRODUCT = "organisation-data-terminology-api"
MOST_BYTES = 10_000_000
REPLAY_SECONDS = 30 * 24 * 3600


@dataclass(frozen=True, kw_only=True)
class Application:
    """A registered application. Its API key is also its OAuth client id."""

    api_key: str
    jwks_url: str | None = None
    products: tuple[str, ...] = (DIRECTORY_PRODUCT,)


@dataclass(frozen=True, kw_only=True)
class Token:
    """An access token: opaque, good until a moment, for the scopes of the application's products."""

    api_key: str
    scopes: frozenset[str]
    expires_at: float


@dataclass(kw_only=True)
class Nhs:
    """Everything that changes. `skew_seconds` is how far this platform's clock runs ahead of the machine's.

    `registered` is a file of applications by the address of their key sets, for those who come to be known later.
    """

    base_url: str
    faults: Faults
    invent: Callable[[], Directory]
    applications: dict[str, Application] = field(default_factory=dict)
    registered: Path | None = None
    used_ids: dict[tuple[str, str], float] = field(default_factory=dict)
    key_sets: dict[str, tuple[float, dict[str, Any]]] = field(default_factory=dict)
    tokens: dict[str, Token] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=lambda: {"tokens_issued": 0, "key_set_fetches": 0})
    skew_seconds: float = 0.0
    usual_quota: int = 300
    quota_per_minute: int = 300
    most_bytes: int = MOST_BYTES
    asked: deque[float] = field(default_factory=deque)

    def __post_init__(self) -> None:
        self.directory = self.invent()

    def now(self) -> float:
        """Return this platform's idea of the time, in seconds."""
        return time.time() + self.skew_seconds

    def register(self, application: Application) -> None:
        """Take an application in, as the developer portal would."""
        self.applications[application.api_key] = application

    def application(self, api_key: str) -> Application | None:
        """Return a registered application; one that registered since the start stands in the file `registered`."""
        if api_key not in self.applications and self.registered is not None and self.registered.exists():
            for key, address in json.loads(self.registered.read_text()).items():
                self.applications.setdefault(key, Application(api_key=key, jwks_url=address))
        return self.applications.get(api_key)

    def used_before(self, client_id: str, assertion_id: str) -> bool:
        """Return whether the client sent this id within thirty days."""
        return self.used_ids.get((client_id, assertion_id), 0.0) > self.now()

    def remember_id(self, client_id: str, assertion_id: str) -> None:
        """Keep an id for thirty days, whatever becomes of the request that carried it."""
        self.used_ids[client_id, assertion_id] = self.now() + REPLAY_SECONDS

    def over_quota(self) -> bool:
        """Count a request to the directory; return whether there were too many in the last minute."""
        moment = time.monotonic()
        while self.asked and self.asked[0] < moment - 60:
            self.asked.popleft()
        self.asked.append(moment)
        return len(self.asked) > self.quota_per_minute

    def misbehaves(self, kind: str, path: str) -> bool:
        """Return whether a fault of this kind waits for this path, and count it down."""
        return self.faults.take(NAME, kind, path=path) is not None

    def forget(self) -> None:
        """As at the start: the invented directory again, no tokens; registered applications stay."""
        self.directory = self.invent()
        self.used_ids.clear()
        self.key_sets.clear()
        self.tokens.clear()
        self.asked.clear()
        self.skew_seconds = 0.0
        self.quota_per_minute, self.most_bytes = self.usual_quota, MOST_BYTES
        self.counts.update(dict.fromkeys(self.counts, 0))
