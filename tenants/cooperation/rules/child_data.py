"""A guard on free text: what looks like one child's data is refused before it is stored.

It is a net, not a proof: it catches an NHS number (ten digits whose check digit is right), a unique pupil number
(a letter, eleven digits, and a digit or letter) and a date said to be a date of birth.
"""

from __future__ import annotations

import re

_NHS = re.compile(r"(?<![\d+])(\d{3})[ -]?(\d{3})[ -]?(\d{4})(?!\d)")
_UPN = re.compile(r"(?<![A-Z0-9])[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z](?![A-Z0-9])", re.IGNORECASE)
_DATE = r"\d{1,4}(?:[/.-]\d{1,2}[/.-]\d{2,4}|(?:st|nd|rd|th)?\s+[a-z]{3,9}\s+\d{4})"
_BORN = r"\b(?:d\.?\s?o\.?\s?b\b\.?|date of birth|birth ?date|born(?: on)?)"
_DIGIT = re.compile(r"\d")
_BIRTH = re.compile(rf"{_BORN}\W{{0,3}}(?:is\s+)?{_DATE}", re.IGNORECASE)


def child_data_in(text: str) -> str | None:
    """Return what the text seems to hold (`an NHS number`, …), or None."""
    if not _DIGIT.search(text):  # most answers have none, and nothing that is looked for is without
        return None
    if any(_nhs_check_digit_is_right("".join(match.groups())) for match in _NHS.finditer(text)):
        return "an NHS number"
    if _UPN.search(text):
        return "a unique pupil number"
    if _BIRTH.search(text):
        return "a date of birth"
    return None


def _nhs_check_digit_is_right(digits: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    return (11 - total % 11) % 11 == int(digits[9]) and len(set(digits)) > 1
