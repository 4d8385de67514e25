"""Reading what waits for a lead's agreement, in every area in which they lead a body: three statements in all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from infra.clock import today
from infra.database import sql
from tenants.membership import queries as membership
from tenants.resourcing.permissions import led_by
from tenants.resourcing.queries.rows import Agreeable, Waiting
from tenants.resourcing.rules import Agreed, Form
from tenants.tenancy import queries as tenancy
from tenants.tenancy.actor import Actor
from tenants.tenancy.roles import Role

#: every budget and contribution of the areas $1, and the bodies whose lead agreed it as it stands
AGREEABLE = """
select b.area_id, 'budget' as what, b.id, b.year, b.version, b.state, null as contributor, null as form,
    coalesce((select sum(l.planned_pence) from budget_line l
        where l.area_id = b.area_id and l.budget_id = b.id and l.removed_reason is null), 0)::bigint as amount_pence,
    null::bigint as reduced_from_pence,
    exists (select from budget_line l
        where l.area_id = b.area_id and l.budget_id = b.id and l.removed_reason is null) as ready,
    array(select g.partner_id from funding_agreement g where g.area_id = b.area_id and g.budget_id = b.id
        and g.contribution_id is null and g.of_terms = b.terms) as agreed_by
from budget b where b.area_id = any ($1)
union all
select c.area_id, 'contribution', c.id, b.year, c.version, c.state, coalesce(p.name, c.contributor), c.form,
    c.amount_pence, case when c.state = 'reduced' then nullif(c.reduced_from_pence, c.amount_pence) end, true,
    array(select g.partner_id from funding_agreement g where g.area_id = c.area_id and g.contribution_id = c.id
        and g.of_terms = c.terms)
from contribution c
join budget b on b.area_id = c.area_id and b.id = c.budget_id
left join partner_body p on p.area_id = c.area_id and p.id = c.partner_id
where c.area_id = any ($1)
"""
#: which of them wait for whoever has not agreed
WAITS = "ready and (what, state) in (('budget', 'draft'), ('contribution', 'pledged'), ('contribution', 'reduced'))"
_WAITING = f"""select area_id, what, id, year, version, contributor, form, amount_pence, reduced_from_pence, agreed_by
    from ({AGREEABLE}) found where {WAITS}
    and exists (select from unnest($2::integer[], $3::uuid[]) mine (area_id, partner_id)
        where mine.area_id = found.area_id and mine.partner_id <> all (found.agreed_by))
    and ($4::integer is null or (array_position($1, area_id), -year, what, coalesce(contributor, ''), id)
        > (array_position($1, $4), -$5::integer, $6::text, $7::text, $8::uuid))
    order by array_position($1, area_id), -year, what, coalesce(contributor, ''), id limit $9"""
_NAMED = f"""select area_id, what, id, year, version, contributor, form, amount_pence, reduced_from_pence, agreed_by
    from ({AGREEABLE}) found where id = any ($2)"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a page of the list begins: after this thing."""

    area_id: int
    year: int
    what: str
    contributor: str
    id: UUID


async def waiting_for(
    actor: Actor, *, area_id: int | None = None, after: Place | None = None, limit: int = 201
) -> list[Waiting]:
    """Return the draft budgets and pledged contributions that a body the actor leads has not agreed as they stand.

    In all areas in which the actor is a lead today, or in one; by the area's name, the latest year first. `after` an
    area in which the actor leads nothing any more begins again from the first.
    """
    areas = areas_led(actor, area_id=area_id)
    if not areas:
        return []
    leads = await membership.lead_partners_of(area_ids=areas, as_at=today())
    mine = {one: led_by(actor, area_id=one, leads=leads[one]) for one in areas}
    led = [(one, lead.partner_id) for one in areas for lead in mine[one]]
    named = [row.id for row in await tenancy.areas(ids=list({one for one, _ in led}), limit=len(areas))]
    key = (after.area_id, after.year, after.what, after.contributor, after.id) if after else ()
    place = key if after and after.area_id in named else (None,) * 5
    rows = await sql.fetch(_WAITING, named, [one for one, _ in led], [body for _, body in led], *place, limit)
    return [
        Waiting(
            thing=_agreeable(row),
            bodies=[lead.name for lead in mine[row["area_id"]] if lead.partner_id not in row["agreed_by"]],
        )
        for row in rows
    ]


def areas_led(actor: Actor, *, area_id: int | None = None) -> list[int]:
    """Return the areas in which the actor holds the role of a lead today; only that one when it is given."""
    return [
        one for one in sorted(actor.read_areas)
        if area_id in (None, one) and actor.holds(Role.LEAD_SAFEGUARDING_PARTNER, area_id=one)
    ]  # fmt: skip


async def agreeable(*, area_ids: Sequence[int], ids: Sequence[UUID]) -> dict[UUID, Agreeable]:
    """Return these budgets and contributions by id, whatever their state; those not the reader's are left out."""
    rows = await sql.fetch(_NAMED, list(area_ids), list(ids))
    return {row["id"]: _agreeable(row) for row in rows}


def _agreeable(row: Any) -> Agreeable:
    kept = ("area_id", "id", "year", "version", "contributor", "amount_pence", "reduced_from_pence")
    values = {key: row[key] for key in kept}
    return Agreeable(what=Agreed(row["what"]), form=None if row["form"] is None else Form(row["form"]), **values)
