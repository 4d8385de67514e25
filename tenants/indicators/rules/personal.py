"""What gives away that a file is about a child: identifiers and headers that no aggregate has. Pure.

NHS number: ten digits, the last a check by modulus 11 (NHS Data Dictionary). UPN: a check letter, twelve digits or
eleven and a letter, the check by modulus 23 (DfE, Unique pupil numbers: a guide). What was found is named by kind and
place only; the value itself goes nowhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Found(StrEnum):
    """What a cell, a header or a row looks like."""

    NHS_NUMBER = "nhs_number"
    UPN = "upn"
    NAME_AND_DATE = "name_and_date"
    POSTCODE_AND_DATE = "postcode_and_date"
    HEADER = "header"


WORDS = {
    Found.NHS_NUMBER: "this looks like an NHS number",
    Found.UPN: "this looks like a unique pupil number",
    Found.NAME_AND_DATE: "this looks like a person’s name beside a date, such as a date of birth",
    Found.POSTCODE_AND_DATE: "this looks like a postcode beside a date, such as a date of birth",
    Found.HEADER: "this column is about a person",
}

_NHS = re.compile(
    r"(?<!\d)(?:0+[\s.,'_/-]{0,3})?"
    r"(\d{3}[\s.,'_/-]{0,3}\d{3}[\s.,'_/-]{0,3}\d{4}|\d{4}[\s.-]\d{6}|\d{5}[\s.-]\d{5}|\d{6}[\s.-]\d{4})(?!\d)",
    re.ASCII,
)
_UPN = re.compile(r"(?<![A-Z0-9])[A-HJ-NP-RT-Z]\d{11}[0-9A-HJ-NP-RT-Z](?![A-Z0-9])", re.ASCII)
_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_POSTCODE = re.compile(r"(?<![A-Z0-9])[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}(?![A-Z0-9])", re.ASCII)
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DATE = re.compile(
    r"(?<!\d)(\d{1,2}[./-]\d{1,2}[./-](\d{4}|\d{2})|\d{4}[./-]\d{1,2}[./-]\d{1,2}"
    rf"|\d{{1,2}}(st|nd|rd|th)?[\s-]+({_MONTHS})[a-z]*[\s,-]+(\d{{4}}|\d{{2}})"
    rf"|({_MONTHS})[a-z]*[\s-]+\d{{1,2}}(st|nd|rd|th)?[\s,]+\d{{4}}"
    r"|(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])|(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])(19|20)\d\d)(?!\d)",
    re.IGNORECASE | re.ASCII,
)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-") | dict.fromkeys("‘’‛ʼ`´", "'"))
_SERIAL = re.compile(r"(2[5-9]|3\d|4[0-7])\d{3}(\.0+)?", re.ASCII)  #: days as Excel counts them, of 1968 to 2030
_ONE_NAME = re.compile(r"[^\W\d_][^\W\d_'’-]+")
_NAME = re.compile(r"^[^\W\d_][^\W\d_'’.-]*([\s,'’.-]+[^\W\d_][^\W\d_]*)+[.]?$")
_COUNCIL = re.compile(r"\b(council|borough of|city of|county of|unitary|metropolitan)\b", re.IGNORECASE)
_MONTH_BEGINS = re.compile(r"\d{4}[-/.]0?1?\d([-/.]0?1)?|0?1[-/.]\d{1,2}[-/.]\d{4}", re.ASCII)  #: a period's start
_HEADER = re.compile(
    r"nhs\s?(no|num|id)|\bn\s?h\s?s\b|\bu\s?p\s?n\b|\bd\s?o\s?b\b|pupil|\bchild\b|child\s?(id|name|ref|no\b|num)"
    r"|forename|surname|first\s?name|last\s?name|family\s?name|given\s?name|full\s?name|\bname\b|birth|\bage\b|gender|\bsex\b|ethnic|postcode"
    r"|post\s?code|address|\bstreet\b|telephone|phone|email|parent|mother|father|sibling|\bcase\b|\bcrime\s?(no|ref|num)"
    r"|\bborn\b|\bb\s?day\b|\bb\s?date\b|\byob\b|\bdob\s?\d+\b|\bd\s?of\s?b\b|\bpolice\s?ref|passport|national\s?insurance|\bnino\b|social\s?care\s?id|\blac\b|unique\s?(pupil|learner)|\buln\b"
)


def is_nhs_number(text: str) -> bool:
    """Return whether the ten digits of the text are an NHS number by its check digit."""
    digits = [int(letter) for letter in text if letter.isascii() and letter.isdigit()]
    if len(digits) != 10:
        return False
    check = 11 - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return check % 11 == digits[9] and check != 10


def is_upn(text: str) -> bool:
    """Return whether the thirteen characters are a unique pupil number by its check letter, permanent or temporary."""
    if not _UPN.fullmatch(text):
        return False
    values = [int(each) if each.isdigit() else _UPN_LETTERS.index(each) for each in text[1:]]
    total = sum(value * weight for value, weight in zip(values, range(2, 14), strict=True))
    return _UPN_LETTERS[total % 23] == text[0]


def in_header(text: str) -> bool:
    """Return whether a column's heading is one that only a record about a person has."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    return bool(_HEADER.search(re.sub(r"[\W_]+", " ", words).casefold().strip()))


