"""Following up: the software proposes, a person decides with a reason."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from infra.clock import today
from infra.working_days import add_working_days
from tenants.cooperation.queries import progress, records
from tenants.cooperation.rules.duties import DEFAULT_STEPS
from tenants.cooperation.service import follow_up
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Conflict, Invalid, NotAllowed, NotFound, WrongState
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.cooperation import Asked, asked_school, chosen_school, do, request_of, send
from tests.support.world import actor, make_area, manager


async def late_school() -> Asked:
    """A school whose answer was due 12 working days ago."""
    return await asked_school(
        await make_area(), opens_on=today() - timedelta(days=60), due_on=add_working_days(today(), -12)
    )


async def move(asked: Asked, by: Actor | None = None, **changes: Any) -> None:
    await do(by or manager(asked.area), follow_up.move_step, **{
        "area_id": asked.area.id, "request_id": asked.request.id, "from_step": 0, "to_step": 2,
        "reason": "No answer to two emails.", **changes,
    })  # fmt: skip


async def test_a_step_is_proposed_with_evidence_and_nothing_moves_by_itself(database: Cluster) -> None:
    asked = await late_school()
    proposed = follow_up.proposal(asked.request, steps=DEFAULT_STEPS)
    assert proposed is not None
    assert (proposed.step, proposed.title) == (2, "Call by the education safeguarding team")
    assert proposed.evidence.endswith("late; no reminder sent.")
    assert (await request_of(asked.area, asked.school)).step == 0


async def test_a_person_moves_it_with_a_reason_and_the_evidence_is_kept(database: Cluster) -> None:
    asked = await late_school()
    await move(asked)
    request = await request_of(asked.area, asked.school)
    assert (request.step, request.step_title) == (2, "Call by the education safeguarding team")
    async with tenant_scope(manager(asked.area), readonly=True):
        (kept,) = (await records.record(area_id=asked.area.id, request_id=asked.request.id)).moves
        steps = await progress.by_step(area_id=asked.area.id, cycle_id=asked.request.cycle_id)
    assert (kept.reason, kept.moved_by) == ("No answer to two emails.", "Bea Manager")
    assert "working days late" in kept.evidence
    assert [(row.step, row.requests) for row in steps] == [(2, 1)]
    await move(asked, from_step=2, to_step=0)
    assert (await request_of(asked.area, asked.school)).step == 0


async def test_the_school_never_sees_the_follow_up(database: Cluster) -> None:
    asked = await late_school()
    await move(asked)
    async with tenant_scope(asked.contact, readonly=True):
        assert (await records.record(area_id=asked.area.id, request_id=asked.request.id)).moves == ()


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"reason": ""}, Invalid),
        ({"reason": "x" * 1001}, Invalid),
        ({"to_step": 0}, Invalid),
        ({"to_step": 7}, Invalid),
        ({"to_step": -1}, Invalid),
        ({"from_step": 1}, Conflict),
    ],
)
async def test_a_bad_move_is_a_problem(database: Cluster, changes: dict[str, Any], problem: type[Exception]) -> None:
    asked = await late_school()
    with pytest.raises(problem):
        await move(asked, **changes)
    assert (await request_of(asked.area, asked.school)).step == 0


async def test_who_has_answered_is_not_followed_up(database: Cluster) -> None:
    asked = await late_school()
    await send(asked)
    with pytest.raises(WrongState, match="has answered"):
        await move(asked)


async def test_only_those_who_run_the_partnership_decide(database: Cluster) -> None:
    asked, other = await late_school(), await make_area()
    for stranger in (actor(Role.VIEWER, area_id=asked.area.id), asked.contact, manager(other)):
        with pytest.raises(NotAllowed):
            await move(asked, by=stranger)
    with pytest.raises(NotFound):
        await move(asked, by=manager(other), area_id=other.id)
    await move(asked, by=actor(Role.DELEGATED_SAFEGUARDING_PARTNER, area_id=asked.area.id))


async def test_a_request_that_should_not_have_been_made_is_cancelled(database: Cluster) -> None:
    asked = await late_school()
    cancel = {"area_id": asked.area.id, "request_id": asked.request.id, "reason": "The school has merged."}
    with pytest.raises(Conflict):
        await do(manager(asked.area), follow_up.cancel_request, version=9, **cancel)
    await do(manager(asked.area), follow_up.cancel_request, version=1, **cancel)
    request = await request_of(asked.area, asked.school)
    assert (request.state, request.late) == ("cancelled", False)
    with pytest.raises(WrongState, match="no longer asks"):
        await send(asked, version=2)


async def test_progress_counts_each_category_and_who_is_late(database: Cluster) -> None:
    area = await make_area()
    await chosen_school(area, name="Silent School")
    asked = await asked_school(area, opens_on=today() - timedelta(days=60), due_on=today() - timedelta(days=1))
    await send(asked)
    async with tenant_scope(manager(area), readonly=True):
        (row,) = await progress.by_category(area_id=area.id, cycle_id=asked.request.cycle_id)
    assert (row.asked, row.submitted, row.not_started, row.late) == (2, 1, 1, 1)
