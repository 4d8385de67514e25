"""Every route of the web: each capability's `pages.py` has a list ROUTES that is added here.

Each handler says who may reach it: `opt={"access": …}` with one of ACCESS; a test fails for one that does not.
"""

from __future__ import annotations

from typing import Final

from litestar.types import ControllerRouterHandler

from backend.web import assets, graphql_api, health, hooks, key_sets, mail_receipts
from backend.web.agency import pages as agency
from backend.web.connections import pages as connections
from backend.web.cooperation import pages as cooperation
from backend.web.indicators import pages as indicators
from backend.web.information import pages as information
from backend.web.intervention import pages as intervention
from backend.web.membership import pages as membership
from backend.web.national import pages as national
from backend.web.organisations import pages as organisations
from backend.web.platform import pages as platform
from backend.web.public import pages as public
from backend.web.resourcing import pages as resourcing
from backend.web.signing_in import account, back_channel, invitations
from backend.web.signing_in import pages as signing_in
from backend.web.tenancy import pages as tenancy

ACCESS: Final = frozenset({"public", "signed-in", "area", "agency", "national", "platform"})

EDGE: Final[list[ControllerRouterHandler]] = [
    assets.static_file,
    health.live,
    health.ready,
    health.metrics,
    key_sets.key_set,
    *information.ROUTES,
]

PRODUCT: Final[list[ControllerRouterHandler]] = [
    graphql_api.graphql,
    hooks.hook,
    signing_in.choose,
    signing_in.start,
    signing_in.callback,
    back_channel.back_channel,
    mail_receipts.receipts,
    invitations.invitation,
    account.account,
    account.my_areas,
    account.roles,
    account.change_role,
    account.end_session,
    account.end_all_sessions,
    account.sign_out,
    account.signed_out,
    *tenancy.ROUTES,
    *organisations.ROUTES,
    *agency.ROUTES,
    *platform.ROUTES,
    *cooperation.ROUTES,
    *connections.ROUTES,
    *intervention.ROUTES,
    *national.ROUTES,
    *membership.ROUTES,
    *resourcing.ROUTES,
    *indicators.ROUTES,
    *public.ROUTES,
]

ROUTES: Final[list[ControllerRouterHandler]] = [*EDGE, *PRODUCT]
