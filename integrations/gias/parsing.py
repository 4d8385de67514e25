"""Text fields → typed rows. Raises `ValueError` with a sentence to act on; the caller rejects the row."""

import hashlib
from datetime import date
from functools import lru_cache

from integrations.gias.reader import Fields
from integrations.gias.rows import EstablishmentRow, GroupLinkRow, GroupRow, LinkRow

SHORTEST_NAME, LONGEST_NAME = 2, 200


def establishment(line: int, digest: bytes | None, fields: Fields) -> EstablishmentRow:
    """`fields` in the order of `formats.ESTABLISHMENTS.columns`."""
    (urn, name, status, kind, kind_label, group, phase, opened, closed, la, la_name, gss, number, ukprn, low,
     high, trust, trust_name, street, locality, town, postcode, website, telephone) = fields  # fmt: skip
    # by position, in the order of the class: names would cost a tenth of the reading
    return EstablishmentRow(
        line,
        _number(urn, "URN"),
        _name(name, "EstablishmentName"),
        _code(status, "EstablishmentStatus (code)"),
        _code(kind, "TypeOfEstablishment (code)"),
        kind_label.strip() or None,
        _optional_code(group, "EstablishmentTypeGroup (code)"),
        _optional_code(phase, "PhaseOfEducation (code)"),
        day(opened, "OpenDate"),
        day(closed, "CloseDate"),
        _la_code(la),
        la_name.strip() or None,
        gss.strip() or None,
        number.strip() or None,
        ukprn.strip() or None,
        _optional_code(low, "StatutoryLowAge"),
        _optional_code(high, "StatutoryHighAge"),
        _optional_code(trust, "Trusts (code)"),
        trust_name.strip() or None,
        street.strip() or None,
        locality.strip() or None,
        town.strip() or None,
        postcode.strip() or None,
        website.strip() or None,
        telephone.strip() or None,
        content_hash(fields),
        digest,
    )


def link(line: int, _digest: bytes | None, fields: Fields) -> LinkRow:
    """`fields` in the order of `formats.LINKS.columns`."""
    urn, link_urn, _, link_type, on_date = fields
    if not link_type.strip():
        raise ValueError("“LinkType” is empty.")
    return LinkRow(
        line,
        _number(urn, "URN"),
        _number(link_urn, "LinkURN"),
        link_type.strip(),
        day(on_date, "LinkEstablishedDate"),
    )


def group(line: int, digest: bytes | None, fields: Fields) -> GroupRow:
    """`fields` in the order of `formats.GROUPS.columns`. A trust opens on the day it is incorporated."""
    (uid, group_id, name, company, kind, closed, status, street, locality, town, postcode, ukprn,
     incorporated, opened) = fields  # fmt: skip
    return GroupRow(
        line=line,
        uid=_number(uid, "Group UID"),
        group_id=group_id.strip() or None,
        name=_name(name, "Group Name"),
        companies_house=company.strip() or None,
        type_label=kind.strip(),
        closed_on=day(closed, "Closed Date"),
        status_label=status.strip(),
        street=street.strip() or None,
        locality=locality.strip() or None,
        town=town.strip() or None,
        postcode=postcode.strip() or None,
        ukprn=ukprn.strip() or None,
        opened_on=day(incorporated, "Incorporated on (open date)") or day(opened, "Open date"),
        content_hash=content_hash(fields),
        line_digest=digest,
    )


def group_link(line: int, _digest: bytes | None, fields: Fields) -> GroupLinkRow:
    """`fields` in the order of `formats.GROUP_LINKS.columns`."""
    urn, uid, kind, joined = fields
    return GroupLinkRow(line, _number(urn, "URN"), _number(uid, "Group UID"), kind.strip(), day(joined, "Joined date"))


def content_hash(fields: Fields) -> bytes:
    """16 bytes that change when any column that is read changes.

    Raises:
        ValueError: the text holds bytes that are not Windows-1252.
    """
    try:
        return hashlib.blake2b("\x1f".join(fields).encode(), digest_size=16).digest()
    except UnicodeEncodeError:
        raise ValueError("It holds characters that are not in the register's encoding (Windows-1252).") from None


# Most of a register's dates and numbers are the same few, again and again.
@lru_cache(maxsize=50_000)
def day(text: str, column: str) -> date | None:
    """A date written dd-mm-yyyy or dd/mm/yyyy; None where empty."""
    if not text:
        return None
    if len(text) == 10 and text[2] in "-/" and text[5] == text[2]:
        try:
            return date(int(text[6:]), int(text[3:5]), int(text[:2]))
        except ValueError:
            pass
    raise ValueError(f"“{column}” is “{text[:30]}”; a date is written dd-mm-yyyy.")


@lru_cache(maxsize=5_000)
def _code(text: str, column: str) -> int:
    return _number(text, column)


@lru_cache(maxsize=5_000)
def _optional_code(text: str, column: str) -> int | None:
    return _number(text, column) if text else None


@lru_cache(maxsize=1_000)
def _la_code(text: str) -> str:
    code = f"{_number(text, 'LA (code)'):03d}"
    if len(code) > 3:
        raise ValueError(f"“LA (code)” is “{text[:30]}”; a local authority has three digits.")
    return code


def _number(text: str, column: str) -> int:
    if text.isdecimal() and len(text) < 10:
        return int(text)
    if not text.strip():
        raise ValueError(f"“{column}” is empty.")
    raise ValueError(f"“{column}” is “{text[:30]}”, which is not a whole number.")


def _name(text: str, column: str) -> str:
    name = text.strip()
    if len(name) < SHORTEST_NAME:
        raise ValueError(f"“{column}” is “{name}”, too short for a name." if name else f"“{column}” is empty.")
    if len(name) > LONGEST_NAME:
        raise ValueError(f"“{column}” has {len(name)} characters; {LONGEST_NAME} is the most a name can have.")
    return name
