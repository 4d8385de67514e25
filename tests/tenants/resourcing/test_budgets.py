"""A year's budget: opened, planned, agreed by every lead, reopened with a reason, spent; shares beside last year's."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from tenants.membership import service as membership
from tenants.membership.rules import Kind
from tenants.resourcing import queries, service
from tenants.resourcing.rules import Form
from tenants.tenancy.errors import Conflict, Invalid, NotFound, Problem, Problems, WrongState
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.membership import Partnership, make_bodies, make_partnership
from tests.support.resourcing import YEAR, act, agree_budget_by_all, open_budget, pledge, sheet


async def test_a_budget_is_agreed_when_every_lead_has_agreed_it_as_it_stands(database: Cluster) -> None:
    made = await make_partnership()
    budget_id = await open_budget(made)
    version = (await sheet(made)).budget.version
    await act(made.lead_actors[Kind.POLICE], service.agree_budget, made.area.id, budget_id=budget_id, version=version)
    given = (await sheet(made)).agreements
    assert [(row.lead_name, row.agreed_name) for row in given] == [
        ("Lena Council", None),
        ("Lena ICB", None),
        ("Lena Police", "Lena Police"),
    ]
    for kind in (Kind.LOCAL_AUTHORITY, Kind.INTEGRATED_CARE_BOARD):
        await act(made.lead_actors[kind], service.agree_budget, made.area.id, budget_id=budget_id, version=version)
    assert (await sheet(made)).budget.state == "agreed"


async def test_a_change_after_an_agreement_asks_for_it_anew(database: Cluster) -> None:
    made = await make_partnership()
    budget_id = await open_budget(made)
    seen = (await sheet(made)).budget.version
    police = made.lead_actors[Kind.POLICE]
    await act(police, service.agree_budget, made.area.id, budget_id=budget_id, version=seen)
    await act(made.manager, service.add_line, made.area.id, budget_id=budget_id, kind="training",
              description="Conference", planned_pence=5_000_00)  # fmt: skip
    found = await sheet(made)
    assert [row.agreed_name for row in found.agreements] == [None, None, None]
    with pytest.raises(Conflict):
        await act(police, service.agree_budget, made.area.id, budget_id=budget_id, version=seen)


async def test_an_agreed_budget_is_changed_only_after_it_is_reopened(database: Cluster) -> None:
    made = await make_partnership()
    budget_id = await open_budget(made)
    await agree_budget_by_all(made, budget_id)
    found = await sheet(made)
    change = {"line_id": found.lines[0].id, "version": 1, "kind": "analysis", "description": "Data", "planned_pence": 1}
    with pytest.raises(WrongState, match="Reopen it"):
        await act(made.manager, service.change_line, made.area.id, **change)
    await act(made.manager, service.reopen_budget, made.area.id, budget_id=budget_id, version=found.budget.version,
              reason="A partner left.")  # fmt: skip
    await act(made.manager, service.change_line, made.area.id, **change)
    found = await sheet(made)
    assert (found.budget.state, found.lines[0].planned_pence, found.agreements[0].agreed_name) == ("draft", 1, None)


async def test_an_office_without_a_holder_leaves_the_budget_a_draft(database: Cluster) -> None:
    made = await make_partnership()
    budget_id = await open_budget(made)
    async with tenant_scope(made.manager):
        await membership.end_appointment(
            by=made.manager,
            area_id=made.area.id,
            appointment_id=made.leads[Kind.POLICE],
            version=1,
            last_day=date(2026, 1, 1),
            reason="Retired.",
        )
    version = (await sheet(made)).budget.version
    for kind in (Kind.LOCAL_AUTHORITY, Kind.INTEGRATED_CARE_BOARD):
        await act(made.lead_actors[kind], service.agree_budget, made.area.id, budget_id=budget_id, version=version)
    found = await sheet(made)
    assert found.budget.state == "draft"
    assert (found.agreements[2].lead_name, found.agreements[2].agreed_name) == (None, None)


async def test_an_empty_budget_cannot_be_agreed(database: Cluster) -> None:
    made = await make_partnership()
    budget_id = await open_budget(made, planned=0)
    with pytest.raises(WrongState, match="no lines"):
        await act(made.lead_actors[Kind.POLICE], service.agree_budget, made.area.id, budget_id=budget_id, version=1)


async def test_a_budget_can_begin_from_last_years(database: Cluster) -> None:
    made = await make_partnership()
    last = await open_budget(made, year=2025)
    kept = await pledge(made, last, Kind.POLICE, 10_000_00, payer="Mayor's office")
    gone = await pledge(made, last, Kind.LOCAL_AUTHORITY, 1_00)
    await act(made.manager, service.withdraw, made.area.id, contribution_id=gone, version=1, reason="Entered twice.")
    await open_budget(made, year=2026, planned=0, copy_from=2025)
    found = await sheet(made)
    assert [(row.description, row.planned_pence) for row in found.lines] == [("The partnership's team", 100_000_00)]
    assert [(row.contributor, row.amount_pence, row.payer, row.state) for row in found.contributions] == [
        (f"{made.area.name} Police", 10_000_00, "Mayor's office", "pledged")
    ]
    assert found.contributions[0].id != kept


async def test_shares_balance_and_the_change_on_last_year(database: Cluster) -> None:
    made = await make_partnership()
    last = await open_budget(made, year=2025)
    await pledge(made, last, Kind.POLICE, 8_000_00)
    budget_id = await open_budget(made)
    await pledge(made, budget_id, Kind.LOCAL_AUTHORITY, 60_000_00)
    await pledge(made, budget_id, Kind.POLICE, 10_000_00)
    await pledge(made, budget_id, partner_id=None, contributor="Probation", pence=10_000_00)
    found = await sheet(made)
    assert [(row.contributor, row.basis_points, row.change_pence) for row in found.shares] == [
        (f"{made.area.name} Council", 7500, 60_000_00),
        ("Probation", 1250, 10_000_00),
        (f"{made.area.name} Police", 1250, 2_000_00),
    ]
    balance = found.balance
    assert (balance.planned, balance.promised, balance.unfunded) == (100_000_00, 80_000_00, 20_000_00)
    assert [row.change_pence for row in (await sheet(made, 2025)).shares] == [None]


async def test_what_a_body_gave_last_year_counts_for_its_successor(database: Cluster) -> None:
    made = await make_bodies()
    await pledge(made, await open_budget(made, year=2025), Kind.POLICE, 8_000_00)
    new = await act(made.manager, membership.succeed_partner, made.area.id, partner_id=made.bodies[Kind.POLICE],
                    version=1, on=date(2026, 4, 1), name="Greater Police", reason="Merged.")  # fmt: skip
    budget_id = await open_budget(made)
    await pledge(made, budget_id, partner_id=new, pence=9_000_00)
    assert [(row.contributor, row.change_pence) for row in (await sheet(made)).shares] == [("Greater Police", 1_000_00)]


async def test_the_outturn_is_recorded_on_an_agreed_budget(database: Cluster) -> None:
    made = await make_partnership()
    budget_id = await open_budget(made)
    line = (await sheet(made)).lines[0]
    outturn = {"line_id": line.id, "version": 1, "outturn_pence": 97_000_00}
    with pytest.raises(WrongState):
        await act(made.manager, service.record_outturn, made.area.id, **outturn)
    await agree_budget_by_all(made, budget_id)
    await act(made.manager, service.record_outturn, made.area.id, **outturn)
    assert (await sheet(made)).balance.spent == 97_000_00


async def test_a_removed_line_is_no_longer_planned(database: Cluster) -> None:
    made = await make_partnership()
    await open_budget(made)
    line = (await sheet(made)).lines[0]
    await act(made.manager, service.remove_line, made.area.id, line_id=line.id, version=1, reason="Not needed.")
    found = await sheet(made)
    assert (found.lines, found.balance.planned) == ([], 0)
    with pytest.raises(WrongState, match="has been removed"):
        await act(made.manager, service.remove_line, made.area.id, line_id=line.id, version=2, reason="Again.")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "biscuits"}, "kind"),
        ({"description": ""}, "description"),
        ({"description": "x" * 301}, "description"),
        ({"planned_pence": -1}, "plannedPence"),
        ({"planned_pence": 10**12}, "plannedPence"),
        ({"budget_id": UUID(int=1)}, "budgetId"),
    ],
)
async def test_a_line_that_does_not_fit_is_refused(database: Cluster, change: dict[str, object], field: str) -> None:
    made = await make_bodies()
    budget_id = await open_budget(made, planned=0)
    values = {"budget_id": budget_id, "kind": "other", "description": "Room hire", "planned_pence": 1_00, **change}
    with pytest.raises((Problem, Problems)) as caught:
        await act(made.manager, service.add_line, made.area.id, **values)
    problems = getattr(caught.value, "problems", [caught.value])
    assert [problem.field for problem in problems] == [field]
    assert (await sheet(made)).lines == []


@pytest.mark.parametrize(
    ("change", "error", "field"),
    [
        ({"year": YEAR}, Invalid, "year"),
        ({"year": 1999}, Invalid, "year"),
        ({"note": "x" * 4001}, Invalid, "note"),
        ({"copy_from": 2020}, NotFound, "copyFrom"),
    ],
)
async def test_a_budget_that_cannot_be_opened(
    database: Cluster, change: dict[str, object], error: type[Problem], field: str
) -> None:
    made = await make_bodies()
    await open_budget(made)
    with pytest.raises(error) as caught:
        await open_budget(made, **{"year": 2030, **change})  # type: ignore[arg-type]
    assert caught.value.field == field
    async with tenant_scope(made.manager, readonly=True):
        assert [row.year for row in await queries.years(area_id=made.area.id)] == [YEAR]


async def test_the_sheet_tells_cash_from_kind(database: Cluster) -> None:
    made: Partnership = await make_bodies()
    budget_id = await open_budget(made)
    await pledge(made, budget_id, form="in_kind", valuation_method="Market rent of the office.")
    assert [row.form for row in (await sheet(made)).contributions] == [Form.IN_KIND]
