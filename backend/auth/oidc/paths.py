"""Where a person goes after signing in: a page of ours and nowhere else."""

import re
from urllib.parse import unquote, urlsplit

HOME = "/"
LONGEST = 1_000
# Browsers read a backslash as a slash and drop tabs and line ends: `/\evil.example`, `/<tab>/evil.example`.
PLAIN_PATH = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*", re.ASCII)


def safe_next(value: str | None) -> str:
    """The path to return to, or the home page when `value` is missing or points anywhere but into this
    site.
    """
    if not value or len(value) > LONGEST or not PLAIN_PATH.fullmatch(value):
        return HOME
    parts = urlsplit(value)
    decoded = unquote(parts.path)
    if parts.scheme or parts.netloc or not PLAIN_PATH.fullmatch(decoded.replace(" ", "+")):
        return HOME
    return HOME if parts.path.startswith("/sign-") else value
