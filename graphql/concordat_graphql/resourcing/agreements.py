"""What waits for a lead's agreement in all their areas, and agreeing much of it at once: one transaction an area."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Annotated, Self
from uuid import UUID

import strawberry

from concordat_graphql import ids, paging
from concordat_graphql.context import Info, reading
from concordat_graphql.perform import perform
from concordat_graphql.problems import Failed, failed
from concordat_graphql.resourcing.types import Money, money
from tenants.resourcing import queries, service
from tenants.resourcing.queries.rows import Agreeable, Waiting
from tenants.resourcing.rules import FORM_LABELS, Agreed, year_label
from tenants.resourcing.service import ToAgree
from tenants.tenancy import queries as tenancy
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Invalid, Problem
from tenants.tenancy.queries import AreaRow

MOST_AT_ONCE = 200
KINDS = {Agreed.BUDGET: "Budget", Agreed.CONTRIBUTION: "Contribution"}


@strawberry.type
class AgreementItem:
    """A budget, with all it plans, or a contribution to one, of an area."""

    area_id: strawberry.ID
    area_name: str
    area_slug: str
    what: str = strawberry.field(description="budget or contribution")
    id: strawberry.ID
    version: int
    year_label: str = strawberry.field(description="2026-27")
    title: str = strawberry.field(description="Budget 2026-27, or who contributes.")
    form_label: str | None
    amount: Money
    reduced_from: Money | None = strawberry.field(description="What was promised before a reduction that waits.")

    @classmethod
    def of(cls, row: Agreeable, *, area: AreaRow) -> Self:
        """Return the type of a budget or contribution of the area."""
        label = year_label(row.year)
        return cls(
            area_id=ids.encode("Area", area.id),
            area_name=area.name,
            area_slug=area.slug,
            what=row.what.value,
            id=ids.encode(KINDS[row.what], row.id),
            version=row.version,
            year_label=label,
            title=row.contributor or f"Budget {label}",
            form_label=None if row.form is None else FORM_LABELS[row.form],
            amount=Money.of(row.amount_pence),
            reduced_from=money(row.reduced_from_pence),
        )


@strawberry.type
class WaitingAgreement:
    """Something that waits for the viewer's agreement, for these bodies that they lead."""

    item: AgreementItem
    bodies: list[str]


@strawberry.type
class AgreementOutcome:
    """What became of one thing; `item` is null when it is not there or not the viewer's."""

    item: AgreementItem | None
    agreed: bool
    problem: str | None


@strawberry.type
class AgreedTogether:
    """What became of each thing, in the order in which they were sent."""

    agreed: int
    outcomes: list[AgreementOutcome]


@strawberry.input
class AgreeItemInput:
    """A budget or a contribution as it was at `version`."""

    area_id: strawberry.ID
    what: str
    id: strawberry.ID
    version: int


@strawberry.input
class AgreeTogetherInput:
    """Up to 200 things to agree, in any areas in which the person is a lead."""

    idempotency_key: str
    items: list[AgreeItemInput]


@strawberry.input
class AgreeInAreaInput:
    """Those of one area."""

    idempotency_key: str
    area_id: strawberry.ID
    items: list[AgreeItemInput]


AgreedTogetherResult = Annotated[AgreedTogether | Failed, strawberry.union("AgreedTogetherResult")]
Outcomes = dict[str, str | None]  #: by opaque id: why it was not agreed, None when it was


@strawberry.type
class AgreementsQuery:
    """Reading what waits for the viewer."""

    @strawberry.field(description="What waits for the viewer's agreement as a lead, by area: in all theirs, or in one.")
    async def my_agreements(
        self, info: Info, area_id: strawberry.ID | None = None, first: int = 50, after: str | None = None
    ) -> paging.Connection[WaitingAgreement]:
        actor, size, place = info.context.person, paging.page_size(first), place_of(after)
        async with reading(info, own=True):
            wanted = None if area_id is None else ids.decode_area(area_id)
            rows = await queries.waiting_for(actor, area_id=wanted, after=place, limit=size + 1)
            areas = await _areas(row.thing.area_id for row in rows)

        def node(row: Waiting) -> WaitingAgreement:
            item = AgreementItem.of(row.thing, area=areas[row.thing.area_id])
            return WaitingAgreement(item=item, bodies=list(row.bodies))

        return paging.page(rows, first=size, node=node, key=lambda row: _cursor(row.thing))


