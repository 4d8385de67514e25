"""A request as httpx's transport (httpcore) takes it, and its answer's headers as httpx's client would give them.

The client itself is left out: what it adds to a request (cookies, redirects, decoding) the door refuses anyway, and it
adds half to what the exchange costs.
"""

from __future__ import annotations

import base64
import re
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import httpcore
import httpx

Client = httpcore.AsyncConnectionPool
#: what a call can fail with before, in and after its exchange
UNREACHABLE = (
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.TimeoutException,
    httpcore.UnsupportedProtocol,
    httpcore.ConnectionNotAvailable,
    httpx.InvalidURL,
    OSError,
    UnicodeError,
)
_PORTS = {"https": 443, "http": 80}
#: an address that stays as it is when it is normalised, with its parts; every other one is for httpx
_PLAIN = re.compile(
    r"(https?)://([a-z0-9.-]+)(:[1-9]\d{0,4})?(/(?!\.)(?:(?!/\.)[A-Za-z0-9_~./?&=+,:;@!$*()-]|%[0-9A-Fa-f]{2})*)"
)
_AGENT = f"python-httpx/{httpx.__version__}".encode()


@dataclass(frozen=True, kw_only=True)
class Call:
    """A request whose host is not resolved: `named` is what its certificate has to be for."""

    method: str
    scheme: bytes
    named: str
    port: int
    target: bytes
    headers: Sequence[tuple[bytes, bytes]]
    content: bytes

    def at(self, address: str, *, seconds: float | None) -> httpcore.Request:
        """Return the request as it is sent to an address, nothing of it waiting longer than that in silence."""
        extensions: dict[str, object] = {"sni_hostname": self.named}
        if seconds is not None:
            extensions["timeout"] = dict.fromkeys(("connect", "read", "write", "pool"), seconds)
        url = httpcore.URL(scheme=self.scheme, host=address.encode("ascii"), port=self.port, target=self.target)
        return httpcore.Request(
            self.method, url, headers=self.headers, content=self.content, extensions=extensions
        )


def pool(tls: ssl.SSLContext) -> Client:
    """Return what keeps connections, to be closed by whoever opened it; nothing of it is taken from the environment."""
    return Client(ssl_context=tls, max_connections=100, max_keepalive_connections=20, keepalive_expiry=5.0)


def call_of(method: str, url: str, *, headers: Mapping[str, str], content: bytes | None) -> Call:
    """Return the request; raises `httpx.InvalidURL`, or `UnicodeError` for a header that is not ASCII."""
    scheme, named, netloc, port, target, beside = _parts(url)
    sent = {"Host": netloc, "Connection": "keep-alive", **headers, **beside}
    if content is not None or method in ("POST", "PUT", "PATCH"):
        sent["Content-Length"] = str(len(content or b""))
    pairs = [(name.encode("ascii"), value.encode("ascii")) for name, value in sent.items()]
    if "User-Agent" not in sent:
        pairs.append((b"User-Agent", _AGENT))
    return Call(
        method=method,
        scheme=scheme.encode(),
        named=named,
        port=port,
        target=target,
        headers=pairs,
        content=content or b"",
    )


def _parts(url: str) -> tuple[str, str, str, int, bytes, dict[str, str]]:
    """Return scheme, host, host and port as sent, port, target, and the headers that the address asks for."""
    if (found := _PLAIN.fullmatch(url)) is not None:
        scheme, host, port, target = found.groups()
        if port != f":{_PORTS[scheme]}":
            number = int(port[1:]) if port else _PORTS[scheme]
            return scheme, host, f"{host}{port or ''}", number, target.encode(), {}
    parsed = httpx.URL(url)
    told = base64.b64encode(f"{parsed.username}:{parsed.password}".encode()).decode() if parsed.userinfo else ""
    beside = {"Authorization": f"Basic {told}"} if told else {}
    port = parsed.port or _PORTS[parsed.scheme]
    return parsed.scheme, parsed.host, parsed.netloc.decode("ascii"), port, parsed.raw_path, beside


def headers_of(response: httpcore.Response) -> dict[str, str]:
    """Return the headers with lower-case names; what came more than once is joined by commas."""
    found: dict[str, str] = {}
    for raw_name, raw in response.headers:
        name, value = raw_name.decode("latin-1").lower(), _text(raw)
        found[name] = f"{found[name]}, {value}" if name in found else value
    return found


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")
