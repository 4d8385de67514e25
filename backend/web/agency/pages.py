"""Every page of an agency's own people."""

from __future__ import annotations

from backend.web.agency import duties, returns, trust

ROUTES = [*duties.ROUTES, *returns.ROUTES, *trust.ROUTES]
