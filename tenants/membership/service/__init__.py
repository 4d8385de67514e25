"""What an area does with its membership. Each verb runs inside the caller's scope: decide, write, audit.

Ending and replacing keep the history; correcting changes what was recorded wrongly and says so in the audit trail;
what has not happened yet can be taken back.
"""

from tenants.membership.service.accounts import link_account
from tenants.membership.service.appointments import (
    appoint,
    choose_chair,
    correct_appointment,
    end_appointment,
    end_chair,
    replace_holder,
)
from tenants.membership.service.following import decline_successor, follow_successor
from tenants.membership.service.groups import add_group, add_seat, correct_group, correct_seat, end_group, end_seat
from tenants.membership.service.holders import Holder
from tenants.membership.service.partners import (
    add_partner,
    correct_partner,
    end_partner,
    link_partner,
    succeed_partner,
)
from tenants.membership.service.taking_back import take_back

__all__ = [
    "Holder",
    "add_group",
    "add_partner",
    "add_seat",
    "appoint",
    "choose_chair",
    "correct_appointment",
    "correct_group",
    "correct_partner",
    "correct_seat",
    "decline_successor",
    "end_appointment",
    "end_chair",
    "end_group",
    "end_partner",
    "end_seat",
    "follow_successor",
    "link_account",
    "link_partner",
    "replace_holder",
    "succeed_partner",
    "take_back",
]
