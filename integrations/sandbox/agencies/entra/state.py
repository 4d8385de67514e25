"""What an invented tenant knows: an application's secrets and certificates, and the assertions it has seen."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from integrations.sandbox.agencies.agency import Setup

CLIENT_ID, SECRET = "2b1f6b0e-5a57-4a3c-9f6e-2c9b6f0d7a10", "Abc8Q~an-invented-secret-of-forty-characters"
APPLICATION = "api://indicators.police.example"


@dataclass
class Tenant:
    """Everything that changes. `certificates` are public keys (PEM) by thumbprint, SHA-256 and SHA-1 alike."""

    setup: Setup
    secrets: set[str] = field(default_factory=set)
    certificates: dict[str, bytes] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    issued: int = 0

    def reset(self) -> None:
        """One secret, no certificate, nothing seen."""
        self.secrets, self.certificates, self.used, self.issued = {SECRET}, {}, set(), 0

    def trust(self, pem: str) -> str:
        """Take a certificate in; returns its SHA-256 thumbprint."""
        found = x509.load_pem_x509_certificate(pem.encode())
        der = found.public_bytes(Encoding.DER)
        public = found.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        for digest in (hashlib.sha256(der).digest(), hashlib.sha1(der).digest()):  # noqa: S324 - an identifier
            self.certificates[base64.urlsafe_b64encode(digest).decode().rstrip("=")] = public
        return base64.urlsafe_b64encode(hashlib.sha256(der).digest()).decode().rstrip("=")
