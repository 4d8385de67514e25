"""Invented schools and their staff, made from a number when asked for: nothing is kept, whatever the size."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

FIRST_URN = 900_001
BASE = datetime(2026, 9, 1, 6, 0, tzinfo=UTC)
_GIVEN = (
    "Ada",
    "Bram",
    "Carys",
    "Dilwyn",
    "Edda",
    "Farah",
    "Gwil",
    "Hesper",
    "Ivor",
    "Jory",
    "Kezia",
    "Lowri",
    "Merryn",
)
_FAMILY = (
    "Abernook", "Brindlecombe", "Cawthistle", "Dunmarrow", "Elverstone", "Farrowgate", "Garthmoor", "Hollinshade",
    "Inglebrook", "Jesmarsh", "Kelderwick", "Larkhollow", "Mossgrave", "Nettlebed", "O’Tarn", "Pennyquick", "Quarrèl",
)  # fmt: skip
_PLACES = ("Alderbrook", "Birchcombe", "Cragthwaite", "Dunmere", "Elmshaw", "Foxley", "Garthwick", "Hollin")
_KINDS = ("Primary School", "Academy", "High School", "Junior School", "Infant School")


@dataclass(frozen=True, kw_only=True, slots=True)
class Name:
    """An invented person's name and address."""

    given: str
    family: str
    email: str


def person(number: int, *, seed: int, at: int) -> Name:
    """The person with a number; `at` is their school's URN."""
    mixed = number * 7 + seed * 31
    given, family = _GIVEN[mixed % len(_GIVEN)], _FAMILY[mixed // len(_GIVEN) % len(_FAMILY)]
    return Name(given=given, family=family, email=f"staff.{number}@school-{at}.example.org")


def school_name(number: int, *, seed: int) -> str:
    """The name of the school with a number."""
    mixed = number + seed * 17
    place, kind = _PLACES[mixed % len(_PLACES)], _KINDS[mixed // len(_PLACES) % len(_KINDS)]
    return f"{place} {kind} {mixed // (len(_PLACES) * len(_KINDS)) + 1}"


def last_changed(number: int) -> datetime:
    """When the thing with a number was last changed: some minute of September 2026; equal ones are common."""
    return BASE + timedelta(minutes=number * 7919 % 41_760 // 30 * 30)


def stamp(when: datetime) -> str:
    """An instant as ISO 8601 in UTC with milliseconds."""
    return when.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
