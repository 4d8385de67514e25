"""The four extracts of the register: what each is called and the columns read from it, by name.

Every column that is read is required. A file without one of them would blank that fact for the whole
register, so it is refused instead. Other columns may come and go.
Source: the 140 columns of April 2025 and the group extracts' headings.
"""

from dataclasses import dataclass

from integrations.gias import errors


@dataclass(frozen=True, slots=True)
class FileFormat:
    """One extract: its name in a sentence, the columns read, and those that tell it from the others."""

    name: str
    columns: tuple[str, ...]
    known_by: frozenset[str]


ESTABLISHMENTS = FileFormat(
    name="the establishments file (edubasealldata)",
    columns=(
        "URN", "EstablishmentName", "EstablishmentStatus (code)", "TypeOfEstablishment (code)",
        "TypeOfEstablishment (name)", "EstablishmentTypeGroup (code)", "PhaseOfEducation (code)", "OpenDate",
        "CloseDate", "LA (code)", "LA (name)", "GSSLACode (name)", "EstablishmentNumber", "UKPRN",
        "StatutoryLowAge", "StatutoryHighAge", "Trusts (code)", "Trusts (name)", "Street", "Locality",
        "Town", "Postcode", "SchoolWebsite", "TelephoneNum",
    ),
    known_by=frozenset({"urn", "establishmentstatus (code)", "gsslacode (name)"}),
)  # fmt: skip
LINKS = FileFormat(
    name="the establishment links file (links_edubasealldata)",
    columns=("URN", "LinkURN", "LinkName", "LinkType", "LinkEstablishedDate"),
    known_by=frozenset({"urn", "linkurn"}),
)
GROUP_LINKS = FileFormat(
    name="the group links file (alllinksdata)",
    columns=("URN", "Group UID", "Group Type", "Joined date"),
    known_by=frozenset({"urn", "group uid"}),
)
GROUPS = FileFormat(
    name="the groups file (allgroupsdata)",
    columns=(
        "Group UID", "Group ID", "Group Name", "Companies House Number", "Group Type", "Closed Date",
        "Group Status", "Group Contact Street", "Group Contact Locality", "Group Contact Town",
        "Group Contact Postcode", "UKPRN", "Incorporated on (open date)", "Open date",
    ),
    known_by=frozenset({"group uid", "group status"}),
)  # fmt: skip
EVERY_FORMAT = (ESTABLISHMENTS, LINKS, GROUP_LINKS, GROUPS)


def plain(heading: str) -> str:
    """A heading as it is compared: case and stray spaces do not matter."""
    return " ".join(heading.split()).casefold()


def positions(headings: list[str], wanted: FileFormat) -> tuple[int, ...]:
    """Where each wanted column stands, in `wanted.columns` order.

    Raises:
        WrongFile: the heading is another file's, or lacks or repeats a column that is read.
    """
    found = [plain(heading) for heading in headings]
    needed = [plain(column) for column in wanted.columns]
    missing = [column for column, key in zip(wanted.columns, needed, strict=True) if key not in found]
    if missing:
        raise _explanation(found, wanted, missing)
    repeated = [column for column, key in zip(wanted.columns, needed, strict=True) if found.count(key) > 1]
    if repeated:
        raise errors.repeated_columns(repeated)
    return tuple(found.index(key) for key in needed)


def _explanation(found: list[str], wanted: FileFormat, missing: list[str]) -> errors.WrongFile:
    for separator, named in ((";", "semicolons"), ("\t", "tabs"), ("|", "upright bars")):
        if len(found) == 1 and separator in found[0]:
            return errors.wrong_separator(named)
    for other in EVERY_FORMAT:
        if other is not wanted and other.known_by <= set(found):
            return errors.looks_like(other.name, expected=wanted.name)
    return errors.missing_columns(missing, expected=wanted.name)
