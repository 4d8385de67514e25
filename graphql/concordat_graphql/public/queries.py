"""Reading what is public: always on the public login, whoever asks, so that everyone sees the same."""

from __future__ import annotations

from collections.abc import Sequence

import strawberry

from concordat_graphql.public.types import PublicArea, PublicAreaPage, PublicPartner, PublicPerson
from infra.clock import today
from tenants.membership import queries as membership
from tenants.tenancy import queries as tenancy
from tenants.tenancy.queries import AreaRow
from tenants.tenancy.scope import public_scope

MOST_AREAS = 500


@strawberry.type
class PublicQuery:
    """Reading what anyone may read."""

    @strawberry.field(description="Every area that is not being set up, by name, narrowed by area or local authority.")
    async def public_areas(self, search: str | None = None) -> list[PublicArea]:
        words = (search or "").strip()
        async with public_scope():
            rows = await tenancy.areas(search=words or None, searched_on=today(), limit=MOST_AREAS)
            found = await _areas(rows)
        words = words.casefold()
        return [area for area in found if any(words in n.casefold() for n in (area.name, *area.local_authority_names))]

    @strawberry.field(description="One area and what it publishes; null when there is none.")
    async def public_area(self, slug: str) -> PublicAreaPage | None:
        async with public_scope():
            row = await tenancy.area_by_slug(slug=slug)
            if row is None:
                return None
            after = None if row.merged_into is None else await tenancy.area(area_id=row.merged_into)
            area, *merged_into = await _areas([one for one in (row, after) if one is not None])
            published = await membership.published(area_id=row.id, as_at=today())
        return PublicAreaPage(
            area=area,
            merged_into=merged_into[0] if merged_into else None,
            partners=[PublicPartner.of(partner) for partner in published.partners],
            scrutineers=[person for named in published.scrutineers if (person := PublicPerson.of(named))],
        )


async def _areas(rows: Sequence[AreaRow]) -> list[PublicArea]:
    covered: dict[int, list[str]] = {row.id: [] for row in rows}
    for one in await tenancy.cover(area_ids=list(covered)):
        covered[one.area_id].append(one.la_name)
    return [
        PublicArea(
            slug=row.slug, name=row.name, merged=row.lifecycle == "merged", local_authority_names=covered[row.id]
        )
        for row in rows
    ]
