"""A day's use of the small nation: the rows that only signing in, sending and working leave behind."""

from __future__ import annotations

from datetime import UTC, datetime

from backend.auth.oidc.pending import PendingSignIn
from backend.auth.stores import DatabasePendingStore
from backend.demo.world import World
from backend.worker import opening
from infra.database import sql
from infra.ids import uuid7
from infra.queue import jobs
from infra.queue.inbox import once
from infra.queue.sweeper import sweep_due
from tenants.tenancy import idempotency
from tenants.tenancy.scope import system_scope, tenant_scope, worker_actor
from tenants.tenancy.sessions import service as sessions

TIDY = jobs.__name__  #: declares the sweep that the worker runs here


async def use(world: World) -> None:
    """Sign people in, send commands, let the worker turn once."""
    for subject in ("brackenshire-manager", "wrenshire-manager", "eastmarch-manager"):
        actor = await world.actor(subject)
        assert actor.id is not None
        async with system_scope("signing in", powers=["signin"]):
            await sessions.start(
                by=actor, person_id=actor.id, issuer=world.issuer("schools"), subject=subject, hat=actor.hat,
                absolute_hours=12,
            )  # fmt: skip
        async with tenant_scope(actor):
            await idempotency.claim(by=actor, key="a day in use", command="test", request_hash=b"1")
    await DatabasePendingStore().put(
        PendingSignIn(
            state="state", provider_slug="schools", issuer=world.issuer("schools"), redirect_uri="/", next_path="/",
            begun_at=datetime.now(UTC), nonce="n", verifier="v", browser_key="b",
        )
    )  # fmt: skip
    async with system_scope("signing in", powers=["signin"]):
        await sql.execute("insert into seen_logout_token values ('https://one.example', '\\x01', now())")
    async with tenant_scope(worker_actor("census")):
        await once(uuid7())
    async with tenant_scope(worker_actor("census", areas=world.areas.values())):
        await sql.execute(
            "insert into flag_review_reminder (area_id, flag_id, review_on) "
            "select area_id, id, raised_on from intervention_flag"
        )
    assert await sweep_due(opening=opening)
