"""The connector of schools' systems through Wonde."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from integrations.agency import Agency
from integrations.connector import Connector, Link
from integrations.school_people import posts
from integrations.school_people.applying import TOGETHER, apply
from integrations.school_people.model import Item
from integrations.schools_wonde import client
from integrations.schools_wonde.oauth import authorise
from integrations.schools_wonde.place import start
from integrations.schools_wonde.reading import fetch

_NUMBERS = {"page_size": range(10, 201), "full_every_days": range(1, 32)}


def check_options(options: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with the options, in sentences."""
    unknown = sorted(set(options) - {posts.OPTION, *_NUMBERS})
    wrong = [f"There is no option named {name}." for name in unknown]
    for name, allowed in _NUMBERS.items():
        value = options.get(name, allowed.start)
        if not isinstance(value, int) or value not in allowed:
            wrong.append(f"{name} is a whole number from {allowed.start} to {allowed.stop - 1}.")
    return [*wrong, *posts.problems(options)]


async def probe(_link: Link, agency: Agency) -> str:
    """Say whether any school has approved the link."""
    found = await client.listing(agency, "schools", params={"cursor": "true", "per_page": "1"})
    return "Wonde answers, and lists schools." if found.rows else "Wonde answers, but no school has approved the link."


CONNECTOR: Connector[Item] = Connector(
    system="schools_wonde",
    label="School information systems through Wonde",
    national=False,
    auth_modes=("bearer_token",),
    authorise=authorise,
    start=start,
    fetch=fetch,
    apply=apply,
    probe=probe,
    check_options=check_options,
    together=TOGETHER,
)
