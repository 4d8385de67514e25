"""A key or a certificate that could never sign is refused when it is pasted, in words that say what to copy."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
)

from tenants.connections.rules.pem import certificate_problem, key_problem, last_day

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
UNTIL = datetime(2026, 11, 30, 12, tzinfo=UTC)


def as_pem(
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey, how: KeySerializationEncryption | None = None
) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, how or NoEncryption()).decode()


def certificate() -> str:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "concordat.example")])
    built = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(KEY.public_key())
    dated = built.serial_number(1).not_valid_before(UNTIL - timedelta(days=30)).not_valid_after(UNTIL)
    return dated.sign(KEY, SHA256()).public_bytes(Encoding.PEM).decode()


def test_a_key_that_can_sign_is_taken() -> None:
    assert key_problem(as_pem(KEY)) is None


@pytest.mark.parametrize(
    ("pasted", "words"),
    [
        ("hello", "not a private key in PEM form"),
        (as_pem(KEY)[:400], "not a private key in PEM form"),
        (certificate(), "not a private key in PEM form"),
        (as_pem(KEY, BestAvailableEncryption(b"a word")), "has a password"),
        (as_pem(ec.generate_private_key(ec.SECP256R1())), "not an RSA key"),
    ],
)
def test_a_key_that_cannot_says_why_and_nothing_of_itself(pasted: str, words: str) -> None:
    problem = key_problem(pasted)
    assert problem is not None
    assert words in problem
    assert pasted not in problem


def test_a_certificate_is_good_on_its_last_day_and_not_the_day_after() -> None:
    assert last_day(certificate()) == date(2026, 11, 30)
    assert certificate_problem(certificate(), today=date(2026, 11, 30)) is None
    problem = certificate_problem(certificate(), today=date(2026, 12, 1))
    assert problem == "This certificate expired on 30 November 2026. Make a new one and register it with the agency."


@pytest.mark.parametrize("pasted", ["hello", as_pem(KEY), certificate()[:200]])
def test_what_is_no_certificate_is_said(pasted: str) -> None:
    assert "not a certificate in PEM form" in (certificate_problem(pasted, today=date(2026, 11, 30)) or "")
