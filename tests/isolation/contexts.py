"""Who looks in the census: each login under a context, and which areas and organisations are theirs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from uuid import UUID

from backend.demo.world import World
from tenants.tenancy.actor import Actor
from tenants.tenancy.context import current_key
from tenants.tenancy.roles import Hat
from tenants.tenancy.scope import worker_actor


@dataclass(frozen=True, kw_only=True)
class Context:
    """A login, and the signed context that it has for a back end (None: none at all)."""

    name: str
    login: str
    sign: Callable[[int], str] | None = None
    areas: frozenset[int] = frozenset()
    visits: frozenset[int] = frozenset()
    reach: frozenset[tuple[int | None, UUID]] = frozenset()
    principal: UUID | None = None
    official: bool = field(default=False)


def _of(name: str, actor: Actor, *, login: str = "concordat_app") -> Context:
    return Context(
        name=name,
        login=login,
        sign=lambda backend: current_key().sign(actor, backend=backend),
        areas=actor.read_areas,
        visits=actor.visits,
        reach=actor.reach,
        principal=actor.id,
        official=actor.is_official,
    )


NAMES = (
    "no context",
    "member of one area",
    "member of another area",
    "member of both areas",
    "contact of a school in one area",
    "lead of a trust with schools in every area",
    "official at work",
    "national login",
    "public login",
    "worker with one area",
)


async def contexts(world: World) -> dict[str, Context]:
    """Return the contexts by name."""
    one, other = await world.manager("brackenshire"), await world.manager("wrenshire")
    both = replace(one, grants=(*one.grants, *other.grants))
    school = next(subject for subject in world.people if subject.startswith("school-"))
    areas = [world.areas["brackenshire"]]
    made = (
        Context(name=NAMES[0], login="concordat_app"),
        _of(NAMES[1], one),
        _of(NAMES[2], other),
        _of(NAMES[3], both),
        _of(NAMES[4], await world.actor(school, anew=True)),
        _of(NAMES[5], await world.actor("trust-96001", anew=True)),
        _of(NAMES[6], await world.actor("official", hat=Hat.NATIONAL, anew=True)),
        Context(name=NAMES[7], login="concordat_national"),
        Context(name=NAMES[8], login="concordat_public"),
        _of(NAMES[9], worker_actor("census", areas=areas), login="concordat_worker"),
    )
    return {context.name: context for context in made}
