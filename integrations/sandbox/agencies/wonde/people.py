"""Wonde's rows, each made from its number: schools and employees. Shapes: docs.wonde.com; the roles' texts are ours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from integrations.sandbox.agencies.invented import last_changed, person, school_name

Row = dict[str, Any]
KINDS = ("lead", "head", "deputy", "other")
ROLES = {
    "lead": "Designated Safeguarding Lead",
    "head": "Headteacher",
    "deputy": "Deputy Designated Safeguarding Lead",
    "other": "Teacher",
}


@dataclass(frozen=True, kw_only=True)
class Nation:
    """All schools that one token opens."""

    seed: int
    schools: int
    staff: int
    others: int
    first_urn: int
    base_url: str
    listed: tuple[tuple[int, str], ...] = ()  #: URN and name of each school, where somebody's nation has them

    def urn(self, school: int) -> int:
        """The URN of a school."""
        return self.listed[school][0] if self.listed else self.first_urn + school

    def name_of(self, school: int) -> str:
        """The name of a school."""
        return self.listed[school][1] if self.listed else school_name(school, seed=self.seed)

    def deputies(self, school: int) -> int:
        """How many deputies a school has, so that all leads, heads and deputies are `staff`."""
        wanted = max(self.staff - 2 * self.schools, 0)
        return (school + 1) * wanted // self.schools - school * wanted // self.schools

    def employees(self, school: int) -> list[tuple[str, int]]:
        """The kind and number of each employee of a school."""
        counts = {"lead": 1, "head": 1, "deputy": self.deputies(school), "other": self.others}
        return [(kind, nth) for kind in KINDS for nth in range(counts[kind])]


def school_id(place: int) -> str:
    """Wonde's own id of a school."""
    return f"A{1_930_000_000 + place}"


def domain(place: int) -> str:
    """The region whose host has the data of a school."""
    return "ap" if place % 50 == 49 else "uk"


def school(nation: Nation, place: int) -> Row:
    """A school as `schools` lists it."""
    urn = nation.urn(place)
    region = {"code": "GBR", "domain": f"{nation.base_url}/{domain(place)}", "identifiers": {"urn": str(urn)}}
    return {
        "id": school_id(place),
        "name": nation.name_of(place),
        "establishment_number": str(2000 + place % 7000),
        "urn": urn,
        "la_code": "991",
        "timezone": "Europe/London",
        "mis": "Invented MIS",
        "region": region,
    }


def employee(nation: Nation, place: int, kind: str, nth: int) -> Row:
    """An employee with the objects that `include` can ask for, each under its name."""
    number = (place * 10 + nth) * len(KINDS) + KINDS.index(kind)
    name = person(number, seed=nation.seed, at=nation.urn(place))
    changed = wonde_date(last_changed(number))
    email = {"email": name.email, "primary": name.email, "work": name.email}
    return {
        "id": f"A{2_100_000_000 + number}",
        "upi": f"{number:032x}",
        "mis_id": str(number),
        "title": "Mx",
        "forename": name.given,
        "surname": name.family,
        "legal_forename": name.given,
        "legal_surname": name.family,
        "updated_at": changed,
        "employment_details": {"data": {"current": True, "teaching_staff": kind != "head"}},
        "contact_details": {"data": {"emails": email, "phones": {"work": "01632 960000"}}},
        "roles": {"data": [{"id": f"R{KINDS.index(kind)}", "name": ROLES[kind]}]},
    }


def wonde_date(when: datetime) -> Row:
    """An instant as Wonde writes it. Ours are in UTC, whatever the timezone says, as those of some systems are."""
    return {"date": f"{when:%Y-%m-%d %H:%M:%S.%f}", "timezone_type": 3, "timezone": "Europe/London"}
