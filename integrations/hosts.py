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
    if not all(is_public(address) for address in addresses):
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


#: IPv6 addresses that carry an IPv4 address, behind which translators reach it: where in the address it stands
_CARRYING = (
    (ipaddress.IPv6Network("::/96"), 0),
    (ipaddress.IPv6Network("64:ff9b::/96"), 0),  # NAT64 (RFC 6052)
)
_NOBODYS = (
    ipaddress.IPv6Network("64:ff9b:1::/48"),  # NAT64 within one network (RFC 8215)
    ipaddress.IPv6Network("2002::/16"),  # 6to4, given up (RFC 7526); releases of Python differ on whether it is public
)


def is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Return whether the address is one host's on the public internet, and carries no other that is not."""
    if not address.is_global or address.is_multicast:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return True
    if address.is_site_local or any(address in network for network in _NOBODYS):
        return False
    carried = (ipaddress.IPv4Address(int(address) >> shift & 0xFFFFFFFF) for net, shift in _CARRYING if address in net)
    return all(is_public(one) for one in carried)
