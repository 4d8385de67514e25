"""Partners whose body has a successor in the national register: what the area is asked to decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from infra.database import sql
from tenants.membership.rules import KIND_LABELS, Kind
from tenants.organisations import queries as organisations

_PARTNERS = """
select p.id, p.name, p.kind, p.version, p.organisation_id, p.not_followed, p.valid_from
from partner_body p where p.area_id = $1 and p.valid_to is null and p.organisation_id is not null
order by p.name, p.id
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Succession:
    """A partner of today, and the body that follows it as the register has it.

    `on` is the day on which it took over, None where the register does not say; `listed_id` is the successor where it
    is a partner of the area already.
    """

    partner_id: UUID
    version: int
    name: str
    kind: Kind
    organisation_id: UUID
    successor: str
    on: date | None
    listed_id: UUID | None

    @property
    def reason(self) -> str:
        """Return what goes into the history when it is accepted."""
        return f"{self.successor} followed this {KIND_LABELS[self.kind]}, as the national register has it."


async def successions(*, area_id: int) -> list[Succession]:
    """Return what waits for a decision, by partner. Two statements whatever the number of partners."""
    rows = await sql.fetch(_PARTNERS, area_id)
    listed = {row["organisation_id"]: row["id"] for row in rows}
    known = await organisations.current_successors_of(organisation_ids=list(listed))
    return [
        Succession(
            partner_id=row["id"],
            version=row["version"],
            name=row["name"],
            kind=Kind(row["kind"]),
            organisation_id=one.id,
            successor=one.name,
            on=one.on_date,
            listed_id=listed.get(one.id),
        )
        for row in rows
        for one in known[row["organisation_id"]]
        if one.id not in row["not_followed"]
    ]
