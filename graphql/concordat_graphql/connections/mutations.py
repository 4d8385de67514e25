"""Keeping connections: each mutation is one verb of the service."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, Any
from uuid import UUID

import strawberry

from concordat_graphql import ids
from concordat_graphql.connections.inputs import (
    ChangeConnectionInput,
    LinkSystemInput,
    ResumeConnectionInput,
    RunConnectionInput,
    SetCredentialInput,
    StopConnectionInput,
)
from concordat_graphql.connections.run_types import ConnectionRun
from concordat_graphql.connections.types import AgencyConnection
from concordat_graphql.context import Info
from concordat_graphql.perform import perform, seen
from concordat_graphql.problems import Failed
from tenants.connections import service
from tenants.connections.queries import links, runs
from tenants.tenancy.actor import Actor

ConnectionResult = Annotated[AgencyConnection | Failed, strawberry.union("AgencyConnectionResult")]
RunResult = Annotated[ConnectionRun | Failed, strawberry.union("ConnectionRunResult")]
Verb = Callable[..., Awaitable[UUID]]


async def _move(
    info: Info, *, input: Any, command: str, verb: Verb, said: Callable[[], dict[str, Any]] = dict
) -> AgencyConnection | Failed:
    """Run one verb on the connection and version that the input names; `said` reads the rest of the input."""

    async def work(by: Actor) -> UUID:
        connection_id = ids.decode_uuid("AgencyConnection", input.connection_id, field="connectionId")
        return await verb(by=by, connection_id=connection_id, version=input.version, **said())

    return await perform(info, input=input, command=command, work=work, load=lambda result: _load(info, result))


async def _run(info: Info, *, input: RunConnectionInput, command: str, verb: Verb) -> ConnectionRun | Failed:
    async def work(by: Actor) -> UUID:
        connection_id = ids.decode_uuid("AgencyConnection", input.connection_id, field="connectionId")
        return await verb(by=by, connection_id=connection_id)

    return await perform(info, input=input, command=command, work=work, load=_load_run)


async def _load(info: Info, result: str) -> AgencyConnection:
    row = seen(await links.connection(connection_id=UUID(result)))
    return AgencyConnection.of(row, actor=info.context.person)


async def _load_run(result: str) -> ConnectionRun:
    return ConnectionRun.of(seen(await runs.run(run_id=UUID(result))))


@strawberry.type
class ConnectionsMutation:
    """Keeping connections."""

    @strawberry.mutation(description="Link a system to an area, or with no area to the whole country.")
    async def link_system(self, info: Info, input: LinkSystemInput) -> ConnectionResult:
        return await perform(
            info,
            input=input,
            command="connection.link",
            work=lambda by: service.link_system(
                by=by,
                area_id=None if input.area_id is None else ids.decode_area(input.area_id),
                draft=input.connection.draft(),
            ),
            load=lambda result: _load(info, result),
        )

    @strawberry.mutation(description="Change what a connection is. At another host it waits for new credentials.")
    async def change_connection(self, info: Info, input: ChangeConnectionInput) -> ConnectionResult:
        verb = service.change_connection
        return await _move(
            info, input=input, command="connection.change", verb=verb, said=lambda: {"draft": input.connection.draft()}
        )

    @strawberry.mutation(description="Seal a credential for a connection. It is never shown again.")
    async def set_connection_credential(self, info: Info, input: SetCredentialInput) -> ConnectionResult:
        said = {"kind": input.kind, "secret": input.secret, "expires_on": input.expires_on}
        return await _move(
            info, input=input, command="connection.credential", verb=service.set_credential, said=lambda: said
        )

    @strawberry.mutation(description="Stop a connection for now.")
    async def pause_connection(self, info: Info, input: StopConnectionInput) -> ConnectionResult:
        said = {"reason": input.reason}
        return await _move(
            info, input=input, command="connection.pause", verb=service.pause_connection, said=lambda: said
        )

    @strawberry.mutation(description="Let a paused connection run again.")
    async def resume_connection(self, info: Info, input: ResumeConnectionInput) -> ConnectionResult:
        return await _move(info, input=input, command="connection.resume", verb=service.resume_connection)

    @strawberry.mutation(description="End a connection for good; what came of it stays.")
    async def retire_connection(self, info: Info, input: StopConnectionInput) -> ConnectionResult:
        said = {"reason": input.reason}
        return await _move(
            info, input=input, command="connection.retire", verb=service.retire_connection, said=lambda: said
        )

    @strawberry.mutation(description="Call the agency once and say what answered.")
    async def test_connection(self, info: Info, input: RunConnectionInput) -> RunResult:
        return await _run(info, input=input, command="connection.test", verb=service.test_connection)

    @strawberry.mutation(description="Run a connection now, outside its schedule.")
    async def run_connection(self, info: Info, input: RunConnectionInput) -> RunResult:
        return await _run(info, input=input, command="connection.run", verb=service.run_now)
