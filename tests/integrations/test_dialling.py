"""What goes out over httpx's transport is what its client would have sent."""

from __future__ import annotations

import httpx
import pytest

from integrations.dialling import call_of

ADDRESSES = [
    "https://sis.example/ims/oneroster/rostering/v1p2/users?limit=200&filter=roles.role%3D%27principal%27&offset=0",
    "http://127.0.0.1:8020/nhs/Organization",
    "https://sis.example",
    "https://sis.example?a=b",
    "https://sis.example:443/x",
    "http://sis.example:80/x",
    "https://SIS.example:8443/A/b",
    "https://[::1]:8443/x?y#z",
    "https://bücher.example/ü?q=é x",
    "https://sis.example/a/../b/./c",
    "https://sis.example/a/.hidden/..",
    "https://sis.example/100%/%zz%41",
    "https://sis.example/a'b\"c<d>|e{f}?g'h\"i<j>|k{l}",
    "https://sis.example/?next=https%3A%2F%2Fa.example%2F&at=1:2@3;4,5+6*7(8)$9!",
    "https://sis.example//x//y",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_is_asked_as_the_client_would_ask_it(address: str) -> None:
    wanted = httpx.Client().build_request("GET", address)
    call = call_of("GET", address, headers={"Accept": "a/b"}, content=None)
    sent = call.at("192.0.2.1", seconds=None)
    usual = {"https": 443, "http": 80}[wanted.url.scheme]
    assert (sent.url.scheme, sent.url.port, sent.url.target) == (
        wanted.url.raw_scheme,
        wanted.url.port or usual,
        wanted.url.raw_path,
    )
    assert (sent.url.host, sent.extensions["sni_hostname"]) == (b"192.0.2.1", wanted.url.host)
    headers = {name.decode().lower(): value.decode() for name, value in sent.headers}
    own = {"accept": "a/b"}
    assert headers == {name: own.get(name, wanted.headers[name]) for name in headers}
    assert set(wanted.headers) - set(headers) == {"accept-encoding"}


@pytest.mark.parametrize("content", [None, b"", b"a=b"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_how_long_a_body_is_is_said_as_the_client_would(method: str, content: bytes | None) -> None:
    wanted = httpx.Request(method, "https://sis.example/", content=content).headers.get("content-length")
    headers = dict(call_of(method, "https://sis.example/", headers={}, content=content).headers)
    if content:
        assert headers[b"Content-Length"].decode() == wanted
    else:
        assert headers.get(b"Content-Length", b"0") == b"0"


def test_credentials_in_an_address_are_sent_as_the_client_would() -> None:
    wanted = httpx.BasicAuth("us", "a b")._auth_header
    address = "https://us:a%20b@sis.example/"
    headers = dict(call_of("GET", address, headers={"Authorization": "x"}, content=None).headers)
    assert headers[b"Authorization"].decode() == wanted


def test_what_is_not_an_address_is_not_sent() -> None:
    with pytest.raises(httpx.InvalidURL):
        call_of("GET", "https://sis.example/\x00", headers={}, content=None)
