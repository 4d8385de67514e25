"""What an administrator chooses from: areas and roles."""

from __future__ import annotations

from typing import Any

from litestar import Request

from backend.web.operation import query
from tenants.tenancy.roles import AGENCY_ROLES, AREA_ROLES, LABELS, NATIONAL_ROLES, Role


def role_options(roles: frozenset[Role]) -> list[dict[str, str]]:
    """Returns the roles with their labels, in the order in which they are declared."""
    return [{"value": role.value, "text": LABELS[role]} for role in Role if role in roles]


ALL_ROLES = role_options(AREA_ROLES | AGENCY_ROLES | NATIONAL_ROLES | {Role.PLATFORM_ADMINISTRATOR})
MACHINE_ROLES = role_options(AREA_ROLES | NATIONAL_ROLES)


async def area_options(request: Request[Any, Any, Any]) -> list[dict[str, str]]:
    """Returns every area that is not merged, by name."""
    options: list[dict[str, str]] = []
    after: str | None = None
    while True:
        page = (await query(request, "AreaChoices", after=after)).platformAreas
        options += [
            {"value": line.area.id, "text": line.area.name} for line in page.nodes if line.area.lifecycle != "merged"
        ]
        if not page.pageInfo.hasNextPage:
            return options
        after = page.pageInfo.endCursor
