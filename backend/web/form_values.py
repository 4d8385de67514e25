"""Pure readers of single typed-in values. Each returns the value or raises BadValue with a sentence."""

from __future__ import annotations

import re
import unicodedata
from calendar import month_name
from collections.abc import Mapping
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
FULL_MONTHS = tuple(month_name)[1:]
POUNDS = re.compile(r"(-)?£?(\d{1,3}(?:,\d{3})+|\d{1,13})(?:\.(\d{1,2}))?", re.ASCII)


class BadValue(ValueError):
    """The value is wrong; the text is the message for the person who typed it."""


def parse_text(raw: str, label: str, max_length: int, lines: bool) -> str:
    """Returns trimmed text in composed form; line breaks only where `lines`, never control characters."""
    text = unicodedata.normalize("NFC", raw.replace("\r\n", "\n").strip())
    allowed = "\n\t" if lines else "\t"
    if any(unicodedata.category(char) in ("Cc", "Cs") and char not in allowed for char in text):
        raise BadValue(f"{_start(label)} must not contain line breaks or invisible characters")
    if len(text) > max_length:
        raise BadValue(f"{_start(label)} must be {max_length:,} characters or fewer")
    return text


def parse_whole(raw: str, label: str, minimum: int, maximum: int) -> int:
    """Returns a whole number written with or without thousands commas."""
    text = raw.strip().replace(",", "")
    if not re.fullmatch(r"-?\d{1,15}", text, re.ASCII):
        raise BadValue(f"{_start(label)} must be a whole number, like 1,250")
    return _bounded(int(text), label, minimum, maximum, f"{minimum:,}", f"{maximum:,}")


def parse_pence(raw: str, label: str, minimum: int, maximum: int) -> int:
    """Returns pence from pounds such as 1250, £1,250 or 1,250.50; whole-number arithmetic only."""
    match = POUNDS.fullmatch(raw.replace(" ", "").strip())
    if match is None:
        raise BadValue(f"{_start(label)} must be an amount in pounds, like 1,250 or 1,250.50")
    pence = int(match[2].replace(",", "")) * 100 + int((match[3] or "0").ljust(2, "0"))
    return _bounded(-pence if match[1] else pence, label, minimum, maximum, _pounds(minimum), _pounds(maximum))


def parse_date(parts: Mapping[str, str], label: str) -> date:
    """Returns the date of `day`, `month` (a number or a name) and a four-figure `year`."""
    missing = [part for part in ("day", "month", "year") if not parts[part]]
    if missing:
        raise BadValue(f"{_start(label)} must include a {' and a '.join(missing)}")
    if not re.fullmatch(r"\d{4}", parts["year"], re.ASCII):
        raise BadValue(f"{_start(label)} must have a year of four figures, like 2026")
    try:
        return date(int(parts["year"]), _month(parts["month"]), _day(parts["day"]))
    except ValueError:
        raise BadValue(f"{_start(label)} must be a real date, like 27 3 2026") from None


def _day(text: str) -> int:
    if not re.fullmatch(r"\d{1,2}", text, re.ASCII):
        raise ValueError(text)
    return int(text)


def _month(text: str) -> int:
    word = text.lower().rstrip(".")
    if word.capitalize() in FULL_MONTHS:
        return FULL_MONTHS.index(word.capitalize()) + 1
    if word in MONTHS:
        return MONTHS.index(word) + 1
    return _day(text)


def _bounded(value: int, label: str, minimum: int, maximum: int, least: str, most: str) -> int:
    if value < minimum:
        raise BadValue(f"{_start(label)} must be {least} or more")
    if value > maximum:
        raise BadValue(f"{_start(label)} must be {most} or less")
    return value


def _pounds(pence: int) -> str:
    return f"{'-' if pence < 0 else ''}£{abs(pence) // 100:,}.{abs(pence) % 100:02d}"


def _start(label: str) -> str:
    return label[:1].upper() + label[1:]
