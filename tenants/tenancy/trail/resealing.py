"""Sealing the keys of personal text in audit trails anew, after the installation's secret key was changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from infra.secrets import SHORTEST
from tenants.audit import keys
from tenants.audit.service import PLATFORM, record
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Invalid
from tenants.tenancy.permissions import check_can_administer


@dataclass(frozen=True, kw_only=True, slots=True)
class TrailKeys:
    """How many keys were sealed anew, how many were already; `lost`: the areas of those that open with neither key."""

    anew: int
    already: int
    lost: tuple[int, ...]


async def reseal(*, by: Actor, areas: Sequence[int], old_secret: bytes) -> TrailKeys:
    """Seal the areas' keys with the secret key of today. For platform administrators, in a scope of the areas.

    Raises `Invalid` when the old key cannot be one. A key that opens with neither is left, and named by its area.
    """
    check_can_administer(by)
    if len(old_secret) < SHORTEST:
        raise Invalid(f"The old secret key must have at least {SHORTEST} characters.", field="oldSecretKey")
    anew, already, lost = await keys.reseal(areas=[PLATFORM, *areas], old_secret=old_secret)
    if anew:
        after = {"anew": anew, "already": already, "lost": len(lost)}
        await record(by=by, area_id=PLATFORM, action="trail.reseal", subject=("subject_key", "all"), after=after)
    return TrailKeys(anew=anew, already=already, lost=tuple(lost))
