"""What is wrong with a private key or a certificate that someone pasted. Pure; what was pasted is in no sentence."""

from __future__ import annotations

from datetime import UTC, date

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key


def key_problem(pem: str) -> str | None:
    """Return what is wrong with a private key in PEM form, in a sentence; None when it can sign."""
    try:
        key = load_pem_private_key(pem.encode(), password=None)
    except TypeError:
        return "This private key has a password. Save it without one, and copy it again."
    except Exception:  # the library raises many kinds, and all mean the same here
        return "This is not a private key in PEM form. Copy it whole, from -----BEGIN to the last line."
    return None if isinstance(key, RSAPrivateKey) else "This is not an RSA key, which the agency asks for."


def certificate_problem(pem: str, *, today: date) -> str | None:
    """Return what is wrong with a certificate in PEM form, in a sentence; None when it is good on the day."""
    try:
        until = last_day(pem)
    except ValueError:
        return "This is not a certificate in PEM form. Copy it whole, from -----BEGIN to the last line."
    if until < today:
        return f"This certificate expired on {until.day} {until:%B %Y}. Make a new one and register it with the agency."
    return None


def last_day(pem: str) -> date:
    """Return the last day (UTC) on which the first certificate is good. Raises `ValueError` when it is not one."""
    return x509.load_pem_x509_certificate(pem.encode()).not_valid_after_utc.astimezone(UTC).date()
