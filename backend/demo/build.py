"""Building the nation from nothing to opening day, in the order in which a country would do it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from backend.cli.errors import CommandError
from backend.demo import (
    accounts,
    areas,
    connections,
    cooperation,
    indicators,
    intervention,
    membership,
    neighbours,
    overview,
    register,
    resourcing,
    webhooks,
)
from backend.demo.dates import Days
from backend.demo.linked import Portal
from backend.demo.plan import Mood, Scale, areas_of
from backend.demo.world import World
from infra.clock import today
from tenants.tenancy.queries import area_by_slug
from tenants.tenancy.scope import system_scope

Progress = Callable[[int, int, str], None]
Step = tuple[str, Callable[[], Awaitable[None]]]


@dataclass(kw_only=True)
class Place:
    """How far the building has come."""

    progress: Progress
    done: int = 0
    out_of: int = 1

    def tell(self, what: str) -> None:
        """Say what is being built."""
        self.progress(self.done, self.out_of, what)


class HalfBuilt(CommandError):
    """A nation was begun here and not finished."""

    def __init__(self) -> None:
        super().__init__(
            "A demo nation was begun in this database and never finished. Start it over: concordat demo --fresh"
        )


async def build(
    *,
    folder: Path,
    identity_url: str,
    client_secret: str,
    progress: Progress,
    scale: Scale = Scale(),
    agencies_url: str | None = None,
    portal: Portal | None = None,
) -> World | None:
    """Build the nation; return None when it is there already. Raises `HalfBuilt` for the remains of one.

    `folder` takes the register's extracts. The agencies' systems answer at `agencies_url` already, holding what
    `demo.agencies` says; without them nothing is linked. `portal` is where a connection that signs registers its keys.
    """
    if await _is_whole(scale):
        return None
    world = World(scale=scale, days=Days(today=today()), identity_url=identity_url)
    at = Place(progress=progress)
    link = partial(connections.link_systems, world, url=agencies_url, register=folder, portal=portal)
    steps = _steps(world, folder=folder, client_secret=client_secret, link=link, tell=at.tell)
    for at.done, (what, step) in enumerate(steps):
        at.out_of = len(steps)
        at.tell(what)
        await step()
    progress(len(steps), len(steps), "opening day")
    return world


async def _is_whole(scale: Scale) -> bool:
    found = []
    async with system_scope("demo nation"):
        for plan in areas_of(scale):
            area = await area_by_slug(slug=plan.slug)
            opened = area is not None and (area.lifecycle == "live" or plan.mood is Mood.SETTING_UP)
            found.append((area is not None, opened))
    if all(opened for _, opened in found):
        return True
    if any(begun for begun, _ in found):
        raise HalfBuilt
    return False


def _steps(
    world: World,
    *,
    folder: Path,
    client_secret: str,
    link: Callable[[], Awaitable[None]],
    tell: Callable[[str], None],
) -> list[Step]:
    return [
        ("the first administrator", lambda: accounts.make_administrator(world)),
        ("areas", lambda: areas.make_areas(world)),
        ("councils, boards and forces", lambda: areas.register_bodies(world)),
        ("sign-in", lambda: accounts.save_providers(world, client_secret=client_secret)),
        ("the register", lambda: register.import_register(folder, scale=world.scale, tell=tell)),
        ("people", lambda: accounts.make_people(world)),
        ("merged boards", lambda: areas.merge_boards(world)),
        ("partnerships", lambda: membership.make_partnerships(world)),
        ("budgets", lambda: resourcing.fill_purses(world)),
        ("shared figures", lambda: indicators.share_figures(world)),
        ("cooperation", lambda: cooperation.ask_agencies(world, tell=tell)),
        ("flags", lambda: intervention.raise_flags(world)),
        ("boards and invitations", lambda: neighbours.make_neighbours(world)),
        ("agencies’ systems", link),
        ("messages between systems", lambda: webhooks.exchange_messages(world)),
        ("the national overview", lambda: overview.keep_facts(world)),
        ("opening day", lambda: areas.open_areas(world)),
    ]
