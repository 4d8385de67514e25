"""Why a certificate was not taken, in words for the area, from what OpenSSL says (`X509_V_ERR_…`)."""

from __future__ import annotations

import ssl

_WORDS = {
    9: "is not valid yet",
    10: "has expired",
    18: "is vouched for by nobody",
    19: "is vouched for by nobody we know",
    20: "is vouched for by nobody we know",
    21: "is vouched for by nobody we know",
    23: "was withdrawn",
    62: "is for another name",
    64: "is for another address",
}


def why_untrusted(error: BaseException) -> str | None:
    """Return why the certificate behind an error was not taken; None where it failed for another reason."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, ssl.SSLCertVerificationError):
            return _WORDS.get(seen.verify_code, "cannot be trusted")
        seen = seen.__cause__ or seen.__context__
    return None
