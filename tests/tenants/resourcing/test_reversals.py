"""A receipt recorded by mistake: reversed by a second row with a reason, once; nothing is deleted, sums are right."""

from __future__ import annotations

import asyncio
from datetime import date
from uuid import UUID

import asyncpg
import pytest

from infra.database import sql
from tenants.audit import queries as audit
from tenants.resourcing import queries, service
from tenants.resourcing.queries.rows import ReceiptRow
from tenants.resourcing.rules import State
from tenants.tenancy.errors import Conflict, Invalid, NotAllowed, NotFound, WrongState
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import national_scope, tenant_scope
from tests.support.cluster import Cluster
from tests.support.membership import Partnership, make_partnership
from tests.support.resourcing import (
    YEAR,
    act,
    agree_budget_by_all,
    agree_by_all,
    contribution,
    open_budget,
    pledge,
    sheet,
)
from tests.support.world import actor, make_area, manager

PAST = date(2026, 5, 1)


async def paid(*amounts: int, form: str = "cash") -> tuple[Partnership, UUID, list[UUID]]:
    """Make an agreed contribution of £10,000 of which these amounts have come."""
    made = await make_partnership()
    method = "Half a post." if form == "in_kind" else None
    given = await pledge(made, await open_budget(made), form=form, valuation_method=method)
    await agree_by_all(made, given)
    if form == "cash":
        await step(made, given, service.invoice, reference="INV-7", invoiced_on=PAST)
    receipts = [await step(made, given, service.receive, amount_pence=pence, received_on=PAST) for pence in amounts]
    return made, given, receipts


async def step(made: Partnership, given: UUID, verb: object, **values: object) -> UUID:
    version = (await contribution(made, given)).version
    return await act(made.manager, verb, made.area.id, contribution_id=given, version=version, **values)  # type: ignore[arg-type]


async def reverse(made: Partnership, given: UUID, receipt: UUID, **change: object) -> UUID:
    version = (await contribution(made, given)).version
    values = {"version": version, "reason": "Another area's payment.", **change}
    return await act(made.manager, service.reverse_receipt, made.area.id, receipt_id=receipt, **values)


async def receipts_of(made: Partnership, given: UUID) -> list[ReceiptRow]:
    async with tenant_scope(made.manager, readonly=True):
        return await queries.receipts(area_id=made.area.id, contribution_id=given)


@pytest.mark.parametrize(
    ("form", "amounts", "state", "left"),
    [
        ("cash", (10_000_00,), State.INVOICED, 0),
        ("cash", (4_000_00,), State.INVOICED, 0),
        ("cash", (4_000_00, 6_000_00), State.PART_RECEIVED, 6_000_00),
        ("in_kind", (10_000_00,), State.AGREED, 0),
        ("in_kind", (4_000_00, 1_00), State.PART_RECEIVED, 1_00),
    ],
)
async def test_the_contribution_stands_where_it_stood_without_the_receipt(
    database: Cluster, form: str, amounts: tuple[int, ...], state: State, left: int
) -> None:
    made, given, receipts = await paid(*amounts, form=form)
    await reverse(made, given, receipts[0])
    found = await contribution(made, given)
    assert (found.state, found.received_pence) == (state, left)
    assert (await sheet(made)).balance.received == left


async def test_both_rows_stay_and_the_trail_says_why(database: Cluster) -> None:
    made, given, [receipt] = await paid(4_000_00)
    reversal = await reverse(made, given, receipt)
    rows = {row.id: row for row in await receipts_of(made, given)}
    assert (rows[receipt].amount_pence, rows[receipt].reversed, rows[receipt].reverses) == (4_000_00, True, None)
    assert (rows[reversal].amount_pence, rows[reversal].reversed, rows[reversal].reverses) == (
        -4_000_00,
        False,
        receipt,
    )
    assert rows[reversal].reason == "Another area's payment."
    async with tenant_scope(made.manager, readonly=True):
        entries = await audit.entries(area_id=made.area.id, limit=2)
    assert {entry.action for entry in entries} == {"receipt.reverse", "contribution.reverse"}
    assert {entry.reason for entry in entries} == {"Another area's payment."}


async def test_what_really_came_is_recorded_after_it_and_may_be_the_whole(database: Cluster) -> None:
    made, given, [receipt] = await paid(9_000_00)
    await reverse(made, given, receipt)
    await step(made, given, service.receive, amount_pence=10_000_00, received_on=PAST)
    assert (await contribution(made, given)).state is State.RECEIVED


