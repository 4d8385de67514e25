"""Every page of an agency's own people."""

from __future__ import annotations

from backend.web.agency import duties, inclusions, returns, trust

ROUTES = [*duties.ROUTES, *inclusions.ROUTES, *returns.ROUTES, *trust.ROUTES]
