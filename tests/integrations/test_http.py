"""The one door out, against servers that do not behave."""

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from integrations.hosts import HostRule, is_public, only_hosts, public_hosts, public_or_this_machine
from integrations.http import Answer, Door, OutboundError, send
from tests.support.hostile_provider import HostileProvider, drips_for_long, floods, hostile_provider, says
from tests.support.plain_http import TRUSTED

LOCAL = Door(permits=only_hosts("127.0.0.1"), total_seconds=10, max_bytes=10_000)


@pytest.fixture
async def server() -> AsyncIterator[HostileProvider]:
    async with hostile_provider() as running:
        yield running


async def refused(door: Door, url: str) -> str:
    with pytest.raises(OutboundError) as caught:
        await send(door, "GET", url)
    return caught.value.code


async def test_an_ordinary_answer_comes_through(server: HostileProvider) -> None:
    server.scripts["/x"] = says({"a": 1}, status="201 Created", headers="X-Kind: plain\r\n")
    answer = await send(LOCAL, "GET", server.base_url + "/x")
    assert (answer.status, answer.headers["x-kind"], answer.json_object()) == (201, "plain", {"a": 1})


async def test_a_form_arrives_as_a_form(server: HostileProvider) -> None:
    await send(LOCAL, "POST", server.base_url + "/x", form={"a": "1 & 2"}, headers={"X-Who": "us"})
    head, body = server.heard.split("\r\n\r\n")
    assert head.startswith("POST /x HTTP/1.1")
    assert "x-who: us" in head.lower()
    assert "content-type: application/x-www-form-urlencoded" in head.lower()
    assert body == "a=1+%26+2"


async def test_a_dripping_body_meets_the_deadline(server: HostileProvider) -> None:
    server.scripts["/x"] = drips_for_long
    loop = asyncio.get_running_loop()
    began = loop.time()
    assert await refused(LOCAL, server.base_url + "/x") == "deadline"
    assert 10 <= loop.time() - began < 60


async def test_a_timeout_for_each_read_would_not_have(server: HostileProvider) -> None:
    """Why the door has a deadline of its own: the same server, read with the client's timeout alone."""
    server.scripts["/x"] = drips_for_long
    loop, taken = asyncio.get_running_loop(), 0
    began = loop.time()
    async with httpx.AsyncClient(timeout=10, trust_env=False, verify=TRUSTED) as client:
        async with client.stream("GET", server.base_url + "/x") as response:
            async for piece in response.aiter_raw():
                taken += len(piece)
                if loop.time() - began > 12:
                    break
    assert taken >= 4


async def test_a_body_without_end_is_cut(server: HostileProvider) -> None:
    server.scripts["/x"] = floods
    assert await refused(LOCAL, server.base_url + "/x") == "too_large"


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
async def test_a_redirect_is_not_followed(server: HostileProvider, status: str) -> None:
    server.scripts["/x"] = says({}, status=status, headers=f"Location: {server.base_url}/there\r\n")
    assert await refused(LOCAL, server.base_url + "/x") == "redirect"
    assert server.asked["/there"] == 0


async def test_a_compressed_body_is_not_unpacked(server: HostileProvider) -> None:
    server.scripts["/x"] = says({}, headers="Content-Encoding: gzip\r\n")
    assert await refused(LOCAL, server.base_url + "/x") == "encoded"


@pytest.mark.parametrize(
    "url",
    [
        "http://signin.example/",
        "ftp://127.0.0.1/",
        "file:///etc/hostname",
        "//127.0.0.1/",
        "",
        "https://[",
        "https://a:b/",
    ],
)
async def test_only_https_leaves_this_machine(url: str) -> None:
    anywhere = Door(permits=only_hosts("signin.example", "127.0.0.1", ""))
    assert await refused(anywhere, url) == "insecure"


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "localhost", "LOCALHOST", "10.0.0.1", "169.254.169.254", "192.168.1.1", "0.0.0.0", "100.64.0.1"),
        *("2130706433", "0x7f000001", "0x7f.1", "127.1", "0177.0.0.1", "0", "255.255.255.255", "224.0.0.1"),
        *("[::1]", "[::]", "[fd00::1]", "[fe80::1]", "[fec0::1]", "[ff02::1]", "[ff0e::1]", "[::ffff:10.0.0.1]"),
        *("[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b::a9fe:a9fe]", "[64:ff9b:1::808:808]"),
        *("[2002:7f00:1::]", "[2002:a00:1::1]", "[2002:808:808::1]", "[2001:0:7f00:1::]"),
    ],
)
async def test_our_own_network_is_not_to_be_called(host: str) -> None:
    assert await refused(Door(), f"https://{host}/") == "host_refused"


