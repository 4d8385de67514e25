"""Groups and seats that the area invents, and education's seats."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from tenants.membership import queries, service
from tenants.membership.errors import OutsidePeriod, Overlap
from tenants.membership.queries.rows import Members
from tenants.membership.rules import EducationLevel, Office
from tenants.tenancy.errors import Conflict, Invalid, NotFound, Problem, Problems
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.membership import START, person
from tests.support.world import AreaMade, make_area, manager

DAY = date(2026, 4, 1)


async def make_group(area: AreaMade, name: str = "Exploitation group") -> UUID:
    async with tenant_scope(manager(area)):
        return await service.add_group(
            by=manager(area), area_id=area.id, name=name, purpose="Children harmed outside the home", valid_from=START
        )


async def make_seat(area: AreaMade, group_id: UUID, title: str = "Housing lead") -> UUID:
    async with tenant_scope(manager(area)):
        return await service.add_seat(
            by=manager(area), area_id=area.id, group_id=group_id, title=title, valid_from=START
        )


async def fill(area: AreaMade, seat_id: UUID, name: str = "Hana Homes", *, valid_from: date = START) -> UUID:
    async with tenant_scope(manager(area)):
        return await service.appoint(
            by=manager(area),
            area_id=area.id,
            office=Office.SEAT,
            seat_id=seat_id,
            holder=person(name, organisation="Testshire Homes"),
            valid_from=valid_from,
        )


async def members(area: AreaMade, day: date = DAY) -> Members:
    async with tenant_scope(manager(area), readonly=True):
        return await queries.members(area_id=area.id, as_at=day)


async def test_a_seat_shows_its_holder_or_since_when_it_is_empty(database: Cluster) -> None:
    area = await make_area()
    group = await make_group(area)
    held, empty = await make_seat(area, group), await make_seat(area, group, "Youth voice")
    await fill(area, held)
    seats = {seat.id: seat.filled for seat in (await members(area)).seats}
    assert seats[held].holder is not None
    assert seats[held].holder.organisation == "Testshire Homes"
    assert seats[empty].vacant_since == START


async def test_one_person_to_a_seat(database: Cluster) -> None:
    area = await make_area()
    seat = await make_seat(area, await make_group(area))
    await fill(area, seat)
    with pytest.raises(Overlap):
        await fill(area, seat, "Second Holder")


async def test_ending_a_group_ends_its_seats_and_holders_and_keeps_them_in_the_past(database: Cluster) -> None:
    area = await make_area()
    group = await make_group(area)
    await fill(area, await make_seat(area, group))
    async with tenant_scope(manager(area)):
        await service.end_group(
            by=manager(area), area_id=area.id, group_id=group, version=1, last_day=DAY, reason="Its work is done."
        )
    then, now = await members(area), await members(area, date(2026, 4, 2))
    assert (len(then.groups), len(then.seats)) == (1, 1)
    assert then.seats[0].filled.holder is not None
    assert (now.groups, now.seats) == ([], [])


async def test_ending_a_seat_ends_its_holder(database: Cluster) -> None:
    area = await make_area()
    seat = await make_seat(area, await make_group(area))
    await fill(area, seat)
    async with tenant_scope(manager(area)):
        await service.end_seat(
            by=manager(area), area_id=area.id, seat_id=seat, version=1, last_day=DAY, reason="Not needed."
        )
        assert [row.valid_to for row in await queries.appointments(area_id=area.id)] == [DAY]


async def test_education_has_seats_at_two_levels_without_any_group(database: Cluster) -> None:
    area = await make_area()
    by = manager(area)
    async with tenant_scope(by):
        for level in EducationLevel:
            await service.add_seat(
                by=by, area_id=area.id, title="Headteachers", education_level=level, valid_from=START
            )
    levels = [seat.education_level for seat in (await members(area)).seats]
    assert levels == [EducationLevel.STRATEGIC, EducationLevel.OPERATIONAL]


async def test_names_can_be_put_right(database: Cluster) -> None:
    area = await make_area()
    by, group = manager(area), await make_group(area)
    seat = await make_seat(area, group)
    async with tenant_scope(by):
        await service.correct_group(
            by=by, area_id=area.id, group_id=group, version=1, name="Harm outside the home", valid_from=START,
            reason="The group agreed a better name.",
        )  # fmt: skip
        await service.correct_seat(
            by=by, area_id=area.id, seat_id=seat, version=1, title="Housing", valid_from=START, reason="Too long.",
        )  # fmt: skip
    found = await members(area)
    assert (found.groups[0].name, found.groups[0].version, found.seats[0].title) == (
        "Harm outside the home",
        2,
        "Housing",
    )


@pytest.mark.parametrize(
    ("change", "error", "field"),
    [
        ({"title": ""}, Problems, "title"),
        ({"title": "x" * 201}, Problems, "title"),
        ({"education_level": "national"}, Problems, "educationLevel"),
        ({"group_id": None}, Invalid, "groupId"),
        ({"group_id": UUID(int=1)}, NotFound, "groupId"),
        ({"valid_from": date(2018, 1, 1)}, OutsidePeriod, "validFrom"),
    ],
)
async def test_a_seat_that_does_not_fit_is_refused(
    database: Cluster, change: dict[str, object], error: type[Exception], field: str
) -> None:
    area = await make_area()
    values: dict[str, object] = {"group_id": await make_group(area), "title": "Housing", "valid_from": START, **change}
    with pytest.raises(error) as caught:
        async with tenant_scope(manager(area)):
            await service.add_seat(by=manager(area), area_id=area.id, **values)  # type: ignore[arg-type]
    problems: list[Problem] = getattr(caught.value, "problems", [caught.value])
    assert [problem.field for problem in problems] == [field]
    assert (await members(area)).seats == []


async def test_a_group_of_the_same_name_and_a_stale_change_are_refused(database: Cluster) -> None:
    area = await make_area()
    group = await make_group(area)
    with pytest.raises(Overlap):
        await make_group(area, "EXPLOITATION GROUP")
    with pytest.raises(Conflict):
        async with tenant_scope(manager(area)):
            await service.end_group(
                by=manager(area), area_id=area.id, group_id=group, version=9, last_day=DAY, reason="Done."
            )