@strawberry.type
class AgreementsMutation:
    """Agreeing much at once."""

    @strawberry.mutation(description="Agree budgets and contributions of many areas, each by itself. For leads only.")
    async def agree_together(self, info: Info, input: AgreeTogetherInput) -> AgreedTogetherResult:
        if not 1 <= len(input.items) <= MOST_AT_ONCE:
            return failed([Invalid(f"Select between 1 and {MOST_AT_ONCE} things to agree.", field="items")])
        by_area: dict[strawberry.ID, list[AgreeItemInput]] = {}
        for item in input.items:
            by_area.setdefault(item.area_id, []).append(item)
        said: Outcomes = {}
        refused: list[Failed] = []
        for area_id, items in by_area.items():
            result = await _agree(info, input.idempotency_key, area_id, items)
            if isinstance(result, Failed):
                refused.append(result)
                said |= {item.id: result.problems[0].message for item in items}
            else:
                said |= result
        if len(refused) == len(by_area):
            return refused[0]
        return await _report(info, input.items, said)


async def _agree(info: Info, key: str, area_id: strawberry.ID, items: list[AgreeItemInput]) -> Outcomes | Failed:
    """Agree the things of one area in a transaction of its own, under a key of its own."""
    own = hashlib.sha256(f"{key}:{area_id}".encode()).hexdigest()

    async def work(by: Actor) -> str:
        area, wanted = ids.decode_area(area_id), {item.id: _to_agree(item) for item in items}
        done = await service.agree_each(by=by, area_id=area, items=list(wanted.values()))
        return json.dumps({item: one.problem for item, one in zip(wanted, done, strict=True)})

    async def load(result: str) -> Outcomes:
        found: Outcomes = json.loads(result)
        return found

    input = AgreeInAreaInput(idempotency_key=own, area_id=area_id, items=items)
    return await perform(info, input=input, command="agreements.give", work=work, load=load)


def _cursor(thing: Agreeable) -> str:
    return paging.cursor(thing.area_id, thing.year, thing.what.value, thing.contributor or "", str(thing.id))


def place_of(after: str | None) -> queries.Place | None:
    """Return the place inside the cursor of what waits; raises `Invalid` for a cursor that is not ours."""
    key = paging.after_key(after, parts=5)
    if key is None:
        return None
    area_id, year, what, contributor, thing = key
    return queries.Place(area_id=paging.whole(area_id), year=paging.whole(year), what=str(what),
                         contributor=str(contributor), id=paging.uuid(thing))


def _to_agree(item: AgreeItemInput) -> ToAgree:
    if item.what not in set(Agreed):
        raise Invalid("Say whether it is a budget or a contribution.", field="what")
    what = Agreed(item.what)
    return ToAgree(what=what, id=ids.decode_uuid(KINDS[what], item.id, field="id"), version=item.version)


async def _report(info: Info, items: list[AgreeItemInput], said: Outcomes) -> AgreedTogether:
    wanted = {item.id: UUID(ids.decode(KINDS[Agreed(item.what)], item.id)) for item in items if _sound(item)}
    async with reading(info, own=True):
        areas = await _areas(ids.decode_area(item.area_id) for item in items if item.id in wanted)
        rows = await queries.agreeable(area_ids=list(areas), ids=list(wanted.values()))
    outcomes = []
    for opaque, problem in said.items():
        row = rows.get(wanted[strawberry.ID(opaque)]) if opaque in wanted else None
        item = None if row is None else AgreementItem.of(row, area=areas[row.area_id])
        outcomes.append(AgreementOutcome(item=item, agreed=problem is None, problem=problem))
    return AgreedTogether(agreed=sum(one.agreed for one in outcomes), outcomes=outcomes)


def _sound(item: AgreeItemInput) -> bool:
    """Return whether the ids of the item can be read at all."""
    try:
        ids.decode_area(item.area_id)
        _to_agree(item)
    except Problem:
        return False
    return True


async def _areas(area_ids: Iterable[int]) -> dict[int, AreaRow]:
    wanted = set(area_ids)
    return {row.id: row for row in await tenancy.areas(ids=list(wanted), limit=500)} if wanted else {}
