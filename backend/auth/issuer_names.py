"""Whether two names are one issuer. They must be the same to the last character, but for one thing.

Some of DfE Sign-in's environments state their issuer with `:443`, others without, and have changed between the two.
Written with the port that https has anyway, an address names the same origin (RFC 6454 §4), so both count as one;
whom somebody is stays under the name that an administrator entered.
"""

from urllib.parse import urlsplit

_DEFAULT = ":443"


def forms_of(issuer: str) -> tuple[str, ...]:
    """Return the issuer as it is, then as it is with or without the port of https."""
    try:
        parts = urlsplit(issuer)
        port = parts.port
    except ValueError:
        return (issuer,)
    if parts.scheme != "https" or port not in (None, 443) or not parts.netloc:
        return (issuer,)
    bare = parts.netloc.removesuffix(_DEFAULT)
    other = bare if port else f"{bare}{_DEFAULT}"
    return issuer, parts._replace(netloc=other).geturl()
