"""Reading a year's shares beside last year's, also of those who gave last year and give nothing this year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from infra.database import sql
from tenants.membership import queries as membership
from tenants.membership.queries.rows import Partner
from tenants.resourcing import rules
from tenants.resourcing.queries.rows import ContributionRow, Share
from tenants.resourcing.rules import State

_LAST_YEAR = """select c.partner_id, c.contributor, sum(c.amount_pence)::bigint as amount
    from budget b left join contribution c
        on c.area_id = b.area_id and c.budget_id = b.id and c.state <> 'withdrawn'
    where b.area_id = $1 and b.year = $2 group by 1, 2"""

Giver = UUID | str  #: a partner body by its id, another organisation by its name


async def shares(*, area_id: int, year: int, given: Sequence[ContributionRow]) -> list[Share]:
    """Return who gives how much, the most first; then who gave last year and gives nothing this year, by name."""
    amounts: dict[Giver, int] = defaultdict(int)
    for each in given:
        if each.state is not State.WITHDRAWN:
            amounts[each.partner_id or each.contributor] += each.amount_pence
    bodies = {body.id: body for body in await membership.partners(area_id=area_id)}
    before = await _last_year(area_id=area_id, year=year - 1, bodies=bodies, giving=amounts)
    points = rules.shares(amounts)
    found = [
        Share(
            contributor=bodies[giver].name if isinstance(giver, UUID) else giver,
            partner_id=giver if isinstance(giver, UUID) else None,
            amount_pence=amounts.get(giver, 0),
            basis_points=points.get(giver, 0),
            last_year_pence=None if before is None else before.get(giver, 0),
        )
        for giver in [*amounts, *sorted((before or {}).keys() - amounts.keys(), key=_place)]
    ]
    return sorted(found, key=lambda share: (-share.amount_pence, share.contributor))


def _place(giver: Giver) -> tuple[bool, str]:
    """Return where it stands among those of its name: a partner body before an organisation."""
    return not isinstance(giver, UUID), str(giver)


async def _last_year(
    *, area_id: int, year: int, bodies: Mapping[UUID, Partner], giving: Collection[Giver]
) -> dict[Giver, int] | None:
    """Return last year's amounts by who they count for this year; None when there was no budget."""
    rows = await sql.fetch(_LAST_YEAR, area_id, year)
    if not rows:
        return None
    amounts: dict[Giver, int] = defaultdict(int)
    for row in rows:
        if row["amount"] is not None:
            giver = _follower(row["partner_id"], bodies=bodies, giving=giving) if row["partner_id"] else None
            amounts[giver or row["contributor"]] += row["amount"]
    return amounts


def _follower(body: UUID, *, bodies: Mapping[UUID, Partner], giving: Collection[Giver]) -> UUID:
    """Return the body itself or the first after it that gives this year; when none does, the last after it."""
    line = [body]
    while (follower := bodies[line[-1]].succeeded_by) is not None:
        line.append(follower)
    return next((each for each in line if each in giving), line[-1])
