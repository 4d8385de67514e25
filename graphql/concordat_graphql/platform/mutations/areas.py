"""Making areas, what they cover, their life."""

from __future__ import annotations

from datetime import date

import strawberry

from concordat_graphql import ids
from concordat_graphql.context import Info
from concordat_graphql.perform import perform, seen
from concordat_graphql.tenancy.mutations import AreaResult
from concordat_graphql.tenancy.types import Area
from tenants.tenancy import covers, queries, service
from tenants.tenancy.actor import Actor


@strawberry.input
class CreateAreaInput:
    """A new area, to be set up. The web name is part of its addresses and never changes."""

    idempotency_key: str
    name: str
    slug: str


@strawberry.input
class CoverLocalAuthorityInput:
    """A local authority that an area covers from a day."""

    idempotency_key: str
    area_id: strawberry.ID
    la_code: str
    la_name: str
    valid_from: date


@strawberry.input
class EndCoverInput:
    """The last day on which an area covers a local authority, and why."""

    idempotency_key: str
    area_id: strawberry.ID
    cover_id: strawberry.ID
    valid_to: date
    reason: str


@strawberry.input
class ResumeCoverInput:
    """A cover whose end was recorded by mistake, and why it is taken back."""

    idempotency_key: str
    area_id: strawberry.ID
    cover_id: strawberry.ID
    reason: str


@strawberry.input
class OpenAreaInput:
    """An area whose published facts are to become public."""

    idempotency_key: str
    area_id: strawberry.ID


@strawberry.input
class MergeAreaInput:
    """An area that becomes part of another. It keeps its history and takes no more changes."""

    idempotency_key: str
    area_id: strawberry.ID
    into_area_id: strawberry.ID
    reason: str


@strawberry.type
class AreasMutation:
    """Areas, by a platform administrator."""

    @strawberry.mutation(description="Make an area that is being set up.")
    async def create_area(self, info: Info, input: CreateAreaInput) -> AreaResult:
        return await perform(
            info,
            input=input,
            command="area.create",
            work=lambda by: service.create_area(by=by, name=input.name, slug=input.slug),
            load=_area,
        )

    @strawberry.mutation(description="Add a local authority to what an area covers, from a day.")
    async def cover_local_authority(self, info: Info, input: CoverLocalAuthorityInput) -> AreaResult:
        async def work(by: Actor) -> int:
            area_id = ids.decode_area(input.area_id)
            await service.cover_local_authority(
                by=by, area_id=area_id, la_code=input.la_code, la_name=input.la_name, valid_from=input.valid_from
            )
            return area_id

        return await perform(info, input=input, command="area.cover", work=work, load=_area)

    @strawberry.mutation(description="End an area's cover of a local authority. It stays in the record.")
    async def end_cover(self, info: Info, input: EndCoverInput) -> AreaResult:
        async def work(by: Actor) -> int:
            area_id = ids.decode_area(input.area_id)
            await service.end_cover(
                by=by,
                area_id=area_id,
                cover_id=ids.decode_uuid("Cover", input.cover_id, field="coverId"),
                valid_to=input.valid_to,
                reason=input.reason,
            )
            return area_id

        return await perform(info, input=input, command="area.uncover", work=work, load=_area)

    @strawberry.mutation(description="Take back the recorded end of a cover, unless an area covers it since.")
    async def resume_cover(self, info: Info, input: ResumeCoverInput) -> AreaResult:
        async def work(by: Actor) -> int:
            area_id = ids.decode_area(input.area_id)
            cover_id = ids.decode_uuid("Cover", input.cover_id, field="coverId")
            await covers.resume_cover(by=by, area_id=area_id, cover_id=cover_id, reason=input.reason)
            return area_id

        return await perform(info, input=input, command="area.cover_again", work=work, load=_area)

    @strawberry.mutation(description="Open an area that was being set up.")
    async def open_area(self, info: Info, input: OpenAreaInput) -> AreaResult:
        return await perform(
            info,
            input=input,
            command="area.open",
            work=lambda by: service.go_live(by=by, area_id=ids.decode_area(input.area_id)),
            load=_area,
        )

    @strawberry.mutation(description="Merge an area into another. This cannot be undone.")
    async def merge_area(self, info: Info, input: MergeAreaInput) -> AreaResult:
        return await perform(
            info,
            input=input,
            command="area.merge",
            work=lambda by: service.merge_area(
                by=by,
                area_id=ids.decode_area(input.area_id),
                into=ids.decode_area(input.into_area_id, field="intoAreaId"),
                reason=input.reason,
            ),
            load=_area,
        )


async def _area(result: str) -> Area:
    row = seen(await queries.area(area_id=int(result)))
    return Area.of(row)
