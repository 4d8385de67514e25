"""A part of a contribution came and the rest will not: reduced with a reason, agreed anew by every lead, kept."""

from __future__ import annotations

import asyncio
from uuid import UUID

import asyncpg
import pytest

from infra.database import sql
from tenants.audit import queries as audit
from tenants.membership.rules import Kind
from tenants.resourcing import queries, service
from tenants.resourcing.rules import Event, Form, State, after, settled
from tenants.tenancy.errors import Conflict, Invalid, NotAllowed, NotFound, Problem, WrongState
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.membership import Partnership
from tests.support.resourcing import YEAR, act, agree_by_all, contribution, open_budget, sheet
from tests.support.world import actor, make_area, manager
from tests.tenants.resourcing.test_invoices import step
from tests.tenants.resourcing.test_reversals import PAST, paid, reverse

WHY = "The force cannot pay the rest."


async def reduce(made: Partnership, given: UUID, pence: int, **change: object) -> UUID:
    """Reduce a contribution of £10,000 to so many pence."""
    return await step(made, given, service.reduce, **{"amount_pence": pence, "reason": WHY, **change})


async def waiting(made: Partnership) -> list[tuple[int, int | None]]:
    """Return amount and what it was of the contributions that wait for the council's lead."""
    lead = made.lead_actors[Kind.LOCAL_AUTHORITY]
    async with tenant_scope(lead, readonly=True):
        found = await queries.waiting_for(lead, area_id=made.area.id)
    return [(one.thing.amount_pence, one.thing.reduced_from_pence) for one in found if one.thing.contributor]


@pytest.mark.parametrize("form", ["cash", "in_kind"])
async def test_it_is_what_came_when_every_lead_has_agreed_anew(database: Cluster, form: str) -> None:
    made, given, _ = await paid(6_000_00, form=form)
    await reduce(made, given, 6_000_00)
    found = await contribution(made, given)
    assert (found.state, found.amount_pence, found.agreed_by) == (State.REDUCED, 6_000_00, [])
    assert (found.reduced_from_pence, found.reduced_reason) == (10_000_00, WHY)
    assert await waiting(made) == [(6_000_00, 10_000_00)]
    await agree_by_all(made, given)
    found = await contribution(made, given)
    assert (found.state, len(found.agreed_by), await waiting(made)) == (State.RECEIVED, 3, [])
    balance = (await sheet(made)).balance
    assert (balance.promised, balance.received, balance.outstanding) == (6_000_00, 6_000_00, 0)


async def test_some_of_the_rest_may_still_come_before_and_after_it_is_agreed(database: Cluster) -> None:
    made, given, _ = await paid(6_000_00)
    await reduce(made, given, 8_000_00)
    await step(made, given, service.receive, amount_pence=1_500_00, received_on=PAST)
    assert (await contribution(made, given)).state is State.REDUCED
    await agree_by_all(made, given)
    assert (await contribution(made, given)).state is State.PART_RECEIVED
    with pytest.raises(Invalid, match="Only £500 of this contribution is still to come"):
        await step(made, given, service.receive, amount_pence=500_01, received_on=PAST)
    await step(made, given, service.receive, amount_pence=500_00, received_on=PAST)
    assert (await contribution(made, given)).state is State.RECEIVED


async def test_a_reduction_is_taken_back_up_to_what_was_promised_or_goes_further(database: Cluster) -> None:
    made, given, _ = await paid(6_000_00)
    await reduce(made, given, 8_000_00)
    await reduce(made, given, 10_000_00, reason="They pay it after all.")
    await agree_by_all(made, given)
    found = await contribution(made, given)
    assert (found.state, found.amount_pence, found.reduced_from_pence) == (State.PART_RECEIVED, 10_000_00, 10_000_00)
    await reduce(made, given, 7_000_00)
    async with tenant_scope(made.manager, readonly=True):
        entries = await audit.entries(area_id=made.area.id, where=audit.Filter(subject_id=str(given)))
    reduced = [entry for entry in entries if entry.action == "contribution.reduce"]
    told = [((entry.after or {})["amount_pence"], entry.reason) for entry in reduced]
    assert told == [(7_000_00, WHY), (10_000_00, "They pay it after all."), (8_000_00, WHY)]


async def test_a_receipt_reversed_meanwhile_is_counted_when_it_is_agreed(database: Cluster) -> None:
    made, given, [receipt] = await paid(6_000_00)
    await reduce(made, given, 7_000_00)
    await reverse(made, given, receipt)
    assert (await contribution(made, given)).state is State.REDUCED
    await agree_by_all(made, given)
    assert (await contribution(made, given)).state is State.INVOICED


@pytest.mark.parametrize(
    ("form", "came", "state"),
    [(Form.CASH, 0, State.INVOICED), (Form.IN_KIND, 0, State.AGREED), (Form.CASH, 1, State.PART_RECEIVED),
     (Form.IN_KIND, 5, State.RECEIVED)],
)  # fmt: skip
def test_where_a_reduced_contribution_stands_once_agreed(form: Form, came: int, state: State) -> None:
    assert settled(form, amount=5, came=came) is state


