"""The nation's schools and trusts, as the register would list them: the same every time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from backend.demo.plan import AreaPlan, Council, Scale, areas_of

FIRST_URN, FIRST_TRUST, FIRST_CLOSED = 960_001, 96_001, 980_001

_SAINTS = ("St Alwyn’s", "St Brannoc’s", "St Tegla’s", "St Osmund’s", "St Petrock’s", "St Winnow’s")
_TREES = ("Alder", "Birch", "Holly", "Hawthorn", "Rowan", "Willow", "Larch", "Hazel", "Maple", "Juniper")
_PLACES = (
    "Amberholt", "Bexcombe", "Cragthwaite", "Dunmarrow", "Elmshaw", "Farrowby", "Garthwick", "Hollinfold", "Ivelstone",
    "Jarrowmoor", "Kelderfield", "Larkhope", "Mossgarth", "Nettlecote", "Otterscombe", "Pennygate", "Quarrendale",
    "Rushymead", "Skelbrook", "Tansyford", "Ulversea", "Vennacott", "Wychling", "Yarrowfield",
)  # fmt: skip
_TRUST_ENDS = ("Learning Trust", "Academies Trust", "Education Partnership", "Schools Trust")


@dataclass(frozen=True, slots=True)
class SchoolType:
    """A type of establishment under the register's codes."""

    code: int
    label: str
    group: tuple[int, str]
    phase: tuple[int, str]
    ages: tuple[int, int]
    ending: str
    in_trust: bool = False


_MAINTAINED, _ACADEMIES = (4, "Local authority maintained schools"), (10, "Academies")
_NO_PHASE = (0, "Not applicable")
_COMMUNITY = SchoolType(1, "Community school", _MAINTAINED, (2, "Primary"), (4, 11), "Primary School")
_AIDED = SchoolType(2, "Voluntary aided school", _MAINTAINED, (2, "Primary"), (4, 11), "Church of England Primary")
_SECONDARY = SchoolType(5, "Foundation school", _MAINTAINED, (4, "Secondary"), (11, 18), "School")
_CONVERTER = SchoolType(34, "Academy converter", _ACADEMIES, (2, "Primary"), (4, 11), "Primary Academy", True)
_SPONSORED = SchoolType(28, "Academy sponsor led", _ACADEMIES, (4, "Secondary"), (11, 18), "Academy", True)
_RARE = (
    SchoolType(11, "Other independent school", (3, "Independent schools"), _NO_PHASE, (3, 18), "Hall School"),
    SchoolType(14, "Pupil referral unit", _MAINTAINED, _NO_PHASE, (5, 16), "Centre"),
    SchoolType(15, "Local authority nursery school", _MAINTAINED, (1, "Nursery"), (2, 5), "Nursery School"),
    SchoolType(18, "Further education", (1, "Colleges"), (6, "16 plus"), (16, 99), "College"),
    SchoolType(8, "Non-maintained special school", (5, "Special schools"), _NO_PHASE, (5, 19), "Special School"),
    SchoolType(7, "Community special school", _MAINTAINED, _NO_PHASE, (3, 19), "Special School"),
)
# In each run of ten: five maintained, four academies, one of the rarer types.
_RUN = (_COMMUNITY, _CONVERTER, _AIDED, _SPONSORED, _COMMUNITY, _CONVERTER, _SECONDARY, _COMMUNITY, _CONVERTER)
_ACADEMY_PLACES = tuple(place for place, kind in enumerate(_RUN) if kind.in_trust)


@dataclass(frozen=True, slots=True)
class School:
    """An open establishment. `before` is the URN of the closed school that it followed."""

    urn: int
    number: int
    name: str
    kind: SchoolType
    council: Council
    area: str
    trust: int | None
    before: int | None


@dataclass(frozen=True, slots=True)
class Trust:
    """An academy trust."""

    uid: int
    name: str


@lru_cache(maxsize=4)
def trusts(scale: Scale) -> tuple[Trust, ...]:
    """Return the trusts; the first has schools in three areas."""
    return tuple(
        Trust(FIRST_TRUST + n, f"{_PLACES[n % 24]} {_TRUST_ENDS[(n + n // 24) % 4]}") for n in range(scale.trusts)
    )


@lru_cache(maxsize=4)
def schools(scale: Scale) -> tuple[School, ...]:
    """Return every open school, council by council."""
    return tuple(_schools(scale))


def _schools(scale: Scale) -> Iterator[School]:
    places = [(area, council) for area in areas_of(scale) for council in area.councils]
    total = sum(council.share for _, council in places)
    number = 0
    for place, (area, council) in enumerate(places):
        last = place == len(places) - 1
        count = scale.schools - number if last else scale.schools * council.share // total
        for nth in range(count):
            yield _school(number, nth, area, council, _trusts_here(area, scale))
            number += 1


def _school(number: int, nth: int, area: AreaPlan, council: Council, trusts_here: tuple[int, ...]) -> School:
    place = nth % 10
    kind = _RUN[place] if place < len(_RUN) else _RARE[number // 10 % len(_RARE)]
    academy = nth // 10 * 4 + _ACADEMY_PLACES.index(place) if kind.in_trust else None
    trust = None if academy is None else trusts_here[academy % len(trusts_here)]
    before = FIRST_CLOSED + number if kind.in_trust and nth % 4 == 1 else None
    return School(FIRST_URN + number, number, _name(number, kind), kind, council, area.slug, trust, before)


def _trusts_here(area: AreaPlan, scale: Scale) -> tuple[int, ...]:
    """Return the trusts of an area: its own, and the one that works in the first three areas."""
    areas = areas_of(scale)
    here = areas.index(area)
    own = tuple(trust.uid for n, trust in enumerate(trusts(scale)) if n and (n - 1) % len(areas) == here)
    return (FIRST_TRUST, *own) if here < 3 or not own else own


def _name(number: int, kind: SchoolType) -> str:
    first = _SAINTS[number // 24 % 6] if "Church" in kind.ending else _TREES[number // 24 % 10]
    place = _PLACES[number % 24]
    joined = f"{first} {place}" if "Church" in kind.ending else f"{place} {first}"
    again = number // 240
    return f"{joined} {kind.ending}" + (f" ({_PLACES[(number + again * 7) % 24]})" if again else "")
