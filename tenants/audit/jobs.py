"""What the audit chains do by themselves: every night their heads are anchored in a signed file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infra.queue import sweep
from infra.settings import load_settings
from tenants.audit.anchoring import anchor, keep_anchor

if TYPE_CHECKING:
    from tenants.tenancy.actor import Actor

DAY_SECONDS = 86_400


@sweep("audit.anchor", every=DAY_SECONDS, powers=["anchor"])
async def anchor_chains(*, by: Actor) -> None:
    """Write a signed anchor of all chains into the data folder; without a key to sign with, none is made."""
    settings = load_settings()
    if settings.anchor_seed is not None:
        made = await anchor(by=by)
        keep_anchor(made, seed=settings.anchor_seed, folder=settings.anchor_folder)
