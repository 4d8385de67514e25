"""Which hosts the house may call."""

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable

HostRule = Callable[[str, int], Awaitable[bool]]
"""Answers whether this host and port may be called at all."""


async def public_hosts(host: str, port: int) -> bool:
    """True when every address of the host is a public one: no call to our own network by a clever name."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return bool(found) and all(ipaddress.ip_address(entry[4][0]).is_global for entry in found)


async def public_or_this_machine(host: str, port: int) -> bool:
    """As `public_hosts`, and this machine too: for the demo and the tests, where agencies are local."""
    return is_this_machine(host) or await public_hosts(host, port)


def only_hosts(*hosts: str) -> HostRule:
    """A rule that allows exactly the named hosts, wherever they are."""
    allowed = frozenset(host.lower() for host in hosts)

    async def rule(host: str, port: int) -> bool:  # noqa: ARG001
        return host.lower() in allowed

    return rule


def is_this_machine(host: str) -> bool:
    return host in {"127.0.0.1", "::1", "localhost"}