@pytest.mark.parametrize(
    ("change", "problem", "words"),
    [
        ({"pence": 5_999_99}, Invalid, "from £6,000, which has come, to £10,000, which was promised"),
        ({"pence": 10_000_00}, Invalid, "it is £10,000 now"),
        ({"pence": 10_000_01}, Invalid, "from £6,000"),
        ({"pence": 0}, Invalid, "from £6,000"),
        ({"reason": " "}, Invalid, "reason"),
        ({"version": 1}, Conflict, "changed"),
        ({"contribution_id": UUID(int=1)}, NotFound, "contribution"),
    ],
)
async def test_what_does_not_fit_writes_nothing(
    database: Cluster, change: dict[str, object], problem: type[Problem], words: str
) -> None:
    made, given, _ = await paid(6_000_00)
    with pytest.raises(problem, match=words):
        await reduce(made, given, **{"pence": 7_000_00, **change})  # type: ignore[arg-type]
    found = await contribution(made, given)
    assert (found.state, found.amount_pence, len(found.agreed_by)) == (State.PART_RECEIVED, 10_000_00, 3)


async def test_an_invoice_of_which_nothing_has_come_is_reduced_and_is_an_invoice_again_once_agreed(
    database: Cluster,
) -> None:
    made, given, _ = await paid()
    with pytest.raises(Invalid, match="of a penny or more, and at most £10,000, which was promised"):
        await reduce(made, given, 0)
    await reduce(made, given, 8_000_00)
    assert (await contribution(made, given)).state is State.REDUCED
    await agree_by_all(made, given)
    found = await contribution(made, given)
    assert (found.state, found.amount_pence, found.reduced_from_pence) == (State.INVOICED, 8_000_00, 10_000_00)
    await step(made, given, service.receive, amount_pence=8_000_00, received_on=PAST)
    assert (await contribution(made, given)).state is State.RECEIVED


async def test_a_reduced_contribution_is_withdrawn_when_nothing_comes_after_all(database: Cluster) -> None:
    made, given, _ = await paid()
    await reduce(made, given, 8_000_00)
    await step(made, given, service.withdraw, reason="The grant was refused.")
    assert (await contribution(made, given)).state is State.WITHDRAWN
    made, given, _ = await paid(6_000_00)
    await reduce(made, given, 8_000_00)
    with pytest.raises(WrongState, match="£6,000 of this contribution has come, so it cannot be withdrawn"):
        await step(made, given, service.withdraw, reason="The grant was refused.")


async def test_what_has_come_whole_is_not_reduced(database: Cluster) -> None:
    made, given, _ = await paid(10_000_00)
    with pytest.raises(WrongState, match="so it cannot be reduced"):
        await reduce(made, given, 1_00)


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("state", [State.PLEDGED, State.AGREED, State.RECEIVED, State.WITHDRAWN])
def test_what_is_changed_or_reversed_instead_is_not_reduced(form: Form, state: State) -> None:
    assert after(form, state, Event.REDUCE) is None


async def test_only_the_manager_of_the_area_reduces_it(database: Cluster) -> None:
    made, given, _ = await paid(6_000_00)
    other = await make_area()
    said = {"contribution_id": given, "version": 4, "amount_pence": 6_000_00, "reason": "Not mine."}
    with pytest.raises(NotFound):
        await act(manager(other), service.reduce, other.id, **said)
    for role in (Role.LEAD_SAFEGUARDING_PARTNER, Role.VIEWER):
        with pytest.raises(NotAllowed):
            await act(actor(role, area_id=made.area.id), service.reduce, made.area.id, **said)


async def test_money_that_comes_at_the_same_moment_is_never_more_than_what_is_promised(database: Cluster) -> None:
    made, given, _ = await paid(6_000_00)
    version = (await contribution(made, given)).version
    outcomes = await asyncio.gather(
        reduce(made, given, 6_000_00, version=version),
        step(made, given, service.receive, amount_pence=4_000_00, received_on=PAST, version=version),
        return_exceptions=True,
    )
    assert sum(isinstance(one, Problem) for one in outcomes) == 1
    found = await contribution(made, given)
    assert found.amount_pence == found.received_pence


async def test_the_database_promises_no_less_than_has_come(database: Cluster) -> None:
    made, given, _ = await paid(6_000_00)
    for values in ("amount_pence = 599999", "state = 'reduced'", "reduced_from_pence = 999999, reduced_reason = 'x'"):
        with pytest.raises(asyncpg.IntegrityConstraintViolationError):
            async with tenant_scope(made.manager):
                await sql.execute(f"update contribution set {values} where id = $1", given)


async def test_next_year_begins_from_what_it_was_reduced_to(database: Cluster) -> None:
    made, given, _ = await paid(6_000_00)
    await reduce(made, given, 6_000_00)
    await open_budget(made, year=YEAR + 1, copy_from=YEAR, planned=0)
    [copied] = (await sheet(made, YEAR + 1)).contributions
    assert (copied.state, copied.amount_pence, copied.reduced_from_pence) == (State.PLEDGED, 6_000_00, None)
