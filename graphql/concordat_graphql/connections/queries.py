"""Reading connections: members those of their area, platform administrators the national ones, nobody else any."""

from __future__ import annotations

import strawberry

from concordat_graphql import ids, paging
from concordat_graphql.connections.run_types import (
    ConnectionChange,
    ConnectionDecision,
    ConnectionRejection,
    ConnectionRun,
    ConnectionRunRecord,
)
from concordat_graphql.connections.types import AgencyConnection, LinkableSystem
from concordat_graphql.context import Info, reading
from tenants.connections.permissions import check_can_read
from tenants.connections.queries import facts, links, runs
from tenants.connections.rules.systems import systems_for


def place(info: Info, area_id: str | None) -> int | None:
    """Return the area asked about, None for the national connections; raises unless the actor may read them."""
    area = None if area_id is None else ids.decode_area(area_id)
    check_can_read(info.context.person, area_id=area)
    return area


@strawberry.type
class ConnectionsQuery:
    """Reading connections and their runs."""

    @strawberry.field(description="An area's connections, or without an area the national ones, by name.")
    async def agency_connections(self, info: Info, area_id: strawberry.ID | None = None) -> list[AgencyConnection]:
        area, actor = place(info, area_id), info.context.person
        async with reading(info, own=True):
            return [AgencyConnection.of(row, actor=actor) for row in await links.connections(area_id=area)]

    @strawberry.field(description="One connection; null when it is not the reader's to see.")
    async def agency_connection(self, info: Info, id: strawberry.ID) -> AgencyConnection | None:
        connection_id, actor = ids.decode_uuid("AgencyConnection", id, field="id"), info.context.person
        async with reading(info, own=True):
            row = await links.connection(connection_id=connection_id)
        return None if row is None else AgencyConnection.of(row, actor=actor)

    @strawberry.field(description="The systems that an area, or national, a platform administrator, can link.")
    async def linkable_systems(self, national: bool) -> list[LinkableSystem]:
        return [LinkableSystem.of(system) for system in systems_for(national=national)]

    @strawberry.field(description="The runs of a connection, newest first.")
    async def connection_runs(
        self, info: Info, connection_id: strawberry.ID, first: int = 50, after: str | None = None
    ) -> paging.Connection[ConnectionRun]:
        connection, size = ids.decode_uuid("AgencyConnection", connection_id), paging.page_size(first)
        _ = info.context.person
        async with reading(info, own=True):
            rows = await runs.runs(connection_id=connection, after=paging.after_uuid(after), limit=size + 1)
        return paging.page(rows, first=size, node=ConnectionRun.of, key=lambda row: paging.cursor(row.id))

    @strawberry.field(description="The newest runs of an area's (or the national) connections that brought something.")
    async def connection_effects(self, info: Info, area_id: strawberry.ID | None = None) -> list[ConnectionRun]:
        area = place(info, area_id)
        async with reading(info, own=True):
            return [ConnectionRun.of(row) for row in await runs.effects(area_id=area)]

    @strawberry.field(description="One run with what it could not take; null when it is not the reader's to see.")
    async def connection_run(self, info: Info, id: strawberry.ID) -> ConnectionRunRecord | None:
        run_id = ids.decode_uuid("ConnectionRun", id, field="id")
        _ = info.context.person
        async with reading(info, own=True):
            row = await runs.run(run_id=run_id)
            if row is None:
                return None
            rejections = await runs.rejections(run_id=run_id)
            changed = await facts.changes_of_run(run_id=run_id, limit=50)
            decided = await runs.decisions(row)
        return ConnectionRunRecord(
            run=ConnectionRun.of(row),
            rejections=[ConnectionRejection.of(one) for one in rejections],
            changes=[ConnectionChange.of(one) for one in changed],
            decisions=[ConnectionDecision.of(one) for one in decided],
        )

    @strawberry.field(description="Facts applied by one run or connection; or nationally; or by an area's.")
    async def connection_changes(
        self,
        info: Info,
        area_id: strawberry.ID | None = None,
        connection_id: strawberry.ID | None = None,
        run_id: strawberry.ID | None = None,
        first: int = 50,
        after: str | None = None,
    ) -> paging.Connection[ConnectionChange]:
        area, size, last = place(info, area_id), paging.page_size(first), paging.after_uuid(after)
        one = None if connection_id is None else ids.decode_uuid("AgencyConnection", connection_id)
        run = None if run_id is None else ids.decode_uuid("ConnectionRun", run_id)
        async with reading(info, own=True):
            if run is None:
                rows = await facts.changes(area_id=area, connection_id=one, after=last, limit=size + 1)
            else:
                rows = await facts.changes_of_run(run_id=run, after=last, limit=size + 1)
        return paging.page(rows, first=size, node=ConnectionChange.of, key=lambda row: paging.cursor(row.id))
