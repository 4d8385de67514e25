"""Every page of the platform administrator."""

from __future__ import annotations

from backend.web.platform import area_changes, areas, audit, clients, imports, jobs, people, person, providers

ROUTES = [
    *areas.ROUTES,
    *area_changes.ROUTES,
    *people.ROUTES,
    *person.ROUTES,
    *providers.ROUTES,
    *clients.ROUTES,
    *imports.ROUTES,
    *jobs.ROUTES,
    *audit.ROUTES,
]
