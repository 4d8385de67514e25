"""An official's read: first the audit entry, committed, then the read on the national login."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

from concordat_graphql.context import Info, reading
from concordat_graphql.read_ledger import LEDGER
from tenants.audit.service import PLATFORM
from tenants.tenancy import queries
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import NotAllowed, NotFound


def check_official(actor: Actor) -> None:
    """Raise `NotAllowed` unless the actor wears the national hat."""
    if not actor.is_official:
        raise NotAllowed("This is for Department officials.")


@contextlib.asynccontextmanager
async def national_reading(info: Info, *, what: tuple[str, object], area_id: int = PLATFORM) -> AsyncIterator[None]:
    """Run the block on the national login, once the read is in the audit chain of the area (or of all, `PLATFORM`).

    `what` is the subject's (type, id). The entry stays even when the read then finds nothing. Raises `NotAllowed`,
    and `NotFound` for an area that does not exist: it has no chain to write to.
    """
    actor = info.context.person
    check_official(actor)
    async with reading(info):
        if area_id != PLATFORM and await queries.area(area_id=area_id) is None:
            raise NotFound("area")
    await LEDGER.record(by=actor, area_id=area_id, subject=what)
    async with reading(info):
        yield
