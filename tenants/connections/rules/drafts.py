"""What someone enters about a connection, and everything that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tenants.connections.rules.systems import MAY_CHANGE, SYSTEMS, Option, System, spoken
from tenants.tenancy.checks import tidy
from tenants.tenancy.errors import Invalid, Problem

#: how often a connection may run by itself, in minutes; None: only when asked
SCHEDULES: dict[int | None, str] = {
    60: "Every hour",
    6 * 60: "Every 6 hours",
    24 * 60: "Every day",
    7 * 24 * 60: "Every week",
    None: "Only when someone asks",
}
STALE_HOURS = range(1, 8761)
LONGEST_VALUE = 2000
MOST_LINES = 200


def usual_stale_hours(every_minutes: int | None) -> int:
    """Return after how many hours without success an area is told unless it says otherwise: three days after a run was
    due, or after the last good one of a connection that runs daily or by hand."""
    return 72 if every_minutes is None or every_minutes <= 24 * 60 else every_minutes // 60 + 72


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """What a connection is to be. `options` are as entered: text by key, mappings as lines of `theirs = ours`."""

    system: str
    name: str
    base_url: str
    auth_mode: str
    options: Mapping[str, str] = field(default_factory=dict)
    every_minutes: int | None = 24 * 60
    may_change: tuple[str, ...] = ()
    stale_after_hours: int = 72


def draft_problems(draft: Draft, *, national: bool) -> Iterator[Problem]:
    """Yield everything that is wrong with the draft."""
    system = SYSTEMS.get(draft.system)
    if system is None or system.national is not national:
        yield Invalid("Select which system to link.", field="system")
        return
    if not 2 <= len(tidy(draft.name)) <= 120:
        yield Invalid("Enter a name for this connection, of 2 to 120 characters.", field="name")
    if not re.match(r"^https?://[^\s/@]+(/\S*)?$", draft.base_url.strip()) or len(draft.base_url) > 500:
        yield Invalid("Enter the address of the system, starting with https://.", field="baseUrl")
    if draft.auth_mode not in system.auth_modes:
        yield Invalid("Select how the system knows who we are.", field="authMode")
    if draft.every_minutes not in SCHEDULES:
        yield Invalid("Select how often it runs.", field="everyMinutes")
    if draft.stale_after_hours not in STALE_HOURS:
        yield Invalid("Enter the hours after which you want to be told, between 1 and 8760.", field="staleAfterHours")
    elif draft.every_minutes and draft.stale_after_hours * 60 <= draft.every_minutes:
        between = draft.every_minutes // 60
        yield Invalid(f"It runs every {between} hours only. Enter more hours than that, or let it run more often.",
                      field="staleAfterHours")  # fmt: skip
    if not set(draft.may_change) <= set(system.may_change):
        yield Invalid("Select only what this system can change.", field="mayChange")
    yield from option_problems(draft.options, system=system)


def option_problems(options: Mapping[str, str], *, system: System) -> Iterator[Problem]:
    """Yield what is wrong with the options of a system."""
    for key in set(options) - {one.key for one in system.options}:
        yield Invalid(f"{system.label} has no setting named {key[:60]}.", field="options")
    for one in system.options:
        value = options.get(one.key, "").strip()
        if wrong := _wrong(one, value):
            yield Invalid(wrong, field=f"option.{one.key}")


def _wrong(option: Option, value: str) -> str | None:
    if not value:
        return f"Enter {spoken(option.label)}." if option.required else None
    if len(value) > (LONGEST_VALUE * 5 if option.kind in ("mapping", "lines") else LONGEST_VALUE):
        return f"{option.label} is too long."
    if option.kind == "url" and not re.match(r"^https?://[^\s/@]+(/\S*)?$", value):
        return f"{option.label} must be an address that starts with https://."
    if option.kind == "whole" and not value.isdecimal():
        return f"{option.label} must be a whole number."
    if option.kind == "yes_no" and value not in ("yes", "no"):
        return f"Select yes or no for {spoken(option.label)}."
    return _mapping_wrong(option, value) if option.kind == "mapping" else None


def _mapping_wrong(option: Option, value: str) -> str | None:
    ours = option.ours
    lines = [line for line in value.splitlines() if line.strip()]
    if len(lines) > MOST_LINES:
        return f"Enter at most {MOST_LINES} lines."
    for line in lines:
        theirs, equals, right = (part.strip() for part in line.rpartition("="))
        if not theirs or not equals or not right or (ours and right not in ours):
            said = f"one of ours: {', '.join(ours)}" if ours else "one of ours"
            return f"“{line.strip()[:60]}” is not one of their words, an equals sign and {said}."
        if option.line and not re.fullmatch(option.line, line.strip(), re.ASCII):
            return f"“{line.strip()[:60]}” cannot be used. {option.hint}"
    return None


def as_kept(options: Mapping[str, str], *, system: System) -> dict[str, Any]:
    """Return the options as they are kept: mappings as objects, lines as lists, numbers and answers as such."""
    kept: dict[str, Any] = {}
    for one in system.options:
        value = options.get(one.key, "").strip()
        if value:
            kept[one.key] = _kept(one, value)
    return kept


def _kept(option: Option, value: str) -> Any:
    lines = [line.strip() for line in value.splitlines() if line.strip()]
    match option.kind:
        case "mapping":
            pairs = [line.rpartition("=") for line in lines]
            return {theirs.strip(): ours.strip() for theirs, _, ours in pairs}
        case "lines":
            return lines
        case "whole":
            return int(value)
        case "yes_no":
            return value == "yes"
    return value


def as_entered(kept: Mapping[str, Any], *, system: System) -> dict[str, str]:
    """Return kept options as someone enters them."""
    return {one.key: _entered(kept[one.key]) for one in system.options if one.key in kept}


def _entered(value: Any) -> str:
    if isinstance(value, dict):
        return "\n".join(f"{theirs} = {ours}" for theirs, ours in value.items())
    if isinstance(value, list):
        return "\n".join(str(one) for one in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def may_change_words(codes: tuple[str, ...]) -> str:
    """Return what a connection may change, in words."""
    return "; ".join(MAY_CHANGE[code] for code in MAY_CHANGE if code in codes) or "Nothing: it only reads"
