"""Reading whom a duty would be asked of now, before anybody is asked."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from infra.clock import today
from infra.database import sql
from tenants.cooperation.rules.agencies import INCLUDED


@dataclass(frozen=True, kw_only=True, slots=True)
class WouldAsk:
    """How many agencies of a category would be asked; `unreachable` of them have no address that an email can go to."""

    category: str
    category_label: str
    agencies: int
    unreachable: int


_WOULD_ASK = """
select g.category, c.label as category_label, count(*) as agencies, count(*) filter (where g.contact_email is null
    and not exists (select from role_assignment h join person p on p.id = h.person_id
        where h.area_id = g.area_id and h.organisation_id = g.organisation_id and p.disabled_at is null
            and h.valid_from <= $5 and (h.valid_to is null or h.valid_to >= $5))) as unreachable
from duty d
    join duty_version v on v.area_id = d.area_id and v.duty_id = d.id and v.id = coalesce(
        (select y.duty_version_id from duty_cycle y where y.area_id = d.area_id and y.duty_id = d.id and y.id = $3),
        (select n.id from duty_version n where n.area_id = d.area_id and n.duty_id = d.id
            and n.number = d.latest_number))
    join relevant_agency g on g.area_id = v.area_id and g.category = any (v.categories) and g.state = any ($4)
    join agency_category c on c.code = g.category
where d.area_id = $1 and d.id = $2 and not exists (select from duty_request r
    where r.area_id = g.area_id and r.cycle_id = $3 and r.agency_id = g.id)
group by g.category, c.label order by c.label
"""


async def would_ask(*, area_id: int, duty_id: UUID, cycle_id: UUID | None = None) -> list[WouldAsk]:
    """Return by category whom a new cycle of the duty would ask, or whom `cycle_id` has not asked yet."""
    included = [state.value for state in INCLUDED]
    rows = await sql.fetch(_WOULD_ASK, area_id, duty_id, cycle_id, included, today())
    return [WouldAsk(**row) for row in rows]
