"""To whom an email about a request goes, the contact the area noted and those who answer there; and where it leads."""

from __future__ import annotations

from uuid import UUID

from infra.clock import today
from infra.database import sql
from infra.ids import opaque


async def recipients(*, area_id: int, request_id: UUID) -> list[str]:
    """Return the addresses, each once, in lower case. Expects the area's own scope."""
    rows = await sql.fetch(
        """select distinct lower(address) as address from duty_request r, lateral (
            select g.contact_email as address from relevant_agency g
                where g.area_id = r.area_id and g.id = r.agency_id and g.contact_email is not null
            union all
            select p.email from role_assignment h join person p on p.id = h.person_id
                where h.area_id = r.area_id and h.organisation_id = r.organisation_id and p.disabled_at is null
                    and h.valid_from <= $3 and (h.valid_to is null or h.valid_to >= $3)) known
        where r.area_id = $1 and r.id = $2 order by 1""",
        area_id,
        request_id,
        today(),
    )
    return [row["address"] for row in rows]


def page_of(*, area_id: int, request_id: UUID) -> str:
    """Return the path of the page on which the agency answers the request."""
    return "/duties/" + opaque("DutyRequest", f"{area_id}.{request_id}")
