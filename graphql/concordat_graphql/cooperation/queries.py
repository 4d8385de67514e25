"""Reading cooperation as a member of the area."""

from __future__ import annotations

import strawberry

from concordat_graphql import ids, paging
from concordat_graphql.context import Info, reading
from concordat_graphql.cooperation.keys import checked_key, decode_in
from concordat_graphql.cooperation.types.agencies import (
    AgencyCandidate,
    AgencyCategory,
    AgencyCount,
    RelevantAgency,
)
from concordat_graphql.cooperation.types.duties import (
    AgenciesAsked,
    CategoryProgress,
    CooperationChoice,
    CooperationChoices,
    CycleRecord,
    Duty,
    DutyCycle,
    DutyRecord,
    DutyVersion,
    FollowUpStep,
    StepProgress,
)
from concordat_graphql.cooperation.types.requests import DutyRequest
from tenants.cooperation.permissions import check_can_read
from tenants.cooperation.queries import agencies, duties, progress, requests
from tenants.cooperation.queries.asking import would_ask
from tenants.cooperation.rules.agencies import CHANNELS
from tenants.cooperation.rules.duties import (
    CYCLE_LABELS,
    DEFAULT_REMINDERS,
    DEFAULT_STEPS,
    KIND_LABELS,
    LEGAL_BASES,
    Step,
)


@strawberry.input
class RequestFilter:
    """Which requests to list: each given part narrows."""

    cycle_id: strawberry.ID | None = None
    agency_id: strawberry.ID | None = None
    search: str | None = None
    category: str | None = None
    state: str | None = None
    step: int | None = None
    late: bool = False
    question_open: bool = False

    def wanted(self) -> requests.Wanted:
        """Return the domain's filter; raises `NotFound` for an id that is not ours."""
        return requests.Wanted(
            cycle_id=decode_in("DutyCycle", self.cycle_id, field="cycleId")[1] if self.cycle_id else None,
            agency_id=decode_in("RelevantAgency", self.agency_id, field="agencyId")[1] if self.agency_id else None,
            search=self.search,
            category=self.category,
            state=self.state,
            step=self.step,
            late=self.late,
            question_open=self.question_open,
        )


def _member(info: Info, area_id: strawberry.ID) -> int:
    area = ids.decode_area(area_id)
    check_can_read(info.context.person, area_id=area)
    return area


