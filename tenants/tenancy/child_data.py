"""A guard on free text: what looks like one child's data is refused before it is stored. Pure.

It is a net, not a proof: it catches an NHS number (ten digits whose check digit is right, or any ten said to be one), a
unique pupil number (a letter, eleven digits, and a digit or letter, or what is said to be one), a date said to be one
of birth, and a name with an age under 18. A name beside a date passes: texts about boards are full of those.
"""

from __future__ import annotations

import re
import unicodedata

_GAP = r"[ ./_-]{0,3}"
_TEN = rf"(?:\d{{3}}{_GAP}\d{{3}}{_GAP}\d{{4}}|\d{{4}}{_GAP}\d{{3}}{_GAP}\d{{3}}|\d{{5}}[ .-]\d{{5}})"
_NHS = re.compile(rf"(?<![\d+])({_TEN})(?!\d)", re.ASCII)
_SAID_NHS = re.compile(rf"\bnhs\s*(?:no|num|number|id)\b\W{{0,4}}(?:is |was )?{_TEN}(?!\d)", re.IGNORECASE | re.ASCII)
_UPN = re.compile(r"(?<![A-Z0-9])[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z](?![A-Z0-9])", re.IGNORECASE | re.ASCII)
_SAID_UPN = re.compile(
    r"\bu\.?p\.?n\b\.?\W{0,3}(?:no\b|number\b|is\b)?\W{0,3}[a-z]?[ -]?\d(?:[ -]?[\dIOL]){10,11}",
    re.IGNORECASE | re.ASCII,
)
#: what another number of ten digits is called, just before it; and the code of a country
_OTHER_NUMBER = re.compile(
    r"(?:\b(?:invoice|order|p\.?o|company|charity|account|telephone|phone|tel|mobile|fax|uprn|ukprn|urn)\b[\s.:#]*"
    r"(?:no\b|number\b|num\b|is\b)?[\s.:#]*|\+\d{1,3}[\s().-]*(?:\(?0\)?)?[\s.-]*)$",
    re.IGNORECASE,
)

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_NUMERIC = r"\d{1,4} ?[/.-] ?\d{1,2} ?[/.-] ?\d{2,4}"
_DATE = (
    rf"(?:{_NUMERIC}|\d{{1,2}} \d{{1,2}} \d{{2,4}}|\d{{8}}(?!\d)|\d{{6}}(?!\d)"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+\d{{2,4}})?|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+\d{{4}})?)"
)
_DOB = r"(?:d\W{0,2}o\W{0,2}b|date[ -]of[ -]birth|birth[ -]?dat?e|birth[ -]?day)\b\.?"
_FILLED = r"\W{0,4}(?:(?:is|was|on|the)\s+){0,3}"
_BIRTH = re.compile(
    rf"\b{_DOB}{_FILLED}{_DATE}|{_DATE}\W{{1,3}}(?:is\s+)?(?:(?:his|her|their|the)\s+)?{_DOB}", re.IGNORECASE
)
_BORN = re.compile(rf"\bborn{_FILLED}{_DATE}|(?:\bwas|\bis) born in {_MONTH}\s+\d{{4}}", re.IGNORECASE)
_SHORT = re.compile(rf"\b[A-Z][a-z]+,? \(?b\.? ?{_NUMERIC}")
_NAME_AND_AGE = re.compile(r"\b[A-Z][a-z'-]+ [A-Z][a-z'-]+,? ?\(?aged? (?:\d|1[0-7])\b(?! ?(?:to|-|\d))")
#: who or what is said to be born, and is not one child
_MANY = re.compile(
    r"\b(?:children|pupils|babies|infants|those|people|partnership|board|arrangements?|service|trust|school|academy|group|plan"
    r"|policy|strategy|project|idea|programme|team|hub|body|alliance)(?: (?:who )?(?:was|were|are|is))? *$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://\S*$", re.IGNORECASE)  # what a match in a web address has before it
_DIGIT = re.compile(r"\d")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))


def child_data_in(text: str) -> str | None:
    """Return what the text seems to hold (`an NHS number`, …), or None."""
    if not _DIGIT.search(text):  # most answers have none, and nothing that is looked for is without
        return None
    plain = _plain(text)
    if _SAID_NHS.search(plain) or any(_is_nhs_number(plain, found) for found in _NHS.finditer(plain)):
        return "an NHS number"
    if _UPN.search(plain) or _SAID_UPN.search(plain):
        return "a unique pupil number"
    if _BIRTH.search(plain) or _SHORT.search(plain) or any(_of_one(plain, found) for found in _BORN.finditer(plain)):
        return "a date of birth"
    return "a child's name and age" if _NAME_AND_AGE.search(plain) else None


def refusal(text: str | None) -> str | None:
    """Return what a person reads whose text seems to hold one child's data, or None."""
    held = child_data_in(text or "")
    return held and f"Remove what looks like {held}. Never put a child's details into this service."


def _plain(text: str) -> str:
    """Return the text with one form for what looks alike: wide digits, spaces and dashes, without what nobody sees."""
    seen = text if text.isascii() else "".join(each for each in text if unicodedata.category(each) != "Cf")
    return re.sub(r"[^\S\n]+", " ", unicodedata.normalize("NFKC", seen).translate(_DASHES))


def _of_one(plain: str, found: re.Match[str]) -> bool:
    return not _MANY.search(plain, max(0, found.start() - 60), found.start())


def _is_nhs_number(plain: str, found: re.Match[str]) -> bool:
    """Return whether the check digit is right, and what is before does not say that it is another number.

    Ten digits in a row in a web address are most often a document's number, of which one in eleven has the check digit.
    """
    digits = re.sub(r"\D", "", found.group(1))
    if digits == found.group(1) and _ADDRESS.search(plain, 0, found.start()):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    if (11 - total % 11) % 11 != int(digits[9]) or len(set(digits)) == 1:
        return False
    return not _OTHER_NUMBER.search(plain, max(0, found.start() - 40), found.start())
