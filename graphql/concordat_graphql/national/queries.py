"""What officials read. Each field first writes the read into the audit trail."""

from __future__ import annotations

import strawberry

from concordat_graphql import paging
from concordat_graphql.context import Info, reading
from concordat_graphql.intervention.queries import flag_cursor, flag_key
from concordat_graphql.intervention.types import InterventionFlag, flags_with_areas
from concordat_graphql.national.table import MOST_AREAS, lines, narrowed, ordered
from concordat_graphql.national.types import NationalArea, NationalAreaPage
from concordat_graphql.national_reading import check_official, national_reading
from tenants.intervention import queries as intervention
from tenants.tenancy import queries as tenancy

FLAGS_ON_A_PAGE = 50


@strawberry.type
class NationalQuery:
    """Reading across areas."""

    @strawberry.field(description="Every area with what it reports. For officials; the read is audited.")
    async def national_areas(
        self,
        info: Info,
        search: str | None = None,
        attention: str | None = None,
        lifecycle: str | None = None,
        sort: str = "name",
        descending: bool = False,
    ) -> list[NationalArea]:
        async with national_reading(info, what=("national_table", "areas")):
            found = await lines(await tenancy.areas(search=(search or "").strip() or None, limit=MOST_AREAS))
        shown = narrowed(found, attention=attention, lifecycle=lifecycle)
        return [NationalArea.of(line) for line in ordered(shown, by=sort, descending=descending)]

    @strawberry.field(description="One area with the reasons behind what it reports, and its referred flags.")
    async def national_area(self, info: Info, slug: str) -> NationalAreaPage | None:
        check_official(info.context.person)
        async with reading(info):
            area = await tenancy.area_by_slug(slug=slug)
        if area is None:
            return None
        async with national_reading(info, what=("area", area.id), area_id=area.id):
            (line,) = await lines([area])
            rows = await intervention.flags(area_ids=[area.id], limit=FLAGS_ON_A_PAGE)
        flags = [InterventionFlag.of(row, area=area) for row in rows]
        return NationalAreaPage(line=NationalArea.of(line), flags=flags)

    @strawberry.field(description="Referred flags of all areas, last changed first. For officials; audited.")
    async def national_flags(
        self, info: Info, open_only: bool = True, first: int = 50, after: str | None = None
    ) -> paging.Connection[InterventionFlag]:
        size, key = paging.page_size(first), flag_key(after)
        async with national_reading(info, what=("national_table", "flags")):
            rows = await intervention.flags(open_only=open_only, after=key, limit=size + 1)
            areas = await tenancy.areas(ids=sorted({row.area_id for row in rows}), limit=len(rows))
        return paging.page(
            flags_with_areas(rows, areas),
            first=size,
            node=lambda pair: InterventionFlag.of(pair[0], area=pair[1]),
            key=lambda pair: flag_cursor(pair[0]),
        )
