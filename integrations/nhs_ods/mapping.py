"""From the directory's resources to facts of our register. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tenants.organisations.directory.rules import Listed
from tenants.organisations.rules import Kind, Status

BOARD = "RO318"
TRUST = "RO197"
LOCATION = "RO319"
#: a role that is not the body's primary one decides: boards have the primary role of the partnerships before them, and
#: sub-ICB locations that of the commissioning groups. The first of these that a body holds says what it is.
KINDS = {
    BOARD: (Kind.INTEGRATED_CARE_BOARD, None),
    TRUST: (Kind.OTHER_BODY, "NHS trust"),
    LOCATION: (Kind.OTHER_BODY, "Sub-ICB location"),
}
_ROLE = "Extension-England-OrganisationRole"
_PERIOD = "Extension-England-TypedPeriod"
_MOMENT = "Extension-England-TypedDateTime"
_CODE = re.compile(r"[A-Z0-9]{2,10}")
_AS_WRITTEN = frozenset({"NHS", "ICB", "UK", "HM", "BSW", "CIC"})
_SMALL = frozenset({"and", "at", "by", "for", "in", "of", "on", "the", "to", "with"})


class Unusable(ValueError):
    """A resource that cannot be taken; the text says why and names no person."""


@dataclass(frozen=True, kw_only=True)
class Role:
    """A role of a body, and whether the body holds it now."""

    code: str
    active: bool


def listed_of(resource: Mapping[str, Any], *, successors: tuple[str, ...] = ()) -> Listed:
    """Return the facts of an `Organization`. Raises `Unusable`."""
    code = code_of(resource.get("id"))
    name = resource.get("name")
    if not isinstance(name, str) or not 2 <= len(name.strip()) <= 200:
        raise Unusable("It has no name, or one that is too long.")
    held = {role.code for role in roles_of(resource)}
    kind, label = next((KINDS[code] for code in KINDS if code in held), (None, None))
    if kind is None:
        raise Unusable("It is neither an integrated care board nor an NHS trust nor a sub-ICB location.")
    is_open = resource.get("active") is True
    opened, closed = _operational(resource)
    return Listed(
        code=code,
        kind=kind,
        name=readable(name),
        status=Status.OPEN if is_open else Status.CLOSED,
        opened_on=opened,
        closed_on=None if is_open else closed,
        successors=() if is_open else tuple(sorted(set(successors) - {code})),
        type_label=label,
    )


def code_of(code: object) -> str:
    """Return an ODS code as it is. Raises `Unusable`."""
    if not isinstance(code, str) or not _CODE.fullmatch(code):
        raise Unusable("Its code is not an ODS code.")
    return code


def deleted_code(entry: Mapping[str, Any]) -> str | None:
    """Return the code of an entry of the deletions list; None for what is not an organisation."""
    item = entry.get("item")
    reference = item.get("reference") if isinstance(item, dict) else None
    kind, _, code = str(reference).partition("/")
    return code if kind == "Organization" and _CODE.fullmatch(code) else None


def roles_of(resource: Mapping[str, Any]) -> list[Role]:
    """Return every role of a body, ended ones too."""
    found = []
    for extension in _extensions(resource, _ROLE):
        parts = {part.get("url"): part for part in list_of(extension.get("extension")) if isinstance(part, dict)}
        coding = list_of(object_of(parts.get("roleCode", {}).get("valueCodeableConcept")).get("coding"))
        code = object_of(coding[0]).get("code") if coding else None
        if isinstance(code, str):
            found.append(Role(code=code, active=parts.get("active", {}).get("valueBoolean") is True))
    return found


def changed_on(resource: Mapping[str, Any]) -> date | None:
    """Return the day on which the directory last changed the body; `meta.lastUpdated` is only when it was loaded."""
    for extension in _extensions(resource, _MOMENT):
        parts = {part.get("url"): part for part in list_of(extension.get("extension")) if isinstance(part, dict)}
        if object_of(parts.get("type", {}).get("valueCoding")).get("code") == "LastChangeDate":
            return day_of(parts.get("dateTime", {}).get("valueDateTime"))
    return None


def readable(name: str) -> str:
    """Return a name of capitals as people write it: `NHS ASHEN VALE INTEGRATED CARE BOARD` → `NHS Ashen Vale …`."""
    words = name.split()
    if name != name.upper():
        return " ".join(words)
    return " ".join(_word(word, first=number == 0) for number, word in enumerate(words))


def _word(word: str, *, first: bool) -> str:
    if word.strip("(),-") in _AS_WRITTEN or any(letter.isdecimal() for letter in word):
        return word
    if word.lower() in _SMALL and not first:
        return word.lower()
    return "-".join(_capital(part) for part in word.split("-"))


def _capital(part: str) -> str:
    start = 1 if part.startswith("(") else 0
    return part[:start] + part[start : start + 1].upper() + part[start + 1 :].lower()


def _operational(resource: Mapping[str, Any]) -> tuple[date | None, date | None]:
    """The days on which the body began and ended to work: its own period, not those of its roles."""
    for extension in _extensions(resource, _PERIOD):
        parts = {part.get("url"): part for part in list_of(extension.get("extension")) if isinstance(part, dict)}
        if object_of(parts.get("dateType", {}).get("valueCoding")).get("code") == "Operational":
            period = object_of(parts.get("period", {}).get("valuePeriod"))
            return day_of(period.get("start")), day_of(period.get("end"))
    return None, None


def _extensions(resource: Mapping[str, Any], ending: str) -> list[dict[str, Any]]:
    found = [each for each in list_of(resource.get("extension")) if isinstance(each, dict)]
    return [each for each in found if str(each.get("url", "")).endswith(ending)]


def day_of(value: object) -> date | None:
    """Return a FHIR date or the day of a moment; None for what is neither."""
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def list_of(value: object) -> list[Any]:
    """Return a list as it is, and an empty one for anything else."""
    return value if isinstance(value, list) else []


def object_of(value: object) -> dict[str, Any]:
    """Return an object as it is, and an empty one for anything else."""
    return value if isinstance(value, dict) else {}
