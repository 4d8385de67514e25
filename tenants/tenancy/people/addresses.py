"""Whether two email addresses are one: what an invitation was sent to, and what a sign-in provider says. Pure."""

from __future__ import annotations


def same_address(one: str, other: str) -> bool:
    """Return whether two addresses are the same but for the case of letters; an empty one is never the same.

    Letters that only look alike, or become alike by folding (the Kelvin sign, the long s, a dotless i, full width,
    composed accents, an international domain), stay apart: whoever may give the role is asked then.
    """
    return bool(one.strip()) and _lower(one.strip()) == _lower(other.strip())


def _lower(text: str) -> str:
    return "".join(_lower_letter(letter) for letter in text)


def _lower_letter(letter: str) -> str:
    """The Kelvin sign's small letter is our k: an address with it could be made elsewhere, to read as somebody's."""
    lower = letter.lower()
    return lower if len(lower) == 1 and lower.isascii() == letter.isascii() else letter
