"""Every page of the board about agencies and duties."""

from __future__ import annotations

from backend.web.cooperation import agencies, choosing, duties, requests

ROUTES = [*choosing.ROUTES, *agencies.ROUTES, *duties.ROUTES, *requests.ROUTES]
