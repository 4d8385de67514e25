"""Which hosts the house may call."""

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Sequence

HostRule = Callable[[str, int], Awaitable[Sequence[str]]]
"""Answers which addresses may be dialled for this host and port; none when it may not be called at all.

What was checked is what is dialled: a name that answers differently a moment later gains nothing.
"""


async def public_hosts(host: str, port: int) -> Sequence[str]:
    """The host's addresses when every one is public, IPv4 first: no call to our own network by a clever name."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = {ipaddress.ip_address(entry[4][0]) for entry in found}
    if not all(address.is_global for address in addresses):
        return []
    return [str(address) for address in sorted(addresses, key=lambda address: (address.version, address.packed))]


async def public_or_this_machine(host: str, port: int) -> Sequence[str]:
    """As `public_hosts`, and this machine too: for the demo and the tests, where agencies are local."""
    return [host] if is_this_machine(host) else await public_hosts(host, port)


def only_hosts(*hosts: str) -> HostRule:
    """A rule that allows exactly the named hosts, wherever they are."""
    allowed = frozenset(host.lower() for host in hosts)

    async def rule(host: str, port: int) -> Sequence[str]:  # noqa: ARG001
        return [host] if host.lower() in allowed else []

    return rule


def is_this_machine(host: str) -> bool:
    return host in {"127.0.0.1", "::1", "localhost"}
