"""What can go wrong between us and an issuer of identities, before it is anyone's sign-in."""


class IssuerUnavailable(Exception):
    """The issuer's documents could not be fetched or made no sense. `code` is for the log."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code


class IssuerMismatch(IssuerUnavailable):
    """The document calls itself by another issuer's name (OpenID Connect Discovery 1.0, §4.3)."""

    def __init__(self, *, expected: str, found: str) -> None:
        super().__init__("issuer_mismatch", f"expected {expected!r}, the document says {found[:200]!r}")


class TokenRefused(Exception):
    """A signed token that we do not believe. `code` is for the log and names the check that failed."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