@pytest.mark.parametrize("address", [
    "8.8.8.8", "2a00:1450:4009::1", "::ffff:8.8.8.8", "64:ff9b::808:808",
])  # fmt: skip
def test_addresses_of_the_public_internet_may_be_called(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


async def test_a_host_that_is_not_on_the_list_is_not_called(server: HostileProvider) -> None:
    door = Door(permits=only_hosts("signin.example"))
    assert await refused(door, server.base_url + "/x") == "host_refused"
    assert not server.asked


@pytest.mark.parametrize(
    ("rule", "host", "allowed"),
    [
        (public_hosts, "8.8.8.8", True),
        (public_hosts, "127.0.0.1", False),
        (public_or_this_machine, "127.0.0.1", True),
        (public_or_this_machine, "10.0.0.1", False),
        (only_hosts("A.example"), "a.EXAMPLE", True),
        (only_hosts("a.example"), "b.a.example", False),
    ],
)
async def test_the_rules(rule: HostRule, host: str, allowed: bool) -> None:
    assert bool(await rule(host, 443)) is allowed


async def test_a_name_with_one_address_in_our_network_is_refused_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", names({"two.example": ["8.8.8.8", "10.0.0.1"]}))
    assert await public_hosts("two.example", 443) == []


async def test_what_was_checked_is_what_is_dialled(server: HostileProvider, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name server that answers well for the check and otherwise for the call gains nothing: it is asked once."""
    asked: list[str] = []

    async def rule(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", names({"127.0.0.1": ["127.0.0.1"]}))
    server.scripts["/x"] = says({"reached": True})
    port = server.base_url.rpartition(":")[2]
    monkeypatch.setattr("integrations.http.is_this_machine", lambda _: True)
    answer = await send(Door(permits=rule), "GET", f"http://rebinding.example:{port}/x")
    assert (answer.json_object(), asked) == ({"reached": True}, ["rebinding.example"])
    assert f"host: rebinding.example:{port}" in server.heard.lower()


async def test_the_second_address_is_tried_when_nobody_is_at_the_first(server: HostileProvider) -> None:
    async def rule(host: str, port: int) -> list[str]:
        return ["127.0.0.2", "127.0.0.1"]

    server.scripts["/x"] = says({"reached": True})
    answer = await send(Door(permits=rule), "GET", server.base_url + "/x")
    assert answer.json_object() == {"reached": True}


def names(known: dict[str, list[str]]) -> Callable[..., Awaitable[list[tuple[object, ...]]]]:
    """A name server that knows these names and no others."""

    async def getaddrinfo(host: str | bytes, port: int, **_: object) -> list[tuple[object, ...]]:
        found = known[host if isinstance(host, str) else host.decode()]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    return getaddrinfo


async def test_an_impossible_host_name_is_unreachable() -> None:
    assert await refused(Door(), f"https://{'a' * 70}.example/") == "unreachable"


async def test_nobody_there_is_unreachable() -> None:
    assert await refused(LOCAL, "http://127.0.0.1:1/") == "unreachable"


async def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    async with hostile_provider(tls=self_signed(tmp_path)) as server:
        assert await refused(LOCAL, server.base_url + "/x") == "certificate"
    assert not server.asked


def self_signed(folder: Path) -> ssl.SSLContext:
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = (
        builder.serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    )
    pem = builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)
    (folder / "both.pem").write_bytes(pem + key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "both.pem")
    return context


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff", b"[" * 100_000])
def test_what_is_not_an_object_is_not_taken(body: bytes) -> None:
    with pytest.raises(OutboundError, match="not_json"):
        Answer(status=200, headers={}, body=body).json_object()
