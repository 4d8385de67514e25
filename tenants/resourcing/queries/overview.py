"""Reading budgets of many areas with what the national login is granted: amounts of agreed budgets, no words."""

from __future__ import annotations

from collections.abc import Sequence

from infra.database import sql
from tenants.resourcing.queries.rows import AreaBudget

_TOTALS = """
select ids.area_id, $2::integer as year, b.state, b.agreed_on,
    (select sum(planned_pence)::bigint from budget_line l where l.area_id = b.area_id and l.budget_id = b.id
        and b.state = 'agreed') as planned_pence,
    (select sum(c.amount_pence)::bigint from contribution c where c.area_id = b.area_id and c.budget_id = b.id
        and c.state <> 'withdrawn' and b.state = 'agreed') as promised_pence,
    (select sum(r.amount_pence)::bigint from contribution c
        join receipt r on r.area_id = c.area_id and r.contribution_id = c.id
        where c.area_id = b.area_id and c.budget_id = b.id and b.state = 'agreed') as received_pence
from unnest($1::integer[]) with ordinality as ids (area_id, place)
left join budget b on b.area_id = ids.area_id and b.year = $2
order by ids.place
"""


async def totals_of(*, area_ids: Sequence[int], year: int) -> list[AreaBudget]:
    """Return each area's budget of the year, in one statement however many areas there are."""
    rows = await sql.fetch(_TOTALS, list(area_ids), year)
    return [AreaBudget(**row) for row in rows]
