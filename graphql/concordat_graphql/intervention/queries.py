"""Reading flags: a partnership's own people on their login, officials on the national one, with an audit entry."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from datetime import datetime
from uuid import UUID

import strawberry

from concordat_graphql import ids, paging
from concordat_graphql.context import Info, reading
from concordat_graphql.intervention.keys import decode_flag
from concordat_graphql.intervention.types import (
    InterventionChoice,
    InterventionChoices,
    InterventionDecisionChoice,
    InterventionFlag,
    InterventionPower,
    InterventionRecord,
    flags_with_areas,
)
from concordat_graphql.national_reading import national_reading
from infra.clock import today
from tenants.intervention import queries
from tenants.intervention.permissions import check_can_raise, check_can_read
from tenants.intervention.queries import Flag
from tenants.intervention.rules.decisions import DECISIONS
from tenants.intervention.rules.drafts import KINDS
from tenants.intervention.rules.powers import NO_SINGLE_POWER, POWERS
from tenants.membership import queries as membership
from tenants.tenancy import queries as tenancy


@contextlib.asynccontextmanager
async def _reading_area(info: Info, *, area_id: int, what: tuple[str, object]) -> AsyncIterator[None]:
    actor = info.context.person
    check_can_read(actor, area_id=area_id)
    if actor.is_official:
        async with national_reading(info, what=what, area_id=area_id):
            yield
    else:
        async with reading(info):
            yield


def flag_key(after: str | None) -> tuple[datetime, UUID] | None:
    """Return the sort key of a list of flags inside a cursor."""
    return paging.after_moment(after)


def flag_cursor(row: Flag) -> str:
    """Return the cursor of a flag in a list."""
    return paging.cursor(row.changed_at.isoformat(timespec="microseconds"), row.id)


@strawberry.type
class InterventionQuery:
    """Reading intervention flags."""

    @strawberry.field(description="An area's flags, last changed first. For its people; officials see referred ones.")
    async def intervention_flags(
        self, info: Info, area_id: strawberry.ID, open_only: bool = False, first: int = 50, after: str | None = None
    ) -> paging.Connection[InterventionFlag]:
        area = ids.decode_area(area_id)
        size, key = paging.page_size(first), flag_key(after)
        async with _reading_area(info, area_id=area, what=("intervention_flags", area)):
            found = await tenancy.areas(ids=[area])
            rows = await queries.flags(area_ids=[area], open_only=open_only, after=key, limit=size + 1)
        return paging.page(
            flags_with_areas(rows, found),
            first=size,
            node=lambda pair: InterventionFlag.of(pair[0], area=pair[1]),
            key=lambda pair: flag_cursor(pair[0]),
        )

    @strawberry.field(description="One flag with its record and what the reader may do with it; null when not theirs.")
    async def intervention_flag(self, info: Info, id: strawberry.ID) -> InterventionRecord | None:
        area_id, flag_id = decode_flag(id, field="id")
        actor = info.context.person
        working = None
        async with _reading_area(info, area_id=area_id, what=("intervention_flag", flag_id)):
            area = await tenancy.area(area_id=area_id)
            row = await queries.flag(area_id=area_id, flag_id=flag_id)
            if area is None or row is None:
                return None
            moves = await queries.moves(area_id=area_id, flag_id=flag_id)
            if not actor.is_official:
                working = await queries.working(area_id=area_id, flag_id=flag_id)
        return InterventionRecord.of(row, area=area, moves=moves, working=working, actor=actor)

    @strawberry.field(description="The area's partner bodies today. For those who may raise a flag.")
    async def intervention_partner_names(self, info: Info, area_id: strawberry.ID) -> list[str]:
        area, day = ids.decode_area(area_id), today()
        check_can_raise(info.context.person, area_id=area)
        async with reading(info):
            rows = await membership.partners(area_id=area)
        return [row.name for row in rows if row.valid_from <= day and (row.valid_to is None or row.valid_to >= day)]

    @strawberry.field(description="What the forms about flags offer.")
    async def intervention_choices(self) -> InterventionChoices:
        return InterventionChoices(
            kinds=[InterventionChoice(code=kind.value, label=label) for kind, label in KINDS.items()],
            decisions=[
                InterventionDecisionChoice(
                    code=kind.value,
                    label=rule.label,
                    meaning=rule.meaning,
                    senior=rule.senior,
                    names_power=rule.names_power,
                    needs_review=rule.needs_review,
                )
                for kind, rule in DECISIONS.items()
            ],
            powers=[InterventionPower.of(code) for code in POWERS],
            no_single_power=NO_SINGLE_POWER,
        )
