"""Our half of a sign-in, for tests: an ordinary provider, a store in memory, and the whole way through."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from pydantic import SecretStr

from backend.auth.issuers import Issuers
from backend.auth.oidc.begin import begin
from backend.auth.oidc.finish import finish, read_query
from backend.auth.oidc.identity import VerifiedIdentity
from backend.auth.oidc.pending import PendingSignIn
from backend.auth.oidc.provider import ClientKey, ClientSecret, Provider
from tests.support.identity_provider import REDIRECT_URI, SECRET, RunningProvider


@dataclass
class MemoryStore:
    """A `PendingStore` for tests."""

    waiting: dict[str, PendingSignIn] = field(default_factory=dict)

    async def put(self, pending: PendingSignIn) -> None:
        self.waiting[pending.state] = pending

    async def take(self, state: str) -> PendingSignIn | None:
        return self.waiting.pop(state, None)


def provider_at(
    issuer: str,
    *,
    slug: str = "schools",
    client_id: str = "concordat",
    credential: ClientSecret | ClientKey | None = None,
    scopes: tuple[str, ...] = ("openid", "profile", "email"),
    fold_subject: bool = False,
) -> Provider:
    """A provider as an administrator would describe the one that runs at this issuer."""
    return Provider(
        slug=slug,
        name="Schools sign-in",
        issuer=issuer,
        client_id=client_id,
        credential=credential or ClientSecret(secret=SecretStr(SECRET)),
        scopes=scopes,
        fold_subject=fold_subject,
    )


async def sign_in(
    provider: Provider, running: RunningProvider, issuers: Issuers, *, sub: str = "5D1E9C0A"
) -> VerifiedIdentity:
    """Begins, picks the person at the running provider, finishes."""
    address, pending = await begin(provider, redirect_uri=REDIRECT_URI, next_path="/", issuers=issuers)
    callback = await running.answer(address, sub=sub)
    return await finish(provider, pending, urlsplit(callback).query, browser_key=pending.browser_key, issuers=issuers)


async def come_back(
    provider: Provider, store: MemoryStore, callback: str, *, browser_key: str | None, issuers: Issuers
) -> VerifiedIdentity:
    """What the callback page does: takes the pending sign-in out of the store and finishes it."""
    query = urlsplit(callback).query
    pending = await store.take(read_query(query).get("state", ""))
    return await finish(provider, pending, query, browser_key=browser_key, issuers=issuers)
