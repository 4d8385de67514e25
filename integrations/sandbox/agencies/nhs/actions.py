"""What a test or the demo can make happen at the NHS: publish a change, turn the clock, forget a key set."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from integrations.sandbox.agencies.nhs.data import invented_directory
from integrations.sandbox.agencies.nhs.directory import Body, Role
from integrations.sandbox.agencies.nhs.state import Application, Nhs

Told = Mapping[str, Any]


def register(nhs: Nhs, told: Told) -> Told:
    """An application is registered: `api_key`, `jwks_url`, `products`."""
    plain = Application(api_key=told["api_key"], jwks_url=told.get("jwks_url"))
    nhs.register(replace(plain, products=tuple(told["products"])) if "products" in told else plain)
    return {"applications": len(nhs.applications)}


def invent(nhs: Nhs, told: Told) -> Told:
    """Another directory: `boards`, `trusts_per_board`, `places_per_board`, and the letters of its codes."""
    nhs.directory = invented_directory(
        boards=int(told["boards"]),
        trusts_per_board=int(told.get("trusts_per_board", 0)),
        places_per_board=int(told.get("places_per_board", 0)),
        prefix=str(told["prefix"]),
    )
    return {"codes": sorted(nhs.directory.bodies)}


def add(nhs: Nhs, told: Told) -> Told:
    """A body is entered: `code`, `name`, `role`, `on`."""
    on = date.fromisoformat(told["on"])
    role = Role(code=told.get("role", "RO318"), start=on)
    nhs.directory.put(Body(code=told["code"], name=told["name"], roles=(role,), last_change=on, opened=on))
    return {}


def rename(nhs: Nhs, told: Told) -> Told:
    """A body gets a new name: `code`, `name`, `on`."""
    nhs.directory.rename(told["code"], name=told["name"], on=date.fromisoformat(told["on"]))
    return {}


def close(nhs: Nhs, told: Told) -> Told:
    """A body is closed: `code`, `on`, `successors`."""
    successors = tuple(told.get("successors", ()))
    nhs.directory.close(told["code"], on=date.fromisoformat(told["on"]), successors=successors)
    return {}


def delete(nhs: Nhs, told: Told) -> Told:
    """A body is taken out: `code`, `on`."""
    nhs.directory.delete(told["code"], on=date.fromisoformat(told["on"]))
    return {}


def lie(nhs: Nhs, told: Told) -> Told:
    """A body lies in the geography of another board: `code`, `board`, `on`; `dated` false: its own change day stays."""
    dated = told.get("dated", True) is not False
    nhs.directory.lie(told["code"], board=told["board"], on=date.fromisoformat(told["on"]), dated=dated)
    return {}


def part(nhs: Nhs, told: Told) -> Told:
    """The affiliations of a body are taken out: `code`, `on`."""
    nhs.directory.part(told["code"], on=date.fromisoformat(told["on"]))
    return {}


def turn_clock(nhs: Nhs, told: Told) -> Told:
    """The platform's clock runs ahead by `seconds`."""
    nhs.skew_seconds = float(told["seconds"])
    return {}


def forget_key_sets(nhs: Nhs, told: Told) -> Told:  # noqa: ARG001
    """The hour is over: the key sets are fetched again when they are next needed."""
    nhs.key_sets.clear()
    return {}


def end_tokens(nhs: Nhs, told: Told) -> Told:  # noqa: ARG001
    """Every access token stops being good."""
    nhs.tokens.clear()
    return {}


def set_limits(nhs: Nhs, told: Told) -> Told:
    """`quota_per_minute` and `most_bytes` of an answer."""
    nhs.quota_per_minute = int(told.get("quota_per_minute", nhs.quota_per_minute))
    nhs.most_bytes = int(told.get("most_bytes", nhs.most_bytes))
    return {}


ACTIONS: Mapping[str, Callable[[Nhs, Told], Told]] = {
    "add": add,
    "close": close,
    "delete": delete,
    "end_tokens": end_tokens,
    "invent": invent,
    "forget_key_sets": forget_key_sets,
    "lie": lie,
    "part": part,
    "register": register,
    "rename": rename,
    "set_limits": set_limits,
    "turn_clock": turn_clock,
}
