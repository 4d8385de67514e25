"""What happens after a move: those concerned are told by email."""

from __future__ import annotations

from uuid import UUID

from infra.queue import job
from tenants.intervention.service.telling import tell_of_move
from tenants.tenancy.actor import Actor


@job("flag.tell", powers=["mail"])  # the power to write to someone who belongs to no area
async def tell(*, by: Actor, area_id: int, move_id: UUID) -> None:
    """Write to everyone concerned by a move."""
    await tell_of_move(by=by, area_id=area_id, move_id=move_id)