def in_cell(text: str) -> Found | None:
    """Return what identifier the text holds, or None."""
    plain = re.sub(r"\.0+$", "", _plain(text).strip())
    if any(is_nhs_number(found.group(1)) for found in _NHS.finditer(plain)):
        return Found.NHS_NUMBER
    joined = re.sub(r"[\s.-]+", "", plain).upper()
    if is_upn(joined) or any(is_upn(found.group()) for found in _UPN.finditer(plain.upper())):
        return Found.UPN
    return None


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Where the template's own columns of a file are, from 0; None for one that the file does not have."""

    code: int | None = None
    authority: int | None = None
    start: int | None = None
    value: int | None = None


def in_row(
    cells: Sequence[str], *, expected: frozenset[str] = frozenset(), layout: Layout | None = None
) -> tuple[int, Found] | None:
    """Return the place of the first cell (from 0) that gives away a person, and what it looks like; None for none.

    `expected` are the lower-case words that the template's own columns hold, so no names. With a `layout` the row is
    one of a file: then names in small letters and dates as Excel counts days are looked for too; a period's start is
    no date of birth, and an indicator's title or a council's name no name beside it.
    """
    for place, cell in enumerate(cells):
        found = in_cell(cell)
        if found is not None:
            return place, found
    plain = [_plain(cell).lstrip("'\" ") for cell in cells]
    births = _birth_dates(plain, layout) if layout else any(_DATE.search(cell) for cell in plain)
    if not births and not any(_DATE.search(cell) for cell in plain):
        return None
    small = births and layout is not None
    for place, cell in enumerate(plain):
        if _POSTCODE.search(cell.upper()):
            return place, Found.POSTCODE_AND_DATE
        if layout is not None and not births and (place == layout.code or _is_council(cell, place, layout)):
            continue
        if cell.strip().casefold() not in expected and (
            _names(cell, small=small) or _in_two(plain[place : place + 2], expected, small=small)
        ):
            return place, Found.NAME_AND_DATE
    return None


def _is_council(cell: str, place: int, layout: Layout) -> bool:
    """Return whether an authority is named by what it is, where the template wants its digits: nobody is called so."""
    return place == layout.authority and bool(_COUNCIL.search(cell))


def _birth_dates(plain: Sequence[str], layout: Layout) -> bool:
    """Return whether a cell could hold a date of birth: a date, or a day's number, that is not the template's own."""
    for place, cell in enumerate(plain):
        if place == layout.start and _MONTH_BEGINS.fullmatch(cell.strip()):
            continue
        if _DATE.search(cell) or (place != layout.value and _SERIAL.fullmatch(cell.strip())):
            return True
    return False


def _plain(text: str) -> str:
    """Return the text with one form for what looks alike: wide digits, unbroken spaces, the many dashes and quotes.

    Characters that nobody sees are left out.
    """
    seen = "".join(each for each in text if unicodedata.category(each) != "Cf")
    return unicodedata.normalize("NFKC", seen).translate(_DASHES)


def _in_two(cells: Sequence[str], expected: frozenset[str], *, small: bool) -> bool:
    """Return whether two cells side by side could be a forename and a surname: a word each, with a capital first
    unless in small letters too.
    """
    words = [cell.strip() for cell in cells]
    return len(words) == 2 and all(
        _ONE_NAME.fullmatch(word) and (small or word[0].isupper()) and word.casefold() not in expected for word in words
    )


def _names(cell: str, *, small: bool) -> bool:
    """Return whether the text could be a name: two words or more with a capital first (unless in small letters too),
    or a surname and a comma.
    """
    without = re.sub(r"[()\[\]]", " ", _DATE.sub(" ", cell)).strip(" ,;")
    if not _NAME.match(without) or len(without) > 60:
        return False
    words = [word for word in re.split(r"[\s,'’.-]+", without) if word]
    return len(words) > 1 and (small or all(word[0].isupper() for word in words) or "," in without)