async def test_when_nothing_has_come_after_all_it_can_be_withdrawn(database: Cluster) -> None:
    made, given, [receipt] = await paid(1_00)
    await reverse(made, given, receipt)
    await step(made, given, service.withdraw, reason="The force's own budget was cut.")
    assert (await contribution(made, given)).state is State.WITHDRAWN


async def test_it_is_reversed_once_and_a_reversal_is_not_reversed(database: Cluster) -> None:
    made, given, [receipt, _] = await paid(1_00, 2_00)
    reversal = await reverse(made, given, receipt)
    with pytest.raises(WrongState, match="reversed already"):
        await reverse(made, given, receipt)
    with pytest.raises(WrongState, match="This is a reversal"):
        await reverse(made, given, reversal)
    assert (await contribution(made, given)).received_pence == 2_00


async def test_two_people_reversing_at_the_same_moment_reverse_it_once(database: Cluster) -> None:
    made, given, [receipt, _] = await paid(1_00, 2_00)
    results = await asyncio.gather(*(reverse(made, given, receipt) for _ in range(3)), return_exceptions=True)
    assert sorted(type(result).__name__ for result in results if isinstance(result, Exception)) in (
        ["WrongState", "WrongState"],
        ["Conflict", "WrongState"],
        ["Conflict", "Conflict"],
    )
    assert (await contribution(made, given)).received_pence == 2_00


@pytest.mark.parametrize(
    ("change", "problem"), [({"reason": " "}, Invalid), ({"version": 1}, Conflict), ({"receipt_id": None}, NotFound)]
)
async def test_what_does_not_fit_writes_nothing(
    database: Cluster, change: dict[str, object], problem: type[Exception]
) -> None:
    made, given, [receipt] = await paid(4_000_00)
    wanted = UUID(int=1) if "receipt_id" in change else receipt
    with pytest.raises(problem):
        await reverse(made, given, wanted, **{k: v for k, v in change.items() if k != "receipt_id"})
    assert len(await receipts_of(made, given)) == 1


async def test_another_area_finds_no_receipt_and_a_lead_may_not_reverse(database: Cluster) -> None:
    made, _, [receipt] = await paid(4_000_00)
    other = await make_area()
    values = {"receipt_id": receipt, "version": 1, "reason": "Not mine."}
    with pytest.raises(NotFound):
        await act(manager(other), service.reverse_receipt, other.id, **values)
    lead = actor(Role.LEAD_SAFEGUARDING_PARTNER, area_id=made.area.id)
    with pytest.raises(NotAllowed):
        await act(lead, service.reverse_receipt, made.area.id, **values)


async def test_the_departments_total_counts_what_was_not_reversed(database: Cluster) -> None:
    made, given, receipts = await paid(4_000_00, 1_000_00)
    await agree_budget_by_all(made, (await sheet(made)).budget.id)
    await reverse(made, given, receipts[0])
    async with national_scope():
        [found] = await queries.totals_of(area_ids=[made.area.id], year=YEAR)
    assert found.received_pence == 1_000_00


COPY = (
    "insert into receipt (area_id, contribution_id, received_on, amount_pence, reverses, reason) "
    "select area_id, {contribution}, '2026-05-02', {amount}, {reverses}, {reason} from receipt r where id = $1"
)
RIGHT = {"contribution": "contribution_id", "amount": "-amount_pence", "reverses": "id", "reason": "'Wrong area.'"}
WRONG = {
    "another amount": {"amount": "-amount_pence + 1"},
    "an amount above zero": {"amount": "amount_pence"},
    "no reason": {"reason": "null"},
    "a reason and no receipt": {"reverses": "null", "amount": "1"},
    "a receipt that is not there": {"reverses": "uuidv7()"},
    "below zero and no receipt": {"reverses": "null", "reason": "null"},
    "another contribution": {"contribution": "(select id from contribution c where c.area_id = r.area_id "
                             "and c.id <> r.contribution_id)"},
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
async def test_the_database_refuses_a_reversal_with(database: Cluster, case: str) -> None:
    made, _, [receipt] = await paid(4_000_00)
    await pledge(made, (await sheet(made)).budget.id)
    with pytest.raises(asyncpg.IntegrityConstraintViolationError):
        async with tenant_scope(made.manager):
            await sql.execute(COPY.format(**{**RIGHT, **WRONG[case]}), receipt)


async def test_the_database_refuses_a_second_reversal(database: Cluster) -> None:
    made, _, [receipt] = await paid(4_000_00)
    async with tenant_scope(made.manager):
        await sql.execute(COPY.format(**RIGHT), receipt)
    with pytest.raises(asyncpg.UniqueViolationError, match="reversed_once"):
        async with tenant_scope(made.manager):
            await sql.execute(COPY.format(**RIGHT), receipt)
