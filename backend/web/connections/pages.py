"""Every page about connections and contacts."""

from __future__ import annotations

from backend.web.connections import (
    contacts,
    hook,
    linking,
    listing,
    proposals,
    running,
    signing_keys,
    webhook_moves,
    webhooks,
)

ROUTES = [
    *listing.ROUTES,
    *linking.ROUTES,
    *running.ROUTES,
    *hook.ROUTES,
    *signing_keys.ROUTES,
    *proposals.ROUTES,
    *contacts.ROUTES,
    *webhooks.ROUTES,
    *webhook_moves.ROUTES,
]
