"""What the register does by itself."""

from __future__ import annotations

from infra.queue import sweep
from tenants.organisations.imports.placing import place_everyone
from tenants.tenancy.actor import Actor


@sweep("register.place", every=900, powers=["register"])
async def place(*, by: Actor) -> None:
    """Move schools and trusts when an area's cover changed, or when a change that was dated ahead takes effect."""
    await place_everyone(by=by)
