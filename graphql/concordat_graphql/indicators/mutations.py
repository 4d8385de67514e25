"""Changing shared figures: each mutation is one verb of the service."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, Any, TypeVar
from uuid import UUID

import strawberry

from concordat_graphql import ids
from concordat_graphql.context import Info
from concordat_graphql.indicators import inputs
from concordat_graphql.indicators.files import IndicatorFile
from concordat_graphql.indicators.types import Indicator, IndicatorNeighbour, IndicatorNeighbours, IndicatorTarget
from concordat_graphql.perform import OutOfSight, perform, seen
from concordat_graphql.problems import Failed
from tenants.indicators import queries, service
from tenants.indicators.permissions import can_read
from tenants.tenancy.actor import Actor

FileResult = Annotated[IndicatorFile | Failed, strawberry.union("IndicatorFileResult")]
IndicatorResult = Annotated[Indicator | Failed, strawberry.union("IndicatorResult")]
TargetResult = Annotated[IndicatorTarget | Failed, strawberry.union("IndicatorTargetResult")]
NeighboursResult = Annotated[IndicatorNeighbours | Failed, strawberry.union("IndicatorNeighboursResult")]

Verb = Callable[[Actor, int], Awaitable[object]]
T = TypeVar("T")


@strawberry.type
class IndicatorsMutation:
    """Sending figures, defining indicators, setting targets, choosing neighbours."""

    @strawberry.mutation(description="Check a CSV file of figures. For partners' leads and delegates, and the manager.")
    async def upload_indicator_file(self, info: Info, input: inputs.UploadIndicatorFileInput) -> FileResult:
        said = {name: getattr(input, name) for name in ("file_name", "supplied_name", "supplied_post", "supplied_body")}
        return await _do(
            info, input, "indicator_import.upload", _file,
            lambda by, area: service.upload(by=by, area_id=area, content=input.decoded(), **said),
        )  # fmt: skip

    @strawberry.mutation(description="Take the figures of a checked file; lines with problems are left out.")
    async def accept_indicator_file(self, info: Info, input: inputs.AcceptIndicatorFileInput) -> FileResult:
        return await _do(
            info, input, "indicator_import.accept", _file,
            lambda by, area: service.accept(by=by, area_id=area, import_id=_file_id(input), version=input.version),
        )  # fmt: skip

    @strawberry.mutation(description="Leave a checked file aside; nothing of it is kept but that it came.")
    async def discard_indicator_file(self, info: Info, input: inputs.DiscardIndicatorFileInput) -> FileResult:
        return await _do(
            info, input, "indicator_import.discard", _file,
            lambda by, area: service.discard(by=by, area_id=area, import_id=_file_id(input), version=input.version),
        )  # fmt: skip

    @strawberry.mutation(description="Say what the area counts, in one edition. For the business manager.")
    async def define_indicator(self, info: Info, input: inputs.DefineIndicatorInput) -> IndicatorResult:
        return await _do(
            info, input, "indicator_definition.define", _indicator,
            lambda by, area: service.define(by=by, area_id=area, **_said(input)),
        )  # fmt: skip

    @strawberry.mutation(description="Aim for a value of an indicator, from a day on. For the business manager.")
    async def set_indicator_target(self, info: Info, input: inputs.SetIndicatorTargetInput) -> TargetResult:
        return await _do(
            info, input, "indicator_target.set", _target,
            lambda by, area: service.set_target(by=by, area_id=area, **_said(input)),
        )  # fmt: skip

    @strawberry.mutation(description="Take a target back, with the reason. For the business manager.")
    async def remove_indicator_target(self, info: Info, input: inputs.RemoveIndicatorTargetInput) -> TargetResult:
        return await _do(
            info, input, "indicator_target.remove", _target,
            lambda by, area: service.remove_target(
                by=by, area_id=area, target_id=ids.decode_uuid("IndicatorTarget", input.target_id, field="targetId"),
                version=input.version, reason=input.reason,
            ),
        )  # fmt: skip

    @strawberry.mutation(description="Choose whom the area compares itself with. For the business manager.")
    async def choose_indicator_neighbours(
        self, info: Info, input: inputs.ChooseIndicatorNeighboursInput
    ) -> NeighboursResult:
        async def load(area_id: int, _: str) -> IndicatorNeighbours:
            if not can_read(info.context.person, area_id=area_id):
                raise OutOfSight
            rows = await queries.neighbours(area_id=area_id)
            return IndicatorNeighbours(
                neighbours=[IndicatorNeighbour(la_code=row.la_code, la_name=row.la_name) for row in rows]
            )

        chosen = [each.neighbour() for each in input.neighbours]
        return await _do(
            info, input, "indicator_neighbour.choose", load,
            lambda by, area: service.choose_neighbours(by=by, area_id=area, neighbours=chosen),
        )  # fmt: skip


async def _do(info: Info, input: Any, command: str, load: Callable[[int, str], Awaitable[T]], verb: Verb) -> T | Failed:
    """Run one verb on the area that the input names."""

    async def work(by: Actor) -> object:
        return await verb(by, ids.decode_area(input.area_id))

    return await perform(
        info,
        input=input,
        command=command,
        work=work,
        load=lambda result: load(ids.decode_area(input.area_id), result),
    )


def _said(input: Any) -> dict[str, Any]:
    return {name: value for name, value in vars(input).items() if name not in ("idempotency_key", "area_id")}


def _file_id(input: inputs.AcceptIndicatorFileInput | inputs.DiscardIndicatorFileInput) -> UUID:
    return ids.decode_uuid("IndicatorFile", input.file_id, field="fileId")


async def _file(area_id: int, found: str) -> IndicatorFile:
    return IndicatorFile.of(seen(await queries.file(area_id=area_id, import_id=UUID(found))), sender=True)


async def _indicator(area_id: int, found: str) -> Indicator:
    return Indicator.of(seen(await queries.definition(area_id=area_id, definition_id=UUID(found))))


async def _target(area_id: int, found: str) -> IndicatorTarget:
    return IndicatorTarget.of(seen(await queries.target(area_id=area_id, target_id=UUID(found))))
