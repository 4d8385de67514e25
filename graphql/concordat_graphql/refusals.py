"""What someone may not do or see is refused, and the refusal is an audit entry of whose it was."""

from __future__ import annotations

from collections.abc import Sequence

from tenants.audit.service import PLATFORM, record
from tenants.tenancy import queries as tenancy
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import NotAllowed
from tenants.tenancy.scope import system_scope


async def record_refusal(actor: Actor, *, subject: tuple[str, str], refusal: NotAllowed) -> None:
    """Append the refusal to the chain of its area; to the platform's where there is no such area, or none is named."""
    async with system_scope("refusal", powers=["refusal"]):
        area_id = PLATFORM if refusal.area_id is None else refusal.area_id
        known = area_id == PLATFORM or await tenancy.area(area_id=area_id) is not None
        await record(
            by=actor,
            area_id=area_id if known else PLATFORM,  # an area that does not exist has no chain to begin
            action="authorisation.refuse",
            subject=subject,
            reason=refusal.message,
        )


async def record_refused_reads(actor: Actor, *, name: str, refused: Sequence[NotAllowed]) -> None:
    """Append what one operation was refused: one entry for each area, however often it asked."""
    for refusal in {refusal.area_id: refusal for refusal in refused}.values():
        await record_refusal(actor, subject=("operation", name), refusal=refusal)
