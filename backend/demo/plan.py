"""The map of the invented nation: areas, the bodies that are partners in them, and how each area is doing.

No name here is a real area's, council's, board's or force's: nobody's failings are told beside a real name.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Mood(StrEnum):
    """How an area is doing; each capability's history is written to fit."""

    EXCELLENT = "excellent"
    GOOD = "good"
    ORDINARY = "ordinary"
    BEHIND = "behind"
    STRUGGLING = "struggling"
    DISPUTE = "in dispute"
    MERGING = "mid merger of its integrated care board"
    REORGANISING = "in council reorganisation"
    SETTING_UP = "setting up"


@dataclass(frozen=True, kw_only=True, slots=True)
class Council:
    """A local authority: its invented three-digit code and its share of the nation's schools."""

    code: str
    name: str
    share: int


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaPlan:
    """An area: who its partners are and how it is doing. `icb_before` was its board until April."""

    slug: str
    name: str
    mood: Mood
    councils: tuple[Council, ...]
    icb: str
    force: str
    icb_before: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Scale:
    """How much of the nation to build; a test builds a small one."""

    areas: int = 12
    schools: int = 1_800
    trusts: int = 60
    answering: int = 1_000  #: at most so many schools of an area have a safeguarding lead with an account

    @property
    def whole(self) -> bool:
        """Return whether this is the nation that the demo shows."""
        return self == Scale()


SMALL = Scale(areas=3, schools=60, trusts=4, answering=8)

ICBS = {
    "bracken-and-moor": ("NHS Bracken and Moor Integrated Care Board", "QZ1"),
    "wrenvale": ("NHS Wrenvale Integrated Care Board", "QZ2"),
    "coast-and-estuary": ("NHS Coast and Estuary Integrated Care Board", "QZ3"),
    "east-coast": ("NHS Eastmarch Coast Integrated Care Board", "QZ4"),
    "silver-estuary": ("NHS Silver Estuary Integrated Care Board", "QZ5"),
    "fenwold": ("NHS Fenwold and Ravensholt Integrated Care Board", "QZ6"),
}
FORCES = {
    "brackenshire": "Brackenshire Police",
    "marchland": "Marchland Police",
    "estuary": "Estuary Constabulary",
    "fenwold": "Fenwold Constabulary",
}


def _council(code: int, name: str, share: int) -> Council:
    return Council(code=str(code), name=name, share=share)


def _area(
    name: str, mood: Mood, *councils: Council, icb: str, force: str, icb_before: str | None = None
) -> AreaPlan:
    slug = name.lower().replace(" ", "-")
    return AreaPlan(slug=slug, name=name, mood=mood, councils=councils, icb=icb, force=force, icb_before=icb_before)


EVERY_AREA = (
    _area(
        "Brackenshire", Mood.GOOD,
        _council(961, "North Brackenshire Council", 16), _council(962, "South Brackenshire Council", 12),
        _council(963, "Brackenport City Council", 8),
        icb="bracken-and-moor", force="brackenshire",
    ),
    _area("Wrenshire", Mood.EXCELLENT, _council(964, "Wrenshire Council", 18), icb="wrenvale", force="marchland"),
    _area(
        "Eastmarch", Mood.DISPUTE, _council(965, "Eastmarch Borough Council", 9),
        icb="coast-and-estuary", force="estuary", icb_before="east-coast",
    ),
    _area("Calderwick", Mood.GOOD, _council(966, "Calderwick Council", 9), icb="wrenvale", force="marchland"),
    _area("Oldmarsh", Mood.ORDINARY, _council(967, "Oldmarsh County Council", 22), icb="wrenvale", force="marchland"),
    _area("Thornmere", Mood.ORDINARY, _council(968, "Thornmere City Council", 8), icb="wrenvale", force="marchland"),
    _area("Fenwold", Mood.STRUGGLING, _council(969, "Fenwold County Council", 20), icb="fenwold", force="fenwold"),
    _area(
        "Silvermouth", Mood.MERGING, _council(970, "Silvermouth City Council", 10),
        icb="coast-and-estuary", force="estuary", icb_before="silver-estuary",
    ),
    _area("Ravensholt", Mood.REORGANISING, _council(971, "Ravensholt Council", 7), icb="fenwold", force="fenwold"),
    _area(
        "Kestrelby", Mood.SETTING_UP, _council(972, "Kestrelby Council", 6),
        icb="coast-and-estuary", force="estuary",
    ),
    _area(
        "Lindermoor", Mood.BEHIND, _council(973, "Lindermoor Council", 9),
        icb="bracken-and-moor", force="brackenshire",
    ),
    _area("Hollowby", Mood.ORDINARY, _council(974, "Hollowby Borough Council", 6), icb="fenwold", force="marchland"),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Agency:
    """A body beside schools and partners that works with children: its statutory category, and where."""

    key: str
    name: str
    category: str
    areas: tuple[str, ...]


AGENCIES = (
    Agency(
        key="wrenvale-hospitals", name="Wrenvale University Hospitals NHS Foundation Trust",
        category="nhs_foundation_trust", areas=("wrenshire", "calderwick", "oldmarsh", "thornmere"),
    ),
    Agency(
        key="brackenport-hospital", name="Brackenport Children’s Hospital NHS Trust", category="nhs_trust",
        areas=("brackenshire", "lindermoor"),
    ),
    Agency(
        key="lantern", name="Lantern Street Youth Charity", category="charity",
        areas=("brackenshire", "eastmarch", "fenwold", "hollowby"),
    ),
    Agency(
        key="bracken-youth-justice", name="Brackenshire Youth Justice Service", category="youth_offending_team",
        areas=("brackenshire",),
    ),
    Agency(
        key="estuary-fostering", name="Tidewater Fostering", category="fostering_agency",
        areas=("eastmarch", "silvermouth", "wrenshire"),
    ),
)  # fmt: skip


def areas_of(scale: Scale) -> tuple[AreaPlan, ...]:
    """Return the areas of a nation of that size."""
    return EVERY_AREA[: scale.areas]


def agencies_of(scale: Scale) -> tuple[Agency, ...]:
    """Return the agencies that work in one of its areas."""
    slugs = {area.slug for area in areas_of(scale)}
    return tuple(agency for agency in AGENCIES if slugs & set(agency.areas))
