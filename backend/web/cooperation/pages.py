"""Every page of the board about agencies and duties."""

from __future__ import annotations

from backend.web.cooperation import agencies, agency_export, choosing, duties, requests

ROUTES = [*choosing.ROUTES, *agencies.ROUTES, *agency_export.ROUTES, *duties.ROUTES, *requests.ROUTES]
