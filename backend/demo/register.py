"""The register's extracts of the invented nation, written as the Department writes them and really imported."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from backend.demo.plan import Scale
from backend.demo.schools import FIRST_CLOSED, School, Trust, schools, trusts
from integrations.gias import formats
from integrations.gias.load import ask_for, load
from integrations.gias.synthetic import write
from integrations.gias.synthetic_columns import COLUMNS, GROUP_COLUMNS, GROUP_LINK_COLUMNS
from tenants.organisations.imports.service import FileKind

Record = dict[str, str | int]
JOINED = "01-09-2018"
_NOT_APPLICABLE: Record = {name: "Not applicable" for name in COLUMNS if name.endswith("(name)")}


class RegisterRefused(Exception):
    """The import did not take one of our own files: the plan and the reader have come apart."""


async def import_register(folder: Path, *, scale: Scale, tell: Callable[[str], None]) -> None:
    """Write two editions of the extracts into `folder` and import each file through the register's own import.

    Between the editions some schools changed their name or their trust. The older one has a bad row.
    """
    for edition, rejected in (("before", 1), ("now", 0)):
        for kind, path in write_extracts(folder / edition, scale=scale, older=edition == "before").items():
            tell(f"the register {edition}: {kind.value.replace('_', ' ')}")
            outcome = await load(run_id=await ask_for(kind=kind, path=path), kind=kind, path=path)
            bad = len(outcome.tally.rejected)
            if outcome.problem or bad != (rejected if kind is FileKind.ESTABLISHMENTS else 0):
                raise RegisterRefused(f"{path.name}: {outcome.problem or outcome.tally.rejected}")


def write_extracts(folder: Path, *, scale: Scale, older: bool = False, newer: bool = False) -> dict[FileKind, Path]:
    """Write the extracts of an edition and return them in the order in which they are imported.

    The `newer` one has what the Department publishes next: a few schools have another name.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rows = _establishments(scale, older=older, newer=newer)
    files = {
        FileKind.GROUPS: (folder / "allgroupsdata.csv", GROUP_COLUMNS, _groups(scale)),
        FileKind.ESTABLISHMENTS: (folder / "edubasealldata.csv", COLUMNS, rows),
        FileKind.LINKS: (folder / "links_edubasealldata.csv", formats.LINKS.columns, _links(scale)),
        FileKind.GROUP_LINKS: (folder / "alllinksdata.csv", GROUP_LINK_COLUMNS, _group_links(scale)),
    }
    for path, columns, records in files.values():
        write(path, columns, records)
    return {kind: path for kind, (path, _, _) in files.items()}


def _establishments(scale: Scale, *, older: bool, newer: bool) -> Iterator[Record]:
    names = {trust.uid: trust.name for trust in trusts(scale)}
    for school in schools(scale):
        run_by: Record = {"Trusts (name)": ""}
        if school.trust is not None:
            trust = _trust_before(school, names) if older else school.trust
            run_by = {"Trusts (code)": trust, "Trusts (name)": names[trust]}
        then: Record = {}
        if older and school.number % 60 == 11:
            then["EstablishmentName"] = f"{school.name} and Nursery"
        if newer and school.number % 40 == 27:
            then["EstablishmentName"] = f"The {school.name}"
        yield {**_NOT_APPLICABLE, **_what_it_is(school), **_where_it_is(school), **run_by, **then}
        if school.before is not None:
            yield {**_NOT_APPLICABLE, **_predecessor(school), **_where_it_is(school), "Trusts (name)": ""}

    if older:
        first = schools(scale)[0]
        wrong: Record = {"URN": FIRST_CLOSED - 1, "EstablishmentName": "Mistyped School", "OpenDate": "31-02-2019"}
        yield {**_NOT_APPLICABLE, **_what_it_is(first), **_where_it_is(first), "Trusts (name)": "", **wrong}


