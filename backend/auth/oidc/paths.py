"""Where a person goes after signing in: a page of ours and nowhere else."""

import re
from urllib.parse import unquote, urlsplit

HOME = "/"
LONGEST = 1_000
# Browsers read a backslash as a slash and drop tabs and line ends: `/\evil.example`, `/<tab>/evil.example`.
ONE_SLASH = re.compile(r"/(?![/\\])[^\\\x00-\x1f\x7f]*")


def safe_next(value: str | None) -> str:
    """The path to return to, or the home page when `value` is missing or points anywhere but into this
    site.
    """
    if not value or len(value) > LONGEST or not value.isascii() or " " in value:
        return HOME
    path = urlsplit(value).path
    if not ONE_SLASH.fullmatch(value) or not ONE_SLASH.fullmatch(unquote(path)):
        return HOME
    return HOME if path.startswith("/sign-") else value
