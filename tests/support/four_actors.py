"""The four who try each mutation: anonymous, of another area, a member without permission, a member with it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from tenants.tenancy.actor import Actor
from tenants.tenancy.roles import Role
from tests.support.world import AreaMade, make_actor, make_area

Who = Callable[[AreaMade], Awaitable[Actor | None]]


async def nobody(area: AreaMade) -> None:
    return None


async def stranger(area: AreaMade) -> Actor:
    return await make_actor(Role.BUSINESS_MANAGER, area=await make_area("Elsewhere"))


async def viewer(area: AreaMade) -> Actor:
    return await make_actor(Role.VIEWER, area=area)


async def manager(area: AreaMade) -> Actor:
    return await make_actor(Role.BUSINESS_MANAGER, area=area)
