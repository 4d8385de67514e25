"""What every resolver is given: who asks, and one read scope for the whole operation."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable
from pathlib import Path
from typing import Any, TypeVar, cast

from strawberry.dataloader import DataLoader
from strawberry.types.info import Info as StrawberryInfo

from infra.database import Scope
from infra.database.holding import Guard, NoLongerHolds
from tenants.tenancy.actor import ANONYMOUS, Actor
from tenants.tenancy.errors import NotAllowed
from tenants.tenancy.roles import Hat
from tenants.tenancy.scope import national_scope, public_scope, tenant_scope

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

_UNHURRIED_SECONDS = 60.0


class Unauthenticated(Exception):
    """The operation needs someone who is signed in."""


class Context:
    """One operation's context. Reads share one transaction per login, opened when first needed.

    An actor that was kept comes with a `guard`: what the operation answers counts only where it is `certain` after it.
    """

    def __init__(
        self,
        actor: Actor = ANONYMOUS,
        *,
        data_dir: Path | None = None,
        guard: Guard | None = None,
        deadline: asyncio.Timeout | None = None,
    ) -> None:
        self.actor = actor
        self._deadline = deadline
        self._guard = guard
        self._held = guard is None
        self._fell = False
        self.refused: list[NotAllowed] = []  # what a resolver said no to, to be audited when all is answered
        self.data_dir = data_dir  # where uploads wait for their work; None where there are none
        self._scopes: dict[str, Scope] = {}
        self._opening = asyncio.Lock()
        self._stack = contextlib.AsyncExitStack()
        self._loaders: dict[str, DataLoader[Any, Any]] = {}

    def loader(self, name: str, load: Callable[[list[K]], Awaitable[list[V]]]) -> DataLoader[K, V]:
        """Return the operation's loader of that name: what many rows ask for at once is read once for all of them."""
        if name not in self._loaders:
            self._loaders[name] = DataLoader(load_fn=load)
        return cast("DataLoader[K, V]", self._loaders[name])

    @property
    def person(self) -> Actor:
        """Return the actor when signed in; raises `Unauthenticated` otherwise."""
        if not self.actor.signed_in:
            raise Unauthenticated
        return self.actor

    @property
    def certain(self) -> bool:
        """Return whether the actor is who they were when they were kept: a guard was asked, and none failed."""
        return self._held and not self._fell

    @contextlib.asynccontextmanager
    async def writing(self) -> AsyncIterator[Scope]:
        """Run the block in a write scope of its own, as the actor.

        Raises `NoLongerHolds`, with the block not entered, when the actor was kept and has changed since.
        """
        try:
            async with tenant_scope(self.person, guard=self._guard) as scope:
                self._held = True
                yield scope
        except NoLongerHolds:
            self._fell = True
            raise

    @contextlib.asynccontextmanager
    async def reading(self, *, own: bool = False) -> AsyncIterator[Scope]:
        """Run the block in the operation's read scope.

        The scope follows the hat: nobody reads as the public login, officials as the national login, everyone else
        as themselves on the application's login. `own=True` reads as themselves whatever the hat (their own
        sessions, and what the application's policies open to a national or platform hat).
        """
        scope = await self._scope("own" if own else self._login())
        with scope.joined():
            yield scope

    @contextlib.asynccontextmanager
    async def unhurried(self) -> AsyncIterator[None]:
        """Run the block beside the operation's deadline, for a minute at most: what takes as long as chance has it.

        Only for work in which nothing is held that others wait for.
        """
        if (deadline := self._deadline) is None or (due := deadline.when()) is None:
            yield
            return
        loop = asyncio.get_running_loop()
        left = due - loop.time()
        deadline.reschedule(loop.time() + _UNHURRIED_SECONDS)
        try:
            yield
        finally:
            if not deadline.expired():
                deadline.reschedule(loop.time() + left)

    def _login(self) -> str:
        if not self.actor.signed_in:
            return "public"
        return "national" if self.actor.hat is Hat.NATIONAL else "own"

    async def _scope(self, kind: str) -> Scope:
        async with self._opening:
            if kind not in self._scopes:
                self._scopes[kind] = await self._open(kind)
            return self._scopes[kind]

    async def _open(self, kind: str) -> Scope:
        match kind:
            case "public":
                scope = public_scope()
            case "national":
                scope = national_scope()
            case _:
                scope = tenant_scope(self.person, readonly=True)
        return await scope.open_in(self._stack)

    async def renew(self) -> None:
        """End the read scopes, so that the next read sees what a mutation has just committed."""
        async with self._opening:
            self._scopes.clear()
            self._loaders.clear()
            await self._stack.aclose()

    async def close(self) -> None:
        """End the read scopes and give their connections back."""
        await self.renew()


Info = StrawberryInfo[Context, Any]


def reading(info: Info, *, own: bool = False) -> contextlib.AbstractAsyncContextManager[Scope]:
    """Return the operation's read scope: `async with reading(info): rows = await queries.…`."""
    return info.context.reading(own=own)


__all__ = ["Context", "Info", "Unauthenticated", "reading"]
