"""Every page about connections and contacts."""

from __future__ import annotations

from backend.web.connections import contacts, hook, linking, listing, proposals, running, signing_keys

ROUTES = [
    *listing.ROUTES,
    *linking.ROUTES,
    *running.ROUTES,
    *hook.ROUTES,
    *signing_keys.ROUTES,
    *proposals.ROUTES,
    *contacts.ROUTES,
]
