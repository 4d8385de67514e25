"""What has been built so far: the ids of what is there, and the people as the actors they really are."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from backend.auth import actors
from backend.demo.dates import Days
from backend.demo.plan import AreaPlan, Scale, areas_of
from tenants.tenancy.actor import Actor, Grant
from tenants.tenancy.people import queries
from tenants.tenancy.roles import Hat, Role
from tenants.tenancy.scope import system_scope, tenant_scope

Answer = TypeVar("Answer")
AT_ONCE = 4

#: Gives the first administrator their role, as whoever installs the service does.
FOUNDER = Actor(
    kind="system", name="Installation", hat=Hat.PLATFORM, grants=(Grant(role=Role.PLATFORM_ADMINISTRATOR),)
)


@dataclass(kw_only=True)
class World:
    """The nation while it is being built.

    Organisations by key: `la:CODE`, `body:KEY`, `force:KEY`, `agency:KEY`, `uid:NUMBER`, `urn:NUMBER`.
    """

    scale: Scale
    days: Days
    identity_url: str
    areas: dict[str, int] = field(default_factory=dict)
    organisations: dict[str, UUID] = field(default_factory=dict)
    people: dict[str, UUID] = field(default_factory=dict)
    known: dict[tuple[str, Hat], Actor] = field(default_factory=dict)

    @property
    def plans(self) -> tuple[AreaPlan, ...]:
        """Return the areas of this nation."""
        return areas_of(self.scale)

    def issuer(self, name: str) -> str:
        """Return the address of one of the two sign-in pages."""
        return f"{self.identity_url}/{name}"

    async def actor(self, subject: str, *, hat: Hat = Hat.LOCAL, anew: bool = False) -> Actor:
        """Return a person as signing in would: with the roles they hold today, and what those reach.

        `anew` asks again: an organisation that an area has chosen since is present in one area more.
        """
        if anew or (subject, hat) not in self.known:
            async with system_scope(actors.SIGN_IN, powers=["signin"]):
                person = await queries.person(person_id=self.people[subject])
                assert person is not None
                self.known[subject, hat] = await actors.of_person(person, hat=hat)
        return self.known[subject, hat]

    async def platform(self) -> Actor:
        """Return the platform administrator."""
        return await self.actor("platform", hat=Hat.PLATFORM)

    async def manager(self, slug: str) -> Actor:
        """Return an area's business manager."""
        return await self.actor(f"{slug}-manager")


async def side_by_side(world: World, write: Callable[[AreaPlan], Awaitable[None]]) -> None:
    """Write the areas some at a time: one waits for the database while another thinks."""
    turn = asyncio.Semaphore(AT_ONCE)

    async def one(plan: AreaPlan) -> None:
        async with turn:
            await write(plan)

    async with asyncio.TaskGroup() as group:
        for plan in world.plans:
            group.create_task(one(plan))


async def do(by: Actor, verb: Callable[..., Awaitable[Answer]], **inputs: Any) -> Answer:
    """Run one use case as one person, in a transaction of its own."""
    async with tenant_scope(by):
        return await verb(by=by, **inputs)

