"""An invented nation of schools and trusts, as records under the register's own headings."""

from collections.abc import Iterator
from dataclasses import dataclass

from integrations.gias.synthetic_columns import COLUMNS

Record = dict[str, str | int]
Authorities = tuple[tuple[int, str], ...]
AUTHORITIES: Authorities = ((991, "Northmere"), (992, "Eastwold"), (993, "Saltmarsh"), (994, "Highfell"))
FIRST_URN, FIRST_TRUST = 900_001, 90_001

_PLACES = ("Alderbrook", "Birchcombe", "Cragthwaite", "Dunmere", "Elmshaw", "Foxley", "Garthwick", "Hollin")
_FIRST_NAMES = ("St Alwyn’s", "St Brannoc’s", "Holly", "Meadow", "Riverside", "Àrdan", "Quarry", "Orchard")
_TRUST_ENDS = ("Learning Trust", "Academies Trust", "Education Partnership")
_NOT_APPLICABLE: Record = {name: "Not applicable" for name in COLUMNS if name.endswith("(name)")}


@dataclass(frozen=True, slots=True)
class _Type:
    code: int
    label: str
    group: tuple[int, str]
    phase: tuple[int, str]
    ages: tuple[int, int]
    ending: str


_MAINTAINED, _ACADEMIES = (4, "Local authority maintained schools"), (10, "Academies")
_PRIMARY, _SECONDARY, _NO_PHASE = (2, "Primary"), (4, "Secondary"), (0, "Not applicable")
_COMMUNITY = _Type(1, "Community school", _MAINTAINED, _PRIMARY, (4, 11), "Primary School")
_CONVERTER = _Type(34, "Academy converter", _ACADEMIES, _PRIMARY, (4, 11), "Academy")
_SPONSORED = _Type(28, "Academy sponsor led", _ACADEMIES, _SECONDARY, (11, 18), "High School")
_OTHERS = (
    _Type(11, "Other independent school", (3, "Independent schools"), _NO_PHASE, (3, 18), "Hall School"),
    _Type(14, "Pupil referral unit", _MAINTAINED, _NO_PHASE, (5, 16), "Centre"),
    _Type(15, "Local authority nursery school", _MAINTAINED, (1, "Nursery"), (2, 5), "Nursery School"),
    _Type(18, "Further education", (1, "Colleges"), (6, "16 plus"), (16, 99), "College"),
    _Type(8, "Non-maintained special school", (5, "Special schools"), _NO_PHASE, (5, 19), "Special School"),
    _Type(38, "Free schools alternative provision", (11, "Free Schools"), _SECONDARY, (11, 16), "Free School"),
)
# In each run of ten: five closed, three of those followed by the three academies, one maintained, one other.
_RUN = (_COMMUNITY,) * 5 + (_CONVERTER, _CONVERTER, _SPONSORED, _COMMUNITY)
_CLOSED = 5
_FOLLOWED_BY = {0: 5, 1: 6, 2: 7}