def _trust_before(school: School, names: dict[int, str]) -> int:
    """Return the trust that ran the school before: for a few of them another than today's."""
    assert school.trust is not None
    moved = school.number % 30 in (3, 15)
    return max(names) if moved and school.trust != max(names) else school.trust


def _what_it_is(school: School) -> Record:
    kind = school.kind
    return {
        "URN": school.urn,
        "EstablishmentName": school.name,
        "EstablishmentNumber": 2000 + school.number % 7000,
        "TypeOfEstablishment (code)": kind.code,
        "TypeOfEstablishment (name)": kind.label,
        "EstablishmentTypeGroup (code)": kind.group[0],
        "EstablishmentTypeGroup (name)": kind.group[1],
        "EstablishmentStatus (code)": 1,
        "EstablishmentStatus (name)": "Open",
        "OpenDate": JOINED if school.before is not None else "",
        "PhaseOfEducation (code)": kind.phase[0],
        "PhaseOfEducation (name)": kind.phase[1],
        "StatutoryLowAge": kind.ages[0],
        "StatutoryHighAge": kind.ages[1],
        "UKPRN": 10_960_000 + school.number,
    }


def _predecessor(school: School) -> Record:
    assert school.before is not None
    return {
        **_what_it_is(school),
        "URN": school.before,
        "EstablishmentName": _old_name(school),
        "TypeOfEstablishment (code)": 1,
        "TypeOfEstablishment (name)": "Community school",
        "EstablishmentTypeGroup (code)": 4,
        "EstablishmentTypeGroup (name)": "Local authority maintained schools",
        "EstablishmentStatus (code)": 2,
        "EstablishmentStatus (name)": "Closed",
        "OpenDate": "",
        "CloseDate": "31-08-2018",
        "UKPRN": "",
    }


def _old_name(school: School) -> str:
    return school.name.replace("Academy", "School").replace("Primary School School", "Primary School")


def _where_it_is(school: School) -> Record:
    return {
        "Street": f"{school.number % 90 + 1} School Lane",
        "Town": school.name.split()[0],
        "Postcode": f"ZZ{school.number % 90 + 1} {school.number % 9}AA",
        "SchoolWebsite": f"https://school-{school.urn}.example.org",
        "TelephoneNum": f"01632960{school.number % 1000:03d}",
        "LA (code)": int(school.council.code),
        "LA (name)": school.council.name,
        "GSSLACode (name)": f"E99000{school.council.code}",
    }


def _links(scale: Scale) -> Iterator[Record]:
    for school in schools(scale):
        if school.before is not None:
            yield _link(school.before, school.urn, "Successor", school.name)
            yield _link(school.urn, school.before, "Predecessor", _old_name(school))


def _link(urn: int, other: int, kind: str, name: str) -> Record:
    return {"URN": urn, "LinkURN": other, "LinkName": name, "LinkType": kind, "LinkEstablishedDate": JOINED}


def _groups(scale: Scale) -> Iterator[Record]:
    for number, trust in enumerate(trusts(scale)):
        yield {
            **_group(trust),
            "Companies House Number": f"0{9_600_000 + number}",
            "UKPRN": 10_860_000 + number,
            "Incorporated on (open date)": "15/03/2016",
            "Group Contact Street": f"{number + 1} Market Place",
            "Group Contact Town": trust.name.split()[0],
            "Group Contact Postcode": f"ZZ1 {number % 9}ZZ",
        }


def _group_links(scale: Scale) -> Iterator[Record]:
    by_uid = {trust.uid: trust for trust in trusts(scale)}
    for school in schools(scale):
        if school.trust is not None:
            yield {**_group(by_uid[school.trust]), "URN": school.urn, "Joined date": JOINED.replace("-", "/")}


def _group(trust: Trust) -> Record:
    return {
        "Group UID": trust.uid,
        "Group ID": f"TR{trust.uid}",
        "Group Name": trust.name,
        "Group Type (code)": 6,
        "Group Type": "Multi-academy trust",
        "Group Status (code)": "OPEN",
        "Group Status": "Open",
    }
