"""The register's codes → our terms. Pure; raises `ValueError` with a sentence where a row makes no sense.

Codes: the Department's type table of January 2025; status and phase codes from the register's glossary.
"""

from typing import Final

from integrations.gias.rows import EstablishmentRow, GroupLinkRow, GroupRow, LinkRow
from tenants.organisations.rules import (
    Lineage,
    Phase,
    RegisterEntry,
    RegisterLink,
    RelevantAgencyCategory,
    Status,
    TrustMembership,
)

_STATUS: Final = {1: Status.OPEN, 2: Status.CLOSED, 3: Status.OPEN, 4: Status.PROPOSED}
OPEN_BUT_PROPOSED_TO_CLOSE: Final = 3
_PHASE: Final = dict(enumerate(Phase))
_GROUP_STATUS: Final = {
    "open": Status.OPEN, "closed": Status.CLOSED, "proposed to open": Status.PROPOSED,
    "created in error": Status.CLOSED,
}  # fmt: skip
ACADEMY_TRUSTS: Final = frozenset({"multi-academy trust", "single-academy trust", "secure single-academy trust"})
ACADEMY_GROUPS: Final = frozenset({10, 11})

_TYPES: Final = {
    RelevantAgencyCategory.ACADEMY_PROPRIETOR: (28, 33, 34, 35, 36, 40, 41, 44),
    RelevantAgencyCategory.ACADEMY_16_19_PROPRIETOR: (39, 45, 46, 57),
    RelevantAgencyCategory.ALTERNATIVE_PROVISION_ACADEMY_PROPRIETOR: (38, 42, 43),
    RelevantAgencyCategory.MAINTAINED_SCHOOL_GOVERNING_BODY: (1, 2, 3, 5, 7, 12),
    RelevantAgencyCategory.MAINTAINED_NURSERY_GOVERNING_BODY: (15,),
    RelevantAgencyCategory.PUPIL_REFERRAL_UNIT_COMMITTEE: (14,),
    RelevantAgencyCategory.INDEPENDENT_INSTITUTION_PROPRIETOR: (6, 10, 11),
    RelevantAgencyCategory.NON_MAINTAINED_SPECIAL_PROPRIETOR: (8,),
    RelevantAgencyCategory.SPECIAL_POST_16_PROPRIETOR: (32,),
    RelevantAgencyCategory.FURTHER_EDUCATION_GOVERNING_BODY: (18,),
    RelevantAgencyCategory.HIGHER_EDUCATION_GOVERNING_BODY: (29,),
    RelevantAgencyCategory.OTHER_FUNDED_PROVIDER: (31, 56),
}
_CATEGORY: Final = {code: category for category, codes in _TYPES.items() for code in codes}

# Link types by the side that states them. The others (sixth-form centres, expansions) are not succession.
_SUCCESSOR: Final = {
    "Successor": Lineage.SUCCESSOR, "Successor - merged": Lineage.MERGER,
    "Successor - amalgamated": Lineage.AMALGAMATION, "Result of Amalgamation": Lineage.AMALGAMATION,
    "Successor - Split School": Lineage.SPLIT,
}  # fmt: skip
_PREDECESSOR: Final = {
    "Predecessor": Lineage.SUCCESSOR, "Predecessor - merged": Lineage.MERGER,
    "Predecessor - amalgamated": Lineage.AMALGAMATION, "Predecessor - Split School": Lineage.SPLIT,
}  # fmt: skip


def category_of(type_code: int) -> RelevantAgencyCategory | None:
    """The statutory category a type falls in; None where there is none (offshore, Welsh and the like)."""
    return _CATEGORY.get(type_code)


def establishment(row: EstablishmentRow) -> RegisterEntry:
    """An establishment as our register holds it. An unknown phase is None; an unknown status is an error."""
    status = _STATUS.get(row.status_code)
    if status is None:
        raise ValueError(f"“EstablishmentStatus (code)” is {row.status_code}, which is not a known status.")
    run_by_trust = row.type_group_code in ACADEMY_GROUPS
    # by position, in the order of the class: names would cost a tenth of the reading
    return RegisterEntry(
        row.line,
        row.urn,
        None,  # uid
        row.name,
        status,
        row.content_hash,
        row.status_code == OPEN_BUT_PROPOSED_TO_CLOSE,
        row.opened_on,
        row.closed_on,
        row.type_code,
        row.type_label,
        _PHASE.get(row.phase_code or 0),
        _CATEGORY.get(row.type_code),
        row.la_code,
        row.la_name,
        row.gss_la_code,
        row.establishment_number,
        row.ukprn,
        None,  # companies_house
        None,  # group_id
        row.lowest_age,
        row.highest_age,
        row.trust_uid if run_by_trust else None,
        row.trust_name if run_by_trust else None,
        row.street,
        row.locality,
        row.town,
        row.postcode,
        row.website,
        row.telephone,
        row.line_digest,
    )


def trust(row: GroupRow) -> RegisterEntry | None:
    """A trust as our register holds it; None for a group that is not an academy trust."""
    if row.type_label.casefold() not in ACADEMY_TRUSTS:
        return None
    status = _GROUP_STATUS.get(row.status_label.casefold())
    if status is None:
        raise ValueError(f"“Group Status” is “{row.status_label[:30]}”, which is not a known status.")
    return RegisterEntry(
        line=row.line,
        urn=None,
        uid=row.uid,
        name=row.name,
        status=status,
        opened_on=row.opened_on,
        closed_on=row.closed_on,
        type_label=row.type_label,
        ukprn=row.ukprn,
        companies_house=row.companies_house,
        group_id=row.group_id,
        street=row.street,
        locality=row.locality,
        town=row.town,
        postcode=row.postcode,
        content_hash=row.content_hash,
        line_digest=row.line_digest,
    )


def succession(row: LinkRow) -> RegisterLink | None:
    """Who follows whom; None for a link that is not a succession. A school is not its own successor."""
    if row.urn == row.link_urn:
        raise ValueError("It links an establishment to itself.")
    if (kind := _SUCCESSOR.get(row.link_type)) is not None:
        return RegisterLink(row.line, row.urn, row.link_urn, kind, row.on_date)
    if (kind := _PREDECESSOR.get(row.link_type)) is not None:
        return RegisterLink(row.line, row.link_urn, row.urn, kind, row.on_date)
    return None


def membership(row: GroupLinkRow) -> TrustMembership | None:
    """Since when a trust has run an establishment; None for other groups."""
    if row.type_label.casefold() not in ACADEMY_TRUSTS:
        return None
    return TrustMembership(row.line, row.urn, row.uid, row.joined_on)
