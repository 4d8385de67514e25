"""Where a linked system tells of changes: reading it, and keeping its secrets. A secret is answered once, when made."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

import strawberry

from concordat_graphql import ids, paging
from concordat_graphql.context import Info, reading
from concordat_graphql.perform import perform, seen
from concordat_graphql.problems import Failed
from tenants.connections.hooks import queries, service
from tenants.connections.hooks.queries import ArrivalRow, HookRow, SecretRow
from tenants.tenancy.actor import Actor


@strawberry.type
class HookSecret:
    """That a secret is good: who set it and when, and until when. Never what it is."""

    id: strawberry.ID
    made_here: bool = strawberry.field(description="False when the system gave it.")
    made_at: datetime
    made_by_name: str
    ends_at: datetime | None

    @classmethod
    def of(cls, row: SecretRow) -> Self:
        """Return the type of a row."""
        return cls(
            id=ids.encode("HookSecret", row.id),
            made_here=row.made_here,
            made_at=row.made_at,
            made_by_name=row.made_by_name,
            ends_at=row.ends_at,
        )


@strawberry.type
class ConnectionHook:
    """Where a linked system tells that something changed there, and the secrets that are good now."""

    connection_id: strawberry.ID
    path: str | None = strawberry.field(description="Below our own address; null until a secret is set.")
    hinted_at: datetime | None = strawberry.field(description="Since when a hint waits for a run.")
    secrets: list[HookSecret]

    @classmethod
    def of(cls, row: HookRow) -> Self:
        """Return the type of a row."""
        return cls(
            connection_id=ids.encode("AgencyConnection", row.connection_id),
            path=None if row.address is None else f"/hooks/{row.address}",
            hinted_at=row.hinted_at,
            secrets=[HookSecret.of(one) for one in row.secrets],
        )


@strawberry.type
class HookArrival:
    """A message that arrived: taken, or refused with the reason in words. Of its body: digest, bytes and type."""

    id: strawberry.ID
    taken: bool
    message_id: str | None
    event_type: str | None
    content_type: str | None
    sha256: str
    bytes: int
    reason: str | None
    times: int = strawberry.field(description="How often it came; of refusals, how often within the hour.")
    at: datetime
    last_at: datetime
    run_id: strawberry.ID | None

    @classmethod
    def of(cls, row: ArrivalRow) -> Self:
        """Return the type of a row."""
        same = (
            "message_id", "event_type", "content_type", "sha256", "bytes", "reason", "times", "at", "last_at"
        )  # fmt: skip
        return cls(
            id=ids.encode("HookArrival", row.id),
            taken=row.outcome == "taken",
            run_id=None if row.run_id is None else ids.encode("ConnectionRun", row.run_id),
            **{name: getattr(row, name) for name in same},
        )


@strawberry.type
class MadeHookSecret:
    """A hook with its new secret."""

    hook: ConnectionHook
    secret: str | None = strawberry.field(description="Where we made it, this once: null when sent again.")


@strawberry.input
class MakeHookSecretInput:
    """A secret to make, or (`secret`) the one that the system gave. Those before it are good for another 24 hours."""

    idempotency_key: str
    connection_id: strawberry.ID
    secret: str | None = None


@strawberry.input
class EndHookSecretInput:
    """A secret that ends now."""

    idempotency_key: str
    connection_id: strawberry.ID
    secret_id: strawberry.ID


MadeResult = Annotated[MadeHookSecret | Failed, strawberry.union("MadeHookSecretResult")]
HookResult = Annotated[ConnectionHook | Failed, strawberry.union("ConnectionHookResult")]


@strawberry.type
class HooksQuery:
    """Reading hooks and what arrived."""

    @strawberry.field(description="A connection's hook; null when the connection is not the reader's to see.")
    async def connection_hook(self, info: Info, connection_id: strawberry.ID) -> ConnectionHook | None:
        connection, _ = ids.decode_uuid("AgencyConnection", connection_id), info.context.person
        async with reading(info, own=True):
            row = await queries.hook(connection_id=connection)
        return None if row is None else ConnectionHook.of(row)

    @strawberry.field(description="What arrived for a connection, newest first.")
    async def hook_arrivals(
        self, info: Info, connection_id: strawberry.ID, first: int = 50, after: str | None = None
    ) -> paging.Connection[HookArrival]:
        connection, size = ids.decode_uuid("AgencyConnection", connection_id), paging.page_size(first)
        _ = info.context.person
        async with reading(info, own=True):
            rows = await queries.arrivals(connection_id=connection, after=paging.after_uuid(after), limit=size + 1)
        return paging.page(rows, first=size, node=HookArrival.of, key=lambda row: paging.cursor(row.id))


@strawberry.type
class HooksMutation:
    """Keeping the secrets of hooks."""

    @strawberry.mutation(description="Make a hook's next secret, or enter the system's.")
    async def make_hook_secret(self, info: Info, input: MakeHookSecretInput) -> MadeResult:
        made: list[str] = []

        async def work(by: Actor) -> UUID:
            connection = ids.decode_uuid("AgencyConnection", input.connection_id, field="connectionId")
            secret = await service.make_secret(by=by, connection_id=connection, secret=input.secret)
            made.extend([secret] if input.secret is None else [])  # what was entered is not sent back
            return connection

        async def load(result: str) -> MadeHookSecret:
            return MadeHookSecret(hook=await _hook(result), secret=made[0] if made else None)

        return await perform(info, input=input, command="connection.hook_secret", work=work, load=load)

    @strawberry.mutation(description="End a secret of a hook now: what is signed with it is refused.")
    async def end_hook_secret(self, info: Info, input: EndHookSecretInput) -> HookResult:
        async def work(by: Actor) -> UUID:
            connection = ids.decode_uuid("AgencyConnection", input.connection_id, field="connectionId")
            secret = ids.decode_uuid("HookSecret", input.secret_id, field="secretId")
            return await service.end_secret(by=by, connection_id=connection, secret_id=secret)

        return await perform(info, input=input, command="connection.end_hook_secret", work=work, load=_hook)


async def _hook(result: str) -> ConnectionHook:
    return ConnectionHook.of(seen(await queries.hook(connection_id=UUID(result))))
