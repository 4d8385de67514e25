"""How a force's Entra tenant knows us: client credentials by secret, or by an assertion under a certificate's key.

The present form is PS256 with the certificate's SHA-256 thumbprint (`x5t#S256`); tenants set up after older documents
want RS256 with the SHA-1 one (`x5t`), which the option `older_header` chooses.
Source: Microsoft Entra, client credentials and certificate credentials pages (January 2025).
"""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Mapping

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from integrations.connector import Link, Secrets
from integrations.oauth.requests import TokenRequest, by_certificate, by_secret

CERTIFICATE = "certificate"
OLDER = "older_header"


def authorise(link: Link, secrets: Secrets) -> TokenRequest:
    """Return a token request, never the same twice.

    Raises `KeyError` for a credential that is not set, `ValueError` for one that is not in PEM form.
    """
    url, client_id = str(link.options.get("token_url", "")), str(link.options.get("client_id", ""))
    scope = str(link.options.get("scope", ""))
    if link.auth_mode != CERTIFICATE:
        secret = secrets["client_secret"]
        return by_secret(url=url, client_id=client_id, secret=secret, method="client_secret_post", scope=scope)
    older = link.options.get(OLDER) is True
    return by_certificate(
        url=url,
        client_id=client_id,
        private_key=secrets["private_key"],
        thumbprint=thumbprint(secrets[CERTIFICATE], older=older),
        scope=scope,
        alg="RS256" if older else "PS256",
    )


def thumbprint(pem: str, *, older: bool = False) -> Mapping[str, str]:
    """Return the header that names the certificate. Raises `ValueError` when it is not one in PEM form."""
    der = x509.load_pem_x509_certificate(pem.encode()).public_bytes(Encoding.DER)
    digest = hashlib.sha1(der) if older else hashlib.sha256(der)  # noqa: S324 - names a certificate, protects nothing
    return {"x5t" if older else "x5t#S256": urlsafe_b64encode(digest.digest()).decode().rstrip("=")}
