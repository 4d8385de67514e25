"""What the provider remembers while it runs: requests, codes, access tokens, sessions."""

import time
from dataclasses import dataclass, field
from secrets import token_urlsafe

from integrations.sandbox.identity_provider.config import Config
from integrations.sandbox.identity_provider.keys import Keys

REQUEST_SECONDS = 600
CODE_SECONDS = 60
TOKEN_SECONDS = 600


@dataclass(frozen=True, kw_only=True)
class Request:
    """A checked authorization request, waiting for somebody to be picked."""

    issuer: str
    client_id: str
    redirect_uri: str
    scope: str
    state: str | None
    nonce: str | None
    challenge: str
    made_at: float


@dataclass(frozen=True, kw_only=True)
class Grant:
    """A code that may be exchanged once, or (`access_token`) what an access token opens."""

    request: Request
    sub: str
    session_id: str
    made_at: float


@dataclass
class State:
    """Everything that changes. Lost when the process stops, as it should be in a demo."""

    config: Config
    requests: dict[str, Request] = field(default_factory=dict)
    codes: dict[str, Grant] = field(default_factory=dict)
    redeemed: dict[str, str] = field(default_factory=dict)
    access_tokens: dict[str, Grant] = field(default_factory=dict)
    sessions: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    assertion_ids: set[str] = field(default_factory=set)
    _keys: dict[str, Keys] = field(default_factory=dict)

    def keys(self, issuer: str) -> Keys:
        """The issuer's keys; made when first asked for."""
        if issuer not in self._keys:
            folder = self.config.keys_dir
            self._keys[issuer] = Keys(path=folder / f"{issuer}.json" if folder else None)
        return self._keys[issuer]

    def remember(self, request: Request) -> str:
        """Keeps the request for ten minutes; returns its handle."""
        self._sweep()
        handle = token_urlsafe(24)
        self.requests[handle] = request
        return handle

    def grant(self, request: Request, sub: str) -> str:
        """A new session and its code."""
        code, session_id = token_urlsafe(32), token_urlsafe(16)
        self.sessions[session_id] = (request.issuer, request.client_id, sub)
        self.codes[code] = Grant(request=request, sub=sub, session_id=session_id, made_at=time.time())
        return code

    def redeem(self, code: str) -> Grant | None:
        """The code's grant, once. A second try also kills the tokens of the first (RFC 6749 §4.1.2)."""
        if code in self.redeemed:
            self.access_tokens.pop(self.redeemed[code], None)
            return None
        grant = self.codes.pop(code, None)
        return grant if grant and time.time() - grant.made_at < CODE_SECONDS else None

    def open_access(self, code: str, grant: Grant) -> str:
        """An access token for userinfo."""
        token = token_urlsafe(32)
        self.access_tokens[token] = grant
        self.redeemed[code] = token
        return token

    def _sweep(self) -> None:
        now = time.time()
        self.requests = {k: v for k, v in self.requests.items() if now - v.made_at < REQUEST_SECONDS}
        self.codes = {k: v for k, v in self.codes.items() if now - v.made_at < CODE_SECONDS}
        self.access_tokens = {
            k: v for k, v in self.access_tokens.items() if now - v.made_at < CODE_SECONDS + TOKEN_SECONDS
        }
