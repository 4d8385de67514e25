"""Telling an area's business managers by email that an endpoint was disabled."""

from __future__ import annotations

from infra.clock import today
from infra.database import sql
from tenants.tenancy.actor import Actor
from tenants.tenancy.mail.service import send_mail
from tenants.tenancy.roles import Role

TEMPLATE = "webhook_disabled"
_MANAGERS = """
select distinct p.id, p.email from role_assignment h join person p on p.id = h.person_id
where h.area_id = $1 and h.role = $2 and p.disabled_at is null and h.valid_from <= $3
    and (h.valid_to is null or h.valid_to >= $3) order by p.id
"""


async def tell_disabled(*, by: Actor, area_id: int, description: str, reason: str) -> int:
    """Write to the area's business managers; return to how many."""
    people = await sql.fetch(_MANAGERS, area_id, Role.BUSINESS_MANAGER.value, today())
    slug = await sql.fetch_value("select slug from area where id = $1", area_id)
    values = {"name": description, "problem": reason[:280], "page": f"/area/{slug}/webhooks"}
    for person in people:
        await send_mail(
            by=by, area_id=area_id, to=person["email"], person_id=person["id"], template=TEMPLATE, values=values
        )
    return len(people)