@strawberry.type
class CooperationQuery:
    """Reading relevant agencies, duties and requests of an area."""

    @strawberry.field(description="The statutory categories of relevant agency in force today.")
    async def agency_categories(self, info: Info) -> list[AgencyCategory]:
        async with reading(info):
            return [AgencyCategory.of(row) for row in await agencies.categories()]

    @strawberry.field(description="An area's relevant agencies by name. For its members.")
    async def relevant_agencies(
        self,
        info: Info,
        area_id: strawberry.ID,
        search: str | None = None,
        category: str | None = None,
        state: str | None = None,
        first: int = 50,
        after: str | None = None,
    ) -> paging.Connection[RelevantAgency]:
        area, size = _member(info, area_id), paging.page_size(first)
        key = checked_key(paging.after_key(after, parts=2))
        async with reading(info):
            rows = await agencies.agencies(
                area_id=area, search=search, category=category, state=state, after=key, limit=size + 1
            )
        return paging.page(
            rows, first=size, node=RelevantAgency.of, key=lambda row: paging.cursor(row.name, str(row.id))
        )

    @strawberry.field(description="Organisations of the register whose name holds the text, not on the area's list.")
    async def agency_candidates(self, info: Info, area_id: strawberry.ID, search: str) -> list[AgencyCandidate]:
        area = _member(info, area_id)
        if len(search.strip()) < 2:
            return []
        async with reading(info):
            return [AgencyCandidate.of(row) for row in await agencies.candidates(area_id=area, search=search.strip())]

    @strawberry.field(description="How many agencies stand where, by category. For the area's members.")
    async def agency_counts(self, info: Info, area_id: strawberry.ID) -> list[AgencyCount]:
        area = _member(info, area_id)
        async with reading(info):
            return [AgencyCount.of(row) for row in await agencies.counts(area_id=area)]

    @strawberry.field(description="An area's duties by title. For its members.")
    async def duties(self, info: Info, area_id: strawberry.ID) -> list[Duty]:
        area = _member(info, area_id)
        async with reading(info):
            return [Duty.of(row) for row in await duties.duties(area_id=area)]

    @strawberry.field(description="One duty with its versions and cycles; null when there is none.")
    async def duty(self, info: Info, id: strawberry.ID) -> DutyRecord | None:
        area, duty_id = decode_in("Duty", id, field="id")
        check_can_read(info.context.person, area_id=area)
        async with reading(info):
            row = await duties.duty(area_id=area, duty_id=duty_id)
            if row is None:
                return None
            versions = await duties.versions(area_id=area, duty_id=duty_id)
            cycles = await duties.cycles(area_id=area, duty_id=duty_id)
        return DutyRecord(
            duty=Duty.of(row),
            versions=[DutyVersion.of(version) for version in versions],
            cycles=[DutyCycle.of(cycle) for cycle in cycles],
        )

    @strawberry.field(description="Whom a new cycle of a duty would ask, or whom a cycle has not asked yet.")
    async def agencies_to_ask(
        self, info: Info, duty_id: strawberry.ID, cycle_id: strawberry.ID | None = None
    ) -> list[AgenciesAsked]:
        area, duty = decode_in("Duty", duty_id, field="dutyId")
        check_can_read(info.context.person, area_id=area)
        cycle = decode_in("DutyCycle", cycle_id, field="cycleId")[1] if cycle_id else None
        async with reading(info):
            rows = await would_ask(area_id=area, duty_id=duty, cycle_id=cycle)
        return [AgenciesAsked.of(row) for row in rows]

    @strawberry.field(description="An area's cycles, the latest due first. For its members.")
    async def duty_cycles(self, info: Info, area_id: strawberry.ID) -> list[DutyCycle]:
        area = _member(info, area_id)
        async with reading(info):
            return [DutyCycle.of(row) for row in await duties.cycles(area_id=area)]

    @strawberry.field(description="One cycle with its progress by category and follow-up step; null when none.")
    async def duty_cycle(self, info: Info, id: strawberry.ID) -> CycleRecord | None:
        area, cycle_id = decode_in("DutyCycle", id, field="id")
        check_can_read(info.context.person, area_id=area)
        async with reading(info):
            row = await duties.cycle(area_id=area, cycle_id=cycle_id)
            if row is None:
                return None
            duty = await duties.duty(area_id=area, duty_id=row.duty_id)
            by_category = await progress.by_category(area_id=area, cycle_id=cycle_id)
            by_step = await progress.by_step(area_id=area, cycle_id=cycle_id)
        return CycleRecord(
            cycle=DutyCycle.of(row),
            by_category=[CategoryProgress.of(one) for one in by_category],
            by_step=[StepProgress(step=one.step, title=one.title, requests=one.requests) for one in by_step],
            steps=_steps(() if duty is None else duty.follow_up),
        )

    @strawberry.field(description="Requests of an area by the agency's name. For its members.")
    async def duty_requests(
        self,
        info: Info,
        area_id: strawberry.ID,
        where: RequestFilter | None = None,
        first: int = 50,
        after: str | None = None,
    ) -> paging.Connection[DutyRequest]:
        area, size = _member(info, area_id), paging.page_size(first)
        key = checked_key(paging.after_key(after, parts=2))
        wanted = (where or RequestFilter()).wanted()
        async with reading(info):
            rows = await requests.requests(area_id=area, where=wanted, after=key, limit=size + 1)
        return paging.page(
            rows, first=size, node=DutyRequest.of, key=lambda row: paging.cursor(row.agency_name, str(row.id))
        )

    @strawberry.field(description="What the forms about agencies and duties offer.")
    async def cooperation_choices(self) -> CooperationChoices:
        return CooperationChoices(
            legal_bases=[CooperationChoice(code=code, label=label) for code, label in LEGAL_BASES.items()],
            cycles=[CooperationChoice(code=code, label=label) for code, label in CYCLE_LABELS.items()],
            kinds=[CooperationChoice(code=code, label=label) for code, label in KIND_LABELS.items()],
            channels=[CooperationChoice(code=code, label=label) for code, label in CHANNELS.items()],
            default_steps=_steps(DEFAULT_STEPS),
            default_reminder_days=list(DEFAULT_REMINDERS),
        )


def _steps(steps: tuple[Step, ...]) -> list[FollowUpStep]:
    return [FollowUpStep(title=step.title, working_days=step.working_days) for step in steps]
