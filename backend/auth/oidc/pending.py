"""A sign-in that has begun: what must be remembered until the person comes back."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

LASTS = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class PendingSignIn:
    """Kept on our side until the callback, which takes it out: it works once.

    `browser_key` goes to the browser in a cookie of its own and must come back with the callback, so that
    nobody can finish in one browser what was begun in another. `issuer` is where this one was sent.
    """

    state: str
    provider_slug: str
    issuer: str
    redirect_uri: str
    next_path: str
    begun_at: datetime
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    browser_key: str = field(repr=False)

    @property
    def expires_at(self) -> datetime:
        return self.begun_at + LASTS


class PendingStore(Protocol):
    """Where pending sign-ins wait.

    `take` removes what it returns in one step, so that two callbacks cannot both.
    """

    async def put(self, pending: PendingSignIn) -> None: ...

    async def take(self, state: str) -> PendingSignIn | None: ...
