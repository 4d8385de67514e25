"""data.police.uk in its own words: one list, a plain 404. `GET /forces`"""

from __future__ import annotations

from typing import Any

from integrations.agency import Agency
from integrations.errors import AgencyRefused
from integrations.reading import broken, json_of


async def forces(agency: Agency) -> list[Any]:
    """Return the forces as sent: objects with `id` and `name`. Raises `AgencyRefused` or `AgencyBroken`."""
    answer = await agency.get("forces")
    if answer.status != 200:
        raise AgencyRefused(f"The directory of forces is not at this address ({answer.status}).", status=answer.status)
    rows = json_of(answer)
    if not isinstance(rows, list) or not rows:
        raise broken(answer, "The directory of forces is empty, or no list.")
    return rows
