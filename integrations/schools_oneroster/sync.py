"""The connector of schools' own systems over OneRoster 1.2."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from integrations.agency import Agency
from integrations.connector import Connector, Link
from integrations.school_people import posts
from integrations.school_people.applying import TOGETHER, apply
from integrations.school_people.model import Item
from integrations.schools_oneroster import client
from integrations.schools_oneroster.client import QueryRefused
from integrations.schools_oneroster.oauth import authorise
from integrations.schools_oneroster.place import ROLE_FIELDS, start, words
from integrations.schools_oneroster.reading import fetch

_OPTIONS = {
    "token_url", "client_id", "secret_in_form", posts.OPTION, "urn_field", "staff_only", "page_size", "full_every_days",
}  # fmt: skip
_NUMBERS = {"page_size": range(10, 1001), "full_every_days": range(1, 32)}


def check_options(options: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with the options, in sentences."""
    wrong = [f"There is no option named {name}." for name in sorted(set(options) - _OPTIONS)]
    address = urlsplit(str(options.get("token_url", "")))
    if address.scheme not in ("https", "http") or not address.hostname:
        wrong.append("Enter the address at which the supplier’s token service answers.")
    if not str(options.get("client_id", "")).strip():
        wrong.append("Enter the client id that the supplier gave you.")
    for name, allowed in _NUMBERS.items():
        value = options.get(name, allowed.start)
        if not isinstance(value, int) or value not in allowed:
            wrong.append(f"{name} is a whole number from {allowed.start} to {allowed.stop - 1}.")
    return [*wrong, *posts.problems(options)]


async def probe(link: Link, agency: Agency) -> str:
    """Say how many schools the server lists, and whether it can be asked for staff by role."""
    found = await client.listing(agency, "schools", envelope="orgs", params={"limit": "1", "offset": "0"})
    return f"The server lists {_count(found)}. {await _by_role(link, agency)}"


def _count(found: client.Listing) -> str:
    """A total smaller than what was sent is none."""
    if found.total is None or found.total < len(found.rows):
        return "schools" if found.rows else "no schools"
    return {0: "no schools", 1: "one school"}.get(found.total, f"{found.total} schools")


async def _by_role(link: Link, agency: Agency) -> str:
    for field in ROLE_FIELDS:
        asked = {"limit": "1", "offset": "0", "filter": f"{field}='{words(link)[0]}'"}
        try:
            await client.listing(agency, "users", envelope="users", params=asked)
        except QueryRefused:
            continue
        return "It can be asked for staff by their role."
    return "It cannot be asked for staff by role: its teachers are read, and those without a post of ours dropped."


CONNECTOR: Connector[Item] = Connector(
    system="schools_oneroster",
    label="School information system (OneRoster 1.2)",
    national=False,
    auth_modes=("client_secret",),
    authorise=authorise,
    start=start,
    fetch=fetch,
    apply=apply,
    probe=probe,
    check_options=check_options,
    together=TOGETHER,
)
