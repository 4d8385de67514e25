"""The rows of one server, each made from its number: schools, staff by kind, and pupils, whom nobody should read.

Every school has a lead and a head; further staff are deputies, until the wanted number is reached. Ids sort by kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from integrations.sandbox.agencies.invented import last_changed, person, school_name, stamp

LEAD, DEPUTY = "ext:designatedSafeguardingLead", "ext:deputyDesignatedSafeguardingLead"
KINDS = ("dep", "dsl", "head", "staff", "stu")  # sorted: a listing by id has them in this order
ROLES = {
    "dep": ("teacher", DEPUTY),
    "dsl": ("teacher", LEAD),
    "head": ("principal",),
    "staff": ("teacher",),
    "stu": ("student",),
}
Row = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Server:
    """One server: which schools of the nation it holds, and how many people. `number` is its place among all."""

    name: str
    number: int
    seed: int
    url: str
    first_school: int
    schools: int
    staff: int
    others: int
    pupils: int
    first_urn: int
    listed: tuple[tuple[int, str], ...] = ()  #: URN and name of each school, where somebody's nation has them

    def count(self, kind: str) -> int:
        """How many people of a kind there are."""
        named = {"dsl": self.schools, "head": self.schools, "dep": max(self.staff - 2 * self.schools, 0)}
        return named.get(kind, self.schools * (self.pupils if kind == "stu" else self.others))

    def urn(self, place: int) -> int:
        """The URN of the school at a place of this server."""
        return self.listed[place][0] if self.listed else self.first_urn + self.first_school + place

    def name_of(self, place: int) -> str:
        """The name of the school at a place of this server."""
        return self.listed[place][1] if self.listed else school_name(self.first_school + place, seed=self.seed)


def org(server: Server, place: int, *, urn_in: str) -> Row:
    """The school at a place of a server."""
    number, urn = server.first_school + place, server.urn(place)
    where: Row = {"identifier": str(urn)} if urn_in == "identifier" else {"metadata": {"urn": str(urn)}}
    return {
        "sourcedId": f"s-{urn}",
        "status": "active",
        "dateLastModified": stamp(last_changed(number)),
        "name": server.name_of(place),
        "type": "school",
        **where,
        "parent": {"href": f"{server.url}/orgs/d-{server.number}", "sourcedId": f"d-{server.number}", "type": "org"},
    }


def district(server: Server) -> Row:
    """The organisation above the schools of a server."""
    changed = stamp(last_changed(server.number))
    return {
        "sourcedId": f"d-{server.number}",
        "status": "active",
        "dateLastModified": changed,
        "name": f"District {server.number + 1}",
        "type": "district",
        "identifier": f"D{server.number + 1:03d}",
    }


def user(server: Server, kind: str, nth: int) -> Row:
    """The nth person of a kind. Every tenth deputy serves at the next school too."""
    places = [nth % server.schools]
    if kind == "dep" and nth % 10 == 9 and server.schools > 1:
        places.append((nth + 1) % server.schools)
    number = (server.first_school * 10 + nth) * len(KINDS) + KINDS.index(kind)
    name = person(number, seed=server.seed, at=server.urn(places[0]))
    return {
        "sourcedId": f"{kind}-{server.number}-{nth:06d}",
        "status": "active",
        "dateLastModified": stamp(last_changed(number)),
        "enabledUser": "true",
        "givenName": name.given,
        "familyName": name.family,
        "email": name.email,
        "identifier": f"E{number}",
        "roles": [role for place in places for role in _roles(server, ROLES[kind], f"s-{server.urn(place)}")],
    }


def _roles(server: Server, roles: Sequence[str], school: str) -> list[Row]:
    at = {"href": f"{server.url}/orgs/{school}", "sourcedId": school, "type": "org"}
    return [
        {"roleType": "secondary" if place else "primary", "role": role, "org": at, "beginDate": "2025-09-01"}
        for place, role in enumerate(roles)
    ]
