"""Reading membership as at a day.

`members` and the history read contact details and so need a member's scope; `published` and `completeness_of` read
only what the national and public logins are granted too.
"""

from tenants.membership.queries.ahead import ahead
from tenants.membership.queries.following import successions
from tenants.membership.queries.history import (
    appointment,
    appointments,
    chair,
    chairing,
    chairs,
    group,
    lead_partners,
    lead_partners_of,
    partner,
    partners,
    seat,
)
from tenants.membership.queries.members import members
from tenants.membership.queries.overview import completeness_of, published, turns_of

__all__ = [
    "ahead",
    "appointment",
    "appointments",
    "chair",
    "chairing",
    "chairs",
    "completeness_of",
    "group",
    "lead_partners",
    "lead_partners_of",
    "members",
    "partner",
    "partners",
    "published",
    "seat",
    "successions",
    "turns_of",
]
