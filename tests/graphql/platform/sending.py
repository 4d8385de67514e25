"""Sending as a platform administrator, and the things that a test of one needs."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from litestar import Litestar

from concordat_graphql import ids
from infra.database import sql
from infra.ids import uuid7
from infra.queue import enqueue
from infra.queue.runner import BOOKKEEPING
from infra.uploads import upload_path
from tenants.audit import queries as audit
from tenants.audit.service import PLATFORM
from tenants.tenancy.people import accounts
from tenants.tenancy.people.service import create_person
from tenants.tenancy.providers.service import save_machine_client, save_provider
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import system_actor, system_scope, tenant_scope, worker_actor
from tenants.tenancy.sessions.queries import sessions_of
from tests.support.cluster import OPEN
from tests.support.product import Api, api_of, session_token
from tests.support.world import AreaMade, actor, make_actor

OPERATOR = system_actor("test operator", powers=["platform"])


async def administrator_api(app: Litestar) -> Api:
    return await api_of(app, await make_actor(Role.PLATFORM_ADMINISTRATOR, name="Pat Keeper"))


def keyed(**values: Any) -> dict[str, Any]:
    return {"idempotencyKey": str(uuid4()), **values}


def area_id(area: AreaMade) -> str:
    return ids.encode("Area", area.id)


async def cover_of(area: AreaMade) -> str:
    async with system_scope("test", powers=["platform"]):
        found = await sql.fetch_value("select id from area_local_authority where area_id = $1", area.id)
    return ids.encode("Cover", found)


async def ended_cover(area: AreaMade) -> str:
    """Record that the area's cover ended on a day; return its id."""
    cover_id = await cover_of(area)
    async with system_scope("test", powers=["platform"]):
        await sql.execute("update area_local_authority set valid_to = $2 where area_id = $1", area.id, date(2026, 4, 1))
    return cover_id


async def an_account(name: str = "Sam Lee") -> UUID:
    unique = uuid4().hex[:10]
    async with system_scope("test", powers=["platform"]):
        return await create_person(
            name=name, email=f"{unique}@example.org", issuer="https://issuer.example", subject=unique
        )


async def a_provider() -> str:
    slug = f"p{uuid4().hex[:10]}"
    async with tenant_scope(OPERATOR):
        await save_provider(
            by=OPERATOR, slug=slug, name="Schools", issuer="https://issuer.example", client_id="us", secret="s3cret"
        )
    return slug


async def a_client(**changed: Any) -> UUID:
    values = {"scope_roles": {"read": Role.OFFICIAL.value}, "area_id": None, **changed}
    async with tenant_scope(OPERATOR):
        return await save_machine_client(
            by=OPERATOR, name="A system", issuer="https://issuer.example", client_id=uuid4().hex, **values
        )


def provider_input(**changed: Any) -> dict[str, Any]:
    values = {
        "version": 0,
        "slug": f"p{uuid4().hex[:10]}",
        "name": "Schools",
        "issuer": "https://issuer.example",
        "clientId": "us",
        "clientAuth": "client_secret_basic",
        "scopes": "openid",
        "secret": "hunter2",
    }
    return {**values, **changed}


def client_input(**changed: Any) -> dict[str, Any]:
    values = {
        "version": 0,
        "name": "A system",
        "issuer": "https://issuer.example",
        "clientId": uuid4().hex,
        "scopeRoles": [{"scope": "read", "role": "official"}],
    }
    return {**values, **changed}


async def disabled(person_id: UUID) -> None:
    async with tenant_scope(OPERATOR):
        await accounts.disable_person(by=OPERATOR, person_id=person_id, reason="Left")


async def a_session() -> tuple[UUID, UUID]:
    """Sign someone in; return who and the session."""
    someone = await make_actor(Role.OFFICIAL)
    assert someone.id is not None
    await session_token(someone)
    async with tenant_scope(OPERATOR):
        return someone.id, (await sessions_of(person_id=someone.id))[0].id


async def a_failed_job(state: str = "failed") -> UUID:
    async with tenant_scope(OPERATOR):
        message_id = await enqueue("mail.send", area_id=None, mail_id=uuid7())
    async with tenant_scope(worker_actor("test", powers=BOOKKEEPING)):
        await sql.execute(
            "update queue.job_run set state = $2, starts = 5, error = 'No route.', finished_at = now() "
            "where message_id = $1",
            message_id,
            state,
        )
        await sql.execute("delete from queue.outbox where message_id = $1", message_id)
    return message_id


def an_upload() -> UUID:
    """Put a file where the page of imports keeps what was uploaded."""
    kept = upload_path(OPEN[0].folder, uuid7())
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(b"URN,LinkURN\r\n")
    return UUID(kept.name)


async def newest_entry(chain: int = PLATFORM) -> audit.Entry:
    reader = actor(Role.PLATFORM_ADMINISTRATOR) if chain == PLATFORM else actor(Role.VIEWER, area_id=chain)
    async with tenant_scope(reader, readonly=True):
        return (await audit.entries(area_id=chain, limit=1))[0]


DAY = date(2026, 4, 1).isoformat()
