"""Who may ask anything of this part: a platform administrator wearing that hat."""

from __future__ import annotations

from concordat_graphql.context import Info
from tenants.tenancy.actor import Actor
from tenants.tenancy.permissions import check_can_administer


def administrator(info: Info) -> Actor:
    """Return who asks; raises `Unauthenticated`, or `NotAllowed` for anyone but a platform administrator."""
    actor = info.context.person
    check_can_administer(actor)
    return actor
