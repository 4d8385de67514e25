"""The chair is one of the delegates on every day; a scrutineer has a term and declares ties, or that there are none."""

from __future__ import annotations

from datetime import date

import pytest

from tenants.membership import queries, service
from tenants.membership.errors import OutsidePeriod
from tenants.membership.rules import Kind, Office
from tenants.membership.service import Holder
from tenants.tenancy.errors import Invalid, Problems
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.membership import START, Partnership, make_partnership, person

DAY = date(2026, 4, 1)


async def choose(made: Partnership, kind: Kind, *, valid_from: date = START, office: str = "delegates") -> None:
    async with tenant_scope(made.manager):
        await service.choose_chair(
            by=made.manager,
            area_id=made.area.id,
            appointment_id=getattr(made, office)[kind],
            valid_from=valid_from,
            reason="Chosen by the leads.",
        )


async def chair_on(made: Partnership, day: date) -> str | None:
    async with tenant_scope(made.manager, readonly=True):
        found = await queries.chair(area_id=made.area.id, as_at=day)
    return None if found is None else found.person_name


async def test_a_new_chair_follows_the_one_before(database: Cluster) -> None:
    made = await make_partnership()
    await choose(made, Kind.POLICE)
    await choose(made, Kind.LOCAL_AUTHORITY, valid_from=DAY)
    assert await chair_on(made, date(2026, 3, 31)) == "Dev Police"
    assert await chair_on(made, DAY) == "Dev Council"
    async with tenant_scope(made.manager, readonly=True):
        assert len(await queries.chairs(area_id=made.area.id)) == 2


async def test_only_a_delegate_may_chair(database: Cluster) -> None:
    made = await make_partnership()
    with pytest.raises(Invalid, match="delegated safeguarding partners"):
        await choose(made, Kind.POLICE, office="leads")
    assert await chair_on(made, DAY) is None


async def test_nobody_chairs_before_they_are_a_delegate(database: Cluster) -> None:
    made = await make_partnership()
    with pytest.raises(OutsidePeriod):
        await choose(made, Kind.POLICE, valid_from=date(2019, 1, 1))


async def test_nobody_chairs_after_they_were_a_delegate(database: Cluster) -> None:
    made = await make_partnership()
    async with tenant_scope(made.manager):
        await service.end_appointment(
            by=made.manager,
            area_id=made.area.id,
            appointment_id=made.delegates[Kind.POLICE],
            version=1,
            last_day=DAY,
            reason="Moved on.",
        )
    with pytest.raises(OutsidePeriod):
        await choose(made, Kind.POLICE, valid_from=date(2026, 5, 1))


async def test_the_chairing_ends_with_the_appointment(database: Cluster) -> None:
    made = await make_partnership()
    await choose(made, Kind.POLICE)
    async with tenant_scope(made.manager):
        await service.end_appointment(
            by=made.manager,
            area_id=made.area.id,
            appointment_id=made.delegates[Kind.POLICE],
            version=1,
            last_day=DAY,
            reason="Moved on.",
        )
    assert await chair_on(made, DAY) == "Dev Police"
    assert await chair_on(made, date(2026, 4, 2)) is None


async def test_a_correction_cannot_leave_the_chair_without_an_appointment(database: Cluster) -> None:
    made = await make_partnership()
    await choose(made, Kind.POLICE)
    with pytest.raises(OutsidePeriod):
        async with tenant_scope(made.manager):
            await service.correct_appointment(
                by=made.manager,
                area_id=made.area.id,
                appointment_id=made.delegates[Kind.POLICE],
                version=1,
                holder=person("Dev Police", "Superintendent"),
                valid_from=date(2020, 1, 1),
                reason="Began later.",
            )


async def test_a_chairing_can_end_while_the_delegate_stays(database: Cluster) -> None:
    made = await make_partnership()
    await choose(made, Kind.POLICE)
    async with tenant_scope(made.manager):
        chair = await queries.chair(area_id=made.area.id, as_at=DAY)
        assert chair is not None
        await service.end_chair(
            by=made.manager, area_id=made.area.id, chair_id=chair.id, version=1, last_day=DAY, reason="Stepped back."
        )
        members = await queries.members(area_id=made.area.id, as_at=date(2026, 5, 1))
    assert members.chair is None
    assert all(row.delegated.holder is not None for row in members.partners)


async def appoint_scrutineer(made: Partnership, holder: Holder, *, valid_to: date | None = date(2099, 3, 31)) -> None:
    async with tenant_scope(made.manager):
        await service.appoint(
            by=made.manager,
            area_id=made.area.id,
            office=Office.SCRUTINEER,
            holder=holder,
            valid_from=START,
            valid_to=valid_to,
        )


async def test_there_may_be_several_scrutineers_each_with_a_term_and_a_declaration(database: Cluster) -> None:
    made = await make_partnership()
    await appoint_scrutineer(made, person("Sam Free", no_tie=True))
    await appoint_scrutineer(made, person("Tia Tied", declared_tie="Was the council's director until 2018."))
    async with tenant_scope(made.manager, readonly=True):
        found = (await queries.members(area_id=made.area.id, as_at=DAY)).scrutineers
    assert [(row.person_name, row.declared_tie) for row in found] == [
        ("Sam Free", None),
        ("Tia Tied", "Was the council's director until 2018."),
    ]


@pytest.mark.parametrize(
    ("holder", "valid_to", "field"),
    [
        (person("Sam Silent"), date(2099, 3, 31), "declaredTie"),
        (person("Sam Both", no_tie=True, declared_tie="A tie."), date(2099, 3, 31), "declaredTie"),
        (person("Sam Endless", no_tie=True), None, "validTo"),
    ],
)
async def test_a_scrutineer_without_a_declaration_or_a_term_is_refused(
    database: Cluster, holder: Holder, valid_to: date | None, field: str
) -> None:
    made = await make_partnership()
    with pytest.raises(Problems) as caught:
        await appoint_scrutineer(made, holder, valid_to=valid_to)
    assert [problem.field for problem in caught.value.problems] == [field]
