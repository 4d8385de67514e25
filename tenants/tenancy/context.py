"""The signed tenant context: what the application tells PostgreSQL about who is asking.

Row-level security reads it through `security.part`, which verifies the signature, the expiry and the back end.
"""

from __future__ import annotations

import functools
import hashlib
import hmac
import time
from collections.abc import Iterable
from dataclasses import replace

import asyncpg

from tenants.tenancy.actor import Actor
from tenants.tenancy.roles import Hat

LIFETIME_SECONDS = 120
_BLOCK = 64


class ContextKey:
    """The key that signs contexts, with its number. Set once at start by `use_key`."""

    def __init__(self, *, kid: int, key: bytes) -> None:
        self.kid = kid
        self.key = key

    def sign(self, actor: Actor, *, backend: int, readonly: bool = False) -> str:
        """Return the context of `actor` for the back end with that process id, good for two minutes."""
        until = int(time.time()) + LIFETIME_SECONDS
        who = actor if actor.request_id is None else replace(actor, request_id=None)  # one for all their requests
        body = f"v1|{self.kid}|{until}|{backend}|{_claims(who, readonly)}"
        return f"{body}|{hmac.digest(self.key, body.encode(), 'sha256').hex()}"


@functools.lru_cache(maxsize=2048)
def _claims(actor: Actor, readonly: bool) -> str:
    """Return who and for what: the part of a context that is the same from one statement of an actor to the next."""
    return "|".join(
        (
            str(actor.id or ""),
            _join(actor.read_areas),
            "" if readonly else _join(actor.write_areas),
            _join(actor.visits),
            _join(actor.organisations),
            _join(f"{'*' if area is None else area}:{organisation}" for area, organisation in actor.reach),
            _join(powers_of(actor)),
        )
    )


def powers_of(actor: Actor) -> frozenset[str]:
    """Return the powers of an actor: those given by name, and the one that goes with a national or platform hat."""
    powers = set(actor.powers)
    if actor.is_official:
        powers.add(Hat.NATIONAL.value)
    if actor.is_platform:
        powers.add(Hat.PLATFORM.value)
    return frozenset(powers)


def _join(values: Iterable[object]) -> str:
    return ",".join(sorted(str(value) for value in values))


async def install_key(owner_dsn: str, *, kid: int, key: bytes) -> None:
    """Store the key's HMAC pads where only the owner can read them, so that the database can verify contexts."""
    padded = (hashlib.sha256(key).digest() if len(key) > _BLOCK else key).ljust(_BLOCK, b"\0")
    inner, outer = (bytes(byte ^ mask for byte in padded) for mask in (0x36, 0x5C))
    connection = await asyncpg.connect(owner_dsn)
    try:
        await connection.execute(
            "insert into security.context_key (kid, inner_pad, outer_pad, not_after) values ($1, $2, $3, 'infinity') "
            "on conflict (kid) do update set inner_pad = excluded.inner_pad, outer_pad = excluded.outer_pad",
            kid,
            inner,
            outer,
        )
    finally:
        await connection.close()


_key: ContextKey | None = None


def use_key(*, kid: int, key: bytes) -> None:
    """Set the key this process signs with; at least 32 bytes."""
    global _key
    if len(key) < 32:
        raise ValueError("the context key must have at least 32 bytes (64 hex digits)")
    _key = ContextKey(kid=kid, key=key)


def current_key() -> ContextKey:
    """Return the key this process signs with."""
    if _key is None:
        raise RuntimeError("no context key: call use_key() at start")
    return _key
