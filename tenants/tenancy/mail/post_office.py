"""How this process sends mail: set once at start by the worker."""

from __future__ import annotations

from dataclasses import dataclass

from infra.mail import Transport


@dataclass(frozen=True, kw_only=True)
class PostOffice:
    """The transport, and the address that links in emails begin with."""

    transport: Transport
    base_url: str


_office: PostOffice | None = None


def use_post_office(office: PostOffice) -> None:
    """Set how this process sends mail."""
    global _office
    _office = office


def post_office() -> PostOffice:
    """Return how this process sends mail."""
    if _office is None:
        raise RuntimeError("no post office: call use_post_office() at start")
    return _office
