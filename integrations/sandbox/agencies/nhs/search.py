"""Searching the directory: its parameters, and an error for every other one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from urllib.parse import parse_qsl

from integrations.sandbox.agencies.nhs.directory import Affiliation, Body
from integrations.sandbox.agencies.nhs.outcomes import hapi

Pairs = list[tuple[str, str]]
_COMMON = ("_count", "_format", "_id", "_offset", "_summary")
_BODY_ONLY = ("active", "activeRoleCode", "identifier", "lastChangeDate", "name", "roleCode")
_AFFILIATION_ONLY = ("_include", "active", "participating-organization", "primary-organization")


def pairs_of(query: str, *, resource: str) -> Pairs:
    """The parameters in order. Raises HAPI-0524 for one that the server does not know."""
    known = sorted((*_COMMON, *(_BODY_ONLY if resource == "Organization" else _AFFILIATION_ONLY)))
    pairs = parse_qsl(query, keep_blank_values=True)
    for name, _ in pairs:
        if name.partition(":")[0] not in known:
            raise hapi(
                400,
                f'HAPI-0524: Unknown search parameter "{name}" for resource type "{resource}". '
                f"Valid search parameters for this search are: [{', '.join(known)}]",
            )
    return pairs


def page_of(pairs: Pairs) -> tuple[int, int]:
    """How many are asked for, and from where on."""
    told = dict(pairs)
    return int(told.get("_count", 20)), int(told.get("_offset", 0))


def bodies(found: list[Body], pairs: Pairs) -> list[Body]:
    """The organisations that fit every parameter: a comma is "or", the same parameter again is "and"."""
    for name, value in pairs:
        if fits := _BODY_TESTS.get(name):
            found = [body for body in found if fits(body, value)]
    return sorted(found, key=lambda body: body.code)


def affiliations(found: list[Affiliation], pairs: Pairs) -> list[Affiliation]:
    """The affiliations that fit every parameter."""
    for name, value in pairs:
        codes = {part.removeprefix("Organization/") for part in value.split(",")}
        if name == "primary-organization":
            found = [row for row in found if row.source in codes]
        elif name == "participating-organization":
            found = [row for row in found if row.target in codes]
        elif name == "active":
            found = [row for row in found if (row.end is None) == (value == "true")]
    return sorted(found, key=lambda row: row.id)


def _changed(body: Body, value: str) -> bool:
    compare, day = (value[:2], value[2:]) if value[:2] in {"gt", "lt", "ge", "le"} else ("", value)
    try:
        when = date.fromisoformat(day)
    except ValueError as error:
        raise hapi(400, f'HAPI-1940: Invalid date/time format: "{day}"') from error
    orders = {"gt": body.last_change > when, "lt": body.last_change < when}
    orders |= {"ge": body.last_change >= when, "le": body.last_change <= when}
    return orders.get(compare, body.last_change == when)


def _has_role(body: Body, value: str) -> bool:
    return not {role.code for role in body.roles}.isdisjoint(value.split(","))


def _has_active_role(body: Body, value: str) -> bool:
    return not {role.code for role in body.roles if role.active}.isdisjoint(value.split(","))


def _has_code(body: Body, value: str) -> bool:
    return body.code in {part.rpartition("|")[2] for part in value.split(",")}


_BODY_TESTS: dict[str, Callable[[Body, str], bool]] = {
    "_id": _has_code,
    "identifier": _has_code,
    "active": lambda body, value: body.active == (value == "true"),
    "activeRoleCode": _has_active_role,
    "roleCode": _has_role,
    "roleCode:not": lambda body, value: not _has_role(body, value),
    "lastChangeDate": _changed,
    "name": lambda body, value: body.name.lower().startswith(value.lower()),
    "name:contains": lambda body, value: value.lower() in body.name.lower(),
    "name:exact": lambda body, value: body.name == value,
}
