"""Of whom an area's audit trail holds personal text, and erasing it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

import strawberry

from concordat_graphql import ids, paging
from concordat_graphql.context import Info, reading
from concordat_graphql.perform import perform, seen
from concordat_graphql.problems import Failed
from tenants.audit import subjects
from tenants.tenancy.errors import NotFound
from tenants.tenancy.permissions import check_can_erase
from tenants.tenancy.trail import erasing

KIND = "TrailSubject"
#: what in the area names the person
KINDS = {
    "person": "an account",
    "appointment": "an appointment",
    "named_contact": "a named contact",
    "relevant_agency": "an agency’s contact",
    "connection_proposal": "a proposal of a linked system",
    "intervention_flag": "those told of a flag",
    "funding_agreement": "an agreement",
}


@strawberry.type
class TrailSubject:
    """Somebody of whom the trail holds personal text, as one thing of the area names them."""

    id: strawberry.ID
    kind: str
    kind_label: str
    texts: list[str] = strawberry.field(description="What it says: names, posts, addresses, numbers. None once erased.")
    entries: int = strawberry.field(description="In how many entries.")
    erased_on: date | None

    @classmethod
    def of(cls, row: subjects.SubjectRow, *, area_id: int) -> Self:
        """Return the type of a row."""
        return cls(
            id=ids.encode(KIND, f"{area_id}.{row.key}"),
            kind=row.subject_type,
            kind_label=KINDS.get(row.subject_type, row.subject_type.replace("_", " ")),
            texts=list(row.texts),
            entries=row.entries,
            erased_on=row.erased_on,
        )


TrailSubjectResult = Annotated[TrailSubject | Failed, strawberry.union("TrailSubjectResult")]


@strawberry.input
class EraseFromTrailInput:
    """Whose text to erase from the trail, and why. It cannot be undone."""

    idempotency_key: str
    area_id: strawberry.ID
    subject_id: strawberry.ID
    reason: str


@strawberry.type
class TrailQuery:
    """Reading of whom a trail holds personal text."""

    @strawberry.field(description="Of whom the area's audit trail holds personal text. For its business manager.")
    async def trail_subjects(
        self, info: Info, area_id: strawberry.ID, search: str | None = None, first: int = 50, after: str | None = None
    ) -> paging.Connection[TrailSubject]:
        area, size = ids.decode_area(area_id), paging.page_size(first)
        check_can_erase(info.context.person, area_id=area)
        key = paging.after_key(after, parts=1)
        async with reading(info):
            rows = await subjects.subjects(area_id=area, search=search)
        start = 0 if key is None else paging.whole(key[0])
        places = list(enumerate(rows, start=1))[start : start + size + 1]
        return paging.page(
            places,
            first=size,
            node=lambda place: TrailSubject.of(place[1], area_id=area),
            key=lambda place: paging.cursor(place[0]),
        )

    @strawberry.field(description="One of them, before it is erased. For the area's business manager.")
    async def trail_subject(self, info: Info, area_id: strawberry.ID, id: strawberry.ID) -> TrailSubject | None:
        area = ids.decode_area(area_id)
        check_can_erase(info.context.person, area_id=area)
        async with reading(info):
            row = await subjects.subject(area_id=area, key=_key(area, id))
        return None if row is None else TrailSubject.of(row, area_id=area)


@strawberry.type
class TrailMutation:
    """Erasing from the trail."""

    @strawberry.mutation(description="Erase what the trail says of someone, for good. For the area's business manager.")
    async def erase_from_trail(self, info: Info, input: EraseFromTrailInput) -> TrailSubjectResult:
        async def load(key: str) -> TrailSubject:
            area = ids.decode_area(input.area_id)
            return TrailSubject.of(seen(await subjects.subject(area_id=area, key=key)), area_id=area)

        return await perform(
            info,
            input=input,
            command="trail.erase",
            work=lambda by: erasing.erase(
                by=by,
                area_id=ids.decode_area(input.area_id),
                subject=_key(ids.decode_area(input.area_id), input.subject_id, field="subjectId"),
                reason=input.reason,
            ),
            load=load,
        )


def _key(area_id: int, opaque: str, *, field: str | None = None) -> str:
    """Return the subject's key inside an opaque id; raises `NotFound` for one of another area."""
    area, _, key = ids.decode(KIND, opaque, field=field).partition(".")
    if area != str(area_id) or not key:
        raise NotFound(erasing.WHAT, field=field)
    return key
