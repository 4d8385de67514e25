"""What is kept of an area's agencies and requests so that nobody has to count, against the records themselves."""

from __future__ import annotations

import json
from dataclasses import dataclass

from infra.database import sql

_AGENCIES = """
select coalesce(jsonb_agg(row_to_json(c) order by c.category, c.state), '[]')::text as counted, coalesce((
        select jsonb_agg(row_to_json(k) order by k.category, k.state)
        from (select category, state, agencies from agency_count where area_id = $1 and agencies <> 0) k), '[]')::text
    as kept
from (select category, state, count(*)::integer as agencies from relevant_agency where area_id = $1 group by 1, 2) c
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """How many agencies of an area stand where: as kept, and as counted in the same moment. Both as JSON."""

    kept: str
    counted: str

    @property
    def differ(self) -> bool:
        """Whether the one says something else than the other."""
        return bool(json.loads(self.kept) != json.loads(self.counted))


async def agency_counts(*, area_id: int) -> Counts:
    """Return what is kept of an area's agencies beside what is there. Needs the area's read scope."""
    row = await sql.fetch_one(_AGENCIES, area_id)
    assert row is not None
    return Counts(kept=row["kept"], counted=row["counted"])
