"""Text that came in a token: kept only when it can be stored, printed and compared without surprise."""

from hmac import compare_digest

LONGEST_ID = 255


def is_id(value: object) -> bool:
    """Whether this can be somebody's or something's id: 1 to 255 printable characters (OpenID Connect Core §2)."""
    return isinstance(value, str) and 0 < len(value) <= LONGEST_ID and value.isprintable()


def plain(value: object, *, most: int) -> str | None:
    """The text on one line with single spaces; None for no text, unprintable text or more than `most` characters."""
    if not isinstance(value, str):
        return None
    text = " ".join(value.split())
    return text if 0 < len(text) <= most and text.isprintable() else None


def same(value: object, expected: str) -> bool:
    """Equal text, compared in a time that does not tell where it differs."""
    # JSON may hold half a surrogate pair, which plain UTF-8 refuses to encode.
    return isinstance(value, str) and compare_digest(value.encode("utf-8", "surrogatepass"), expected.encode())