def establishments(rows: int, *, trusts: int = 20, authorities: Authorities = AUTHORITIES) -> Iterator[Record]:
    """Invented establishments: half of them closed, most of those followed by an academy of a trust."""
    for index in range(rows):
        authority, authority_name = authorities[index // 10 % len(authorities)]
        yield {
            **_NOT_APPLICABLE,
            **_what_it_is(index),
            **_where_it_is(index),
            **_who_runs_it(index, trusts),
            "LA (code)": authority,
            "LA (name)": authority_name,
            "GSSLACode (name)": f"E99000{authority}",
        }


def _what_it_is(index: int) -> Record:
    place = index % 10
    kind = _RUN[place] if place < len(_RUN) else _OTHERS[index // 10 % len(_OTHERS)]
    closed = place < _CLOSED
    return {
        "URN": FIRST_URN + index,
        "EstablishmentName": school_name(index, kind.ending),
        "EstablishmentNumber": 2000 + index % 7000,
        "TypeOfEstablishment (code)": kind.code,
        "TypeOfEstablishment (name)": kind.label,
        "EstablishmentTypeGroup (code)": kind.group[0],
        "EstablishmentTypeGroup (name)": kind.group[1],
        "EstablishmentStatus (code)": 2 if closed else 1,
        "EstablishmentStatus (name)": "Closed" if closed else "Open",
        "OpenDate": "" if closed else "01-09-2012",
        "CloseDate": "31-08-2012" if closed else "",
        "PhaseOfEducation (code)": kind.phase[0],
        "PhaseOfEducation (name)": kind.phase[1],
        "StatutoryLowAge": kind.ages[0],
        "StatutoryHighAge": kind.ages[1],
        "UKPRN": "" if closed else 10_900_000 + index,
        "SchoolCapacity": 210,
        "NumberOfPupils": 200,
        "CensusDate": "16-01-2026",
        "LastChangedDate": "01-04-2026",
    }


def _where_it_is(index: int) -> Record:
    return {
        "Street": f"{index % 90 + 1} School Lane",
        "Town": _PLACES[index % 8],
        "County (name)": "Northshire",
        "Postcode": f"ZZ{index % 90 + 1} {index % 9}AA",
        "SchoolWebsite": f"https://school-{index}.example.org",
        "TelephoneNum": f"01632960{index % 1000:03d}",
        "Easting": 400_000,
        "Northing": 300_000,
    }


def _who_runs_it(index: int, trusts: int) -> Record:
    if (trust := trust_of(index, trusts)) is None:
        return {"Trusts (name)": ""}
    return {"Trusts (code)": FIRST_TRUST + trust, "Trusts (name)": trust_name(trust)}


def links(rows: int) -> Iterator[Record]:
    """Both sides of every succession, as the register states them, and one link that is not a succession."""
    for index in range(rows):
        after = index - index % 10 + _FOLLOWED_BY.get(index % 10, rows)
        if after < rows:
            yield _link(index, after, "Successor", "31-08-2012")
            yield _link(after, index, "Predecessor", "" if index % 4 == 0 else "01-09-2012")
    if rows > 9:
        yield _link(8, 9, "Sixth Form Centre Link", "")


def _link(index: int, other: int, kind: str, day: str) -> Record:
    return {
        "URN": FIRST_URN + index,
        "LinkURN": FIRST_URN + other,
        "LinkName": school_name(other, "School"),
        "LinkType": kind,
        "LinkEstablishedDate": day,
    }


def groups(trusts: int) -> Iterator[Record]:
    """Invented trusts, and one federation, which is not a trust."""
    for trust in range(trusts):
        yield {
            **_group(trust, "Multi-academy trust", 6),
            "Companies House Number": f"0{9_000_000 + trust}",
            "UKPRN": 10_800_000 + trust,
            "Incorporated on (open date)": "15/03/2011",
            "Group Contact Street": f"{trust + 1} Market Place",
            "Group Contact Town": _PLACES[trust % 8],
            "Group Contact Postcode": f"ZZ1 {trust % 9}ZZ",
        }
    federation: Record = {"Group Name": "The Two Rivers Federation", "Open date": "01-09-2015"}
    yield {**_group(trusts, "Federation", 1), **federation}


def group_links(rows: int, *, trusts: int = 20) -> Iterator[Record]:
    """Which trust runs which invented academy, and since when."""
    for index in range(rows):
        if (trust := trust_of(index, trusts)) is not None:
            joined: Record = {"URN": FIRST_URN + index, "Joined date": "01/09/2012"}
            yield {**_group(trust, "Multi-academy trust", 6), **joined}


def _group(number: int, kind: str, code: int) -> Record:
    return {
        "Group UID": FIRST_TRUST + number,
        "Group ID": f"TR{number:05d}",
        "Group Name": trust_name(number),
        "Group Type (code)": code,
        "Group Type": kind,
        "Group Status (code)": "OPEN",
        "Group Status": "Open",
    }


def trust_of(index: int, trusts: int) -> int | None:
    """The number of the trust that runs the establishment at this index; None if none does."""
    return index // 10 % trusts if trusts and index % 10 in _FOLLOWED_BY.values() else None


def trust_name(number: int) -> str:
    """An invented trust's name, the same for the same number."""
    return f"{_PLACES[number % 8]} {_TRUST_ENDS[number // 8 % 3]} {number // 24 + 1}"


def school_name(index: int, ending: str) -> str:
    """An invented establishment's name, the same for the same index."""
    return f"{_FIRST_NAMES[index % 8]} {_PLACES[index // 8 % 8]} {ending} {index // 64 + 1}"
