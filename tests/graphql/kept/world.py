"""Someone signed in, and two web processes that both know them already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from litestar import Litestar

from infra.database.scope import observer
from infra.secrets import token_hash
from tenants.tenancy import service as tenancy
from tenants.tenancy.actor import Actor
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.support.product import Api, session_token
from tests.support.world import AreaMade, make_actor, make_area, manager

READ = "AreaSettings"


@dataclass(frozen=True, kw_only=True)
class Warm:
    """An area with a board, and its manager, whose session two processes have kept."""

    area: AreaMade
    actor: Actor
    token: str
    processes: tuple[Litestar, Litestar]

    @property
    def kept(self) -> Actor | None:
        """Return the actor as the first process keeps them."""
        found = self.processes[0].state.kept_actors.get(token_hash(self.token))
        return None if found is None else found.actor

    def forget(self) -> None:
        """Let the first process be one that has not met them."""
        self.processes[0].state.kept_actors.forget(token_hash(self.token))

    @property
    def person(self) -> UUID:
        """Return the id of the person."""
        assert self.actor.id is not None
        return self.actor.id

    async def ask(self, process: Litestar) -> tuple[dict[str, Any], list[str]]:
        """Return what a process answers, and the statements that this took."""
        seen: list[str] = []
        watching = observer.set(seen.append)
        try:
            return await Api(process, token=self.token).run(READ, slug=self.area.slug), seen
        finally:
            observer.reset(watching)


async def warm(processes: tuple[Litestar, Litestar]) -> Warm:
    """Make the world; each of the two processes has answered twice."""
    area = await make_area()
    async with tenant_scope(manager(area)):
        await tenancy.link_board(
            by=manager(area), area_id=area.id, name="Adults board", kind="safeguarding_adults", url=None, note=None
        )
    who = await make_actor(Role.BUSINESS_MANAGER, area=area)
    made = Warm(area=area, actor=who, token=await session_token(who), processes=processes)
    for process in made.processes:
        await made.ask(process)
        assert len((await made.ask(process))[1]) == 1
    return made
