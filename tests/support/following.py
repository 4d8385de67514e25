"""An area whose board another body follows in the national register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tenants.membership import queries, service
from tenants.membership.queries.following import Succession
from tenants.membership.rules import Kind
from tenants.organisations import service as register
from tenants.organisations.rules import Kind as BodyKind
from tenants.tenancy.scope import tenant_scope
from tests.support.membership import make_partnership
from tests.support.organisations import administrator, make_body
from tests.support.world import AreaMade, manager

ON = date(2026, 4, 1)


@dataclass(frozen=True)
class Followed:
    """An area whose integrated care board was followed by another."""

    area: AreaMade
    partner: UUID
    old: UUID
    new: UUID

    async def waiting(self) -> list[Succession]:
        """Return what waits for the area's decision."""
        async with tenant_scope(manager(self.area), readonly=True):
            return await queries.successions(area_id=self.area.id)

    async def follow(self, *, on: date = ON, version: int = 2) -> UUID:
        """Let the successor take over."""
        by, area = manager(self.area), self.area.id
        async with tenant_scope(by):
            return await service.follow_successor(
                by=by, area_id=area, partner_id=self.partner, version=version, organisation_id=self.new, on=on
            )


async def followed() -> Followed:
    """Make the area, link its board to the register and let another body follow that."""
    made = await make_partnership()
    old, new = [await make_body(BodyKind.INTEGRATED_CARE_BOARD, name) for name in ("NHS Old ICB", "NHS New ICB")]
    partner, by = made.bodies[Kind.INTEGRATED_CARE_BOARD], made.manager
    async with tenant_scope(by):
        await service.link_partner(by=by, area_id=made.area.id, partner_id=partner, version=1, organisation_id=old)
    who = administrator()
    async with tenant_scope(who):
        await register.merge_bodies(by=who, predecessors=[old], successor_id=new, on=ON, reason="By order.")
    return Followed(area=made.area, partner=partner, old=old, new=new)
