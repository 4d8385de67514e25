"""The roles a person may hold, and the hat under which each is exercised.

Source: Working Together 2023 chapter 2 for the partnership's roles; the national and platform roles are ours.
"""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """A role assignment's role. Values are stored."""

    BUSINESS_MANAGER = "business_manager"
    LEAD_SAFEGUARDING_PARTNER = "lead_safeguarding_partner"
    DELEGATED_SAFEGUARDING_PARTNER = "delegated_safeguarding_partner"
    PARTNERSHIP_CHAIR = "partnership_chair"
    INDEPENDENT_SCRUTINEER = "independent_scrutineer"
    VIEWER = "viewer"
    AGENCY_CONTACT = "agency_contact"
    ESTABLISHMENT_CONTACT = "establishment_contact"
    TRUST_LEAD = "trust_lead"
    OFFICIAL = "official"
    SENIOR_OFFICIAL = "senior_official"
    PLATFORM_ADMINISTRATOR = "platform_administrator"


class Hat(StrEnum):
    """What a session acts as: one hat at a time, chosen by the person, changed with a new session token."""

    LOCAL = "local"
    NATIONAL = "national"
    PLATFORM = "platform"


AGENCY_ROLES = frozenset({Role.AGENCY_CONTACT, Role.ESTABLISHMENT_CONTACT, Role.TRUST_LEAD})
NATIONAL_ROLES = frozenset({Role.OFFICIAL, Role.SENIOR_OFFICIAL})
AREA_ROLES = frozenset(Role) - AGENCY_ROLES - NATIONAL_ROLES - {Role.PLATFORM_ADMINISTRATOR}
WRITING_ROLES = AREA_ROLES - {Role.VIEWER}

LABELS: dict[Role, str] = {
    Role.BUSINESS_MANAGER: "Business manager",
    Role.LEAD_SAFEGUARDING_PARTNER: "Lead safeguarding partner",
    Role.DELEGATED_SAFEGUARDING_PARTNER: "Delegated safeguarding partner",
    Role.PARTNERSHIP_CHAIR: "Partnership chair",
    Role.INDEPENDENT_SCRUTINEER: "Independent scrutineer",
    Role.VIEWER: "Viewer",
    Role.AGENCY_CONTACT: "Agency contact",
    Role.ESTABLISHMENT_CONTACT: "Establishment contact",
    Role.TRUST_LEAD: "Trust lead",
    Role.OFFICIAL: "Department official",
    Role.SENIOR_OFFICIAL: "Senior official",
    Role.PLATFORM_ADMINISTRATOR: "Platform administrator",
}


def hat_of(role: Role) -> Hat:
    """Return the hat under which a role is exercised."""
    if role in NATIONAL_ROLES:
        return Hat.NATIONAL
    return Hat.PLATFORM if role is Role.PLATFORM_ADMINISTRATOR else Hat.LOCAL
