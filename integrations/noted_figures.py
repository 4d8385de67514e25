"""What connectors of figures share: listing that a page brought some, beside the facts of the directories."""

from __future__ import annotations

from integrations.connector import Link
from tenants.connections import changes
from tenants.tenancy.actor import Actor


async def note_figures(*, by: Actor, link: Link, subject: str, new: int, revised: int = 0) -> None:
    """List how many figures a page brought and audit it; nothing for none. The figures keep their own revisions."""
    if not new + revised:
        return
    told = f"{new} new or changed" if not revised else f"{new} new, {revised} revised"
    fact = changes.Applied(what="figures", subject_kind="indicator", subject=subject, after=told)
    await changes.note(by=by, link_id=link.connection_id, run_id=link.run_id, rows=[fact])
