"""A provider of identities, as an administrator describes it."""

from dataclasses import dataclass
from typing import Literal

from pydantic import SecretStr

SecretPlace = Literal["client_secret_basic", "client_secret_post"]
Audience = Literal["issuer", "token_endpoint"]
Algorithm = Literal["RS256", "RS512", "PS256", "ES256"]


@dataclass(frozen=True, kw_only=True)
class ClientSecret:
    """A shared secret, sent in the header (`client_secret_basic`) or in the form (`client_secret_post`)."""

    secret: SecretStr
    sent_as: SecretPlace = "client_secret_basic"


@dataclass(frozen=True, kw_only=True)
class ClientKey:
    """Our own key instead of a secret (`private_key_jwt`, RFC 7523).

    `pem` is an RSA or P-256 private key. NHS CIS2 and Microsoft Entra want `audience="token_endpoint"`, newer
    guidance the issuer; Entra finds the certificate by `thumbprint` (`x5t#S256`), the others by `kid`.
    """

    pem: SecretStr
    kid: str
    algorithm: Algorithm = "RS256"
    audience: Audience = "issuer"
    thumbprint: str | None = None


@dataclass(frozen=True, kw_only=True)
class Provider:
    """One place where people may sign in. `slug` is part of its own redirect address and never changes.

    `issuer` is what the provider's own document says, to the last character (with or without `:443`,
    which DfE Sign-in's environments differ in). `fold_subject`: subjects may differ in letter case (DfE Sign-in).
    """

    slug: str
    name: str
    issuer: str
    client_id: str
    credential: ClientSecret | ClientKey
    scopes: tuple[str, ...] = ("openid", "profile", "email")
    fold_subject: bool = False

    @property
    def callback_path(self) -> str:
        """Each provider answers to an address of its own, so that one cannot answer for another (RFC 9700
        §4.4).
        """
        return f"/sign-in/{self.slug}/callback"
