"""Sealing the providers' secrets anew after the installation's secret key was changed."""

from __future__ import annotations

from dataclasses import dataclass

from infra.database import sql
from infra.sealing import CannotOpen, seal, unseal
from infra.secrets import SHORTEST
from tenants.audit.service import PLATFORM, record
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Invalid, WrongState
from tenants.tenancy.permissions import check_can_administer
from tenants.tenancy.providers import queries
from tenants.tenancy.providers.queries import ProviderRow
from tenants.tenancy.providers.service import place_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Resealed:
    """How many secrets were sealed anew, and how many were sealed with the key of today already."""

    anew: int
    already: int


async def reseal(*, by: Actor, old_secret: bytes) -> Resealed:
    """Open every provider's secret with the old key and seal it with the key of today, all or none.

    For platform administrators. Raises `Invalid` when the old key cannot be one, and `WrongState` naming the
    providers whose secret opens with neither key.
    """
    check_can_administer(by)
    if len(old_secret) < SHORTEST:
        raise Invalid(f"The old secret key must have at least {SHORTEST} characters.", field="oldSecretKey")
    rows = await queries.sealed_for_update()
    waiting = [row for row in rows if _opened(row, under=None) is None]
    opened = {row.slug: _opened(row, under=old_secret) for row in waiting}
    if lost := [slug for slug, secret in opened.items() if secret is None]:
        raise WrongState(
            f"The secret of {', '.join(lost)} opens neither with the old key nor with the new one. Nothing was changed."
        )
    for slug, secret in opened.items():
        sealed = seal(secret or "", place=place_of(slug))
        await sql.execute("update identity_provider set sealed_secret = $2 where slug = $1", slug, sealed)
    done = Resealed(anew=len(opened), already=len(rows) - len(opened))
    after = {"anew": sorted(opened), "already": done.already}
    await record(by=by, area_id=PLATFORM, action="provider.reseal", subject=("identity_provider", "all"), after=after)
    return done


def _opened(row: ProviderRow, *, under: bytes | None) -> str | None:
    try:
        return unseal(row.sealed_secret or b"", place=place_of(row.slug), under=under)
    except CannotOpen:
        return None
