"""What happens after a move: those concerned are told by email. And when a decision is to be reviewed."""

from __future__ import annotations

from uuid import UUID

from infra.database import sql
from infra.queue import enqueue, job, sweep
from tenants.intervention.service.reminding import remind_of_reviews
from tenants.intervention.service.telling import tell_of_move
from tenants.tenancy.actor import Actor

SIX_HOURS = 6 * 3600


# the powers to write to someone who belongs to no area, and to see who the officials are
@job("flag.tell", powers=["mail", "officials"])
async def tell(*, by: Actor, area_id: int, move_id: UUID) -> None:
    """Write to everyone concerned by a move."""
    await tell_of_move(by=by, area_id=area_id, move_id=move_id)


@sweep("flag.remind_all", every=SIX_HOURS, powers=["queue"])  # the power to send into every area
async def remind_all() -> None:
    """Ask for the reminders of every area that has not been merged into another."""
    for row in await sql.fetch("select id from area where lifecycle <> 'merged' order by id"):
        await enqueue("flag.remind", area_id=row["id"])


@job("flag.remind", queue="bulk", powers=["mail", "officials"])
async def remind(*, by: Actor, area_id: int) -> None:
    """Write about the decisions of one area whose review date has come."""
    await remind_of_reviews(by=by, area_id=area_id)
