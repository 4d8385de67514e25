"""How this process sends mail: set once at start by the worker."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from infra.mail import Receipts, Transport

#: (address that links begin with, values of the mail) → the link that its template may show
Link = Callable[[str, Mapping[str, str | int]], str]


@dataclass(frozen=True, kw_only=True)
class PostOffice:
    """The transport, the address that links begin with, and by template the link that no row holds."""

    transport: Transport
    base_url: str
    links: Mapping[str, Link] = field(default_factory=dict)
    receipts: Receipts | None = None  #: None where the way of sending does not tell what became of a mail

    def link(self, *, template: str, values: Mapping[str, str | int]) -> str:
        """Return the link for a mail; the address of the service itself when its template has none of its own."""
        make = self.links.get(template)
        return self.base_url if make is None else make(self.base_url, values)


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


def asks_for_receipts() -> bool:
    """Return whether this process sends in a way that can be asked what became of a mail."""
    return _office is not None and _office.receipts is not None
