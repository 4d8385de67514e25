"""Checks of input that every capability makes: text that is there and fits, versions that have not moved on."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from tenants.tenancy.child_data import refusal
from tenants.tenancy.errors import Conflict, Invalid

FREE_TEXT = 1000  #: characters: what may be as long as this is somebody's own words, and looked at for a child's data
EARLIEST, LATEST = date(1948, 1, 1), date(2100, 12, 31)  #: days outside these are slips of a finger

_EMAIL = re.compile(r"^[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+$")
_TELEPHONE = re.compile(r"^\+?[0-9 ()-]{5,}( ?(x|ext\.?) ?[0-9]+)?$", re.ASCII)
# characters that cannot be stored, or that make a text read as another: control, direction, half a surrogate pair
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def tidy(value: str | None) -> str:
    """Return the value without characters that have no place in a text, and without surrounding space."""
    text = value or ""
    return (text if text.isprintable() else _CONTROL.sub("", text)).strip()  # nothing printable is among those


def text(value: str | None, *, name: str, field: str, most: int = 200, least: int = 1) -> str:
    """Return the value without surrounding space; raises `Invalid` when it is missing or does not fit.

    `name` completes the sentence "Enter …": `the name of the board`. Words of a person's own hold no child's data.
    """
    cleaned = tidy(value)
    if len(cleaned) < least:
        raise Invalid(f"Enter {name}.", field=field)
    if len(cleaned) > most:
        raise Invalid(f"{name[0].upper()}{name[1:]} must be {most} characters or fewer.", field=field)
    if most >= FREE_TEXT:
        no_child_data(cleaned, field=field)
    return cleaned


def no_child_data(value: str | None, *, field: str) -> None:
    """Raise `Invalid` when the text seems to hold one child's data."""
    if refused := refusal(value):
        raise Invalid(refused, field=field)


def optional_text(value: str | None, *, name: str, field: str, most: int = 200) -> str | None:
    """Return the cleaned value, or None when it is empty; raises `Invalid` when it does not fit."""
    return text(value, name=name, field=field, most=most) if tidy(value) else None


def email(value: str | None, *, field: str = "email") -> str:
    """Return the email address in lower case; raises `Invalid` when it does not look like one."""
    cleaned = text(value, name="an email address", field=field, most=254).lower()
    if not is_email(cleaned):
        raise Invalid("Enter an email address in the correct format, like name@example.com.", field=field)
    return cleaned


def is_email(value: str) -> bool:
    """Return whether the value looks like one email address."""
    return len(value) <= 254 and _EMAIL.match(value) is not None


def link(value: str | None, *, field: str = "url", name: str = "the link") -> str | None:
    """Return a web address, or None when empty; raises `Invalid` for anything but http or https."""
    cleaned = optional_text(value, name=name, field=field, most=500)
    if cleaned is not None and not re.match(r"^https?://[^\s/]+\S*$", cleaned):
        raise Invalid("Enter a web address that starts with https://.", field=field)
    return cleaned


def choice(value: str | None, *, of: Any, field: str, name: str) -> str:
    """Return the value when it is one of `of`; raises `Invalid` with "Select …" otherwise."""
    if value is None or value not in of:
        raise Invalid(f"Select {name}.", field=field)
    return value


def reason(value: str | None, *, field: str = "reason", name: str = "a reason") -> str:
    """Return a reason of at most 1,000 characters; raises `Invalid` when there is none."""
    return text(value, name=name, field=field, most=1000, least=3)


def version(*, expected: int, found: int, what: str) -> None:
    """Raise `Conflict` when the thing has moved on since the person read it."""
    if expected != found:
        raise Conflict(what, version=found)


def optional_email(value: str | None, *, field: str = "email") -> str | None:
    """Return the email address in lower case, or None when empty; raises `Invalid` as `email` does."""
    return email(value, field=field) if (value or "").strip() else None


def telephone(value: str | None, *, field: str = "telephone") -> str | None:
    """Return a telephone number as typed, or None when empty; raises `Invalid` when it does not look like one."""
    cleaned = optional_text(value, name="the telephone number", field=field, most=40)
    if cleaned is not None and not _TELEPHONE.match(cleaned):
        raise Invalid("Enter a telephone number, like 01632 960 001.", field=field)
    return cleaned


def day(value: date, *, name: str, field: str) -> date:
    """Return the day; raises `Invalid` for one before 1948 or after 2100."""
    if not EARLIEST <= value <= LATEST:
        raise Invalid(f"{name[0].upper()}{name[1:]} must be between 1948 and 2100.", field=field)
    return value


def period(first: date, last: date | None, *, fields: tuple[str, str] = ("validFrom", "validTo")) -> None:
    """Check a period of whole days, both ends included; raises `Invalid` when it ends before it begins."""
    day(first, name="the first day", field=fields[0])
    if last is not None and day(last, name="the last day", field=fields[1]) < first:
        raise Invalid("The last day must be the same as or after the first day.", field=fields[1])
