"""A contribution's life: pledged, agreed by each lead, invoiced, received in parts; or withdrawn with a reason."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from infra.clock import today
from tenants.audit import queries as audit
from tenants.membership.rules import Kind
from tenants.resourcing import queries, service
from tenants.resourcing.rules import State
from tenants.resourcing.service import Pledge
from tenants.tenancy.errors import Conflict, Invalid, NotFound, Problem, Problems, WrongState
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.membership import Partnership, make_partnership
from tests.support.resourcing import act, agree_by_all, contribution, open_budget, pledge
from tests.support.world import make_area, manager

PAST = date(2026, 5, 1)


async def made_pledge(pence: int = 10_000_00, **more: object) -> tuple[Partnership, UUID]:
    made = await make_partnership()
    return made, await pledge(made, await open_budget(made), pence=pence, **more)


async def send_invoice(made: Partnership, contribution_id: UUID) -> None:
    version = (await contribution(made, contribution_id)).version
    await act(made.manager, service.invoice, made.area.id, contribution_id=contribution_id, version=version,
              reference="INV-7", invoiced_on=PAST)  # fmt: skip


async def receive(made: Partnership, contribution_id: UUID, pence: int, **more: object) -> UUID:
    version = (await contribution(made, contribution_id)).version
    values: dict[str, object] = {"version": version, "amount_pence": pence, "received_on": PAST, **more}
    return await act(made.manager, service.receive, made.area.id, contribution_id=contribution_id, **values)


async def test_the_whole_life_of_a_cash_contribution(database: Cluster) -> None:
    made, given = await made_pledge(10_000_00)
    await agree_by_all(made, given)
    await send_invoice(made, given)
    await receive(made, given, 4_000_00, reference="BACS 1")
    part = await contribution(made, given)
    await receive(made, given, 6_000_00)
    whole = await contribution(made, given)
    assert (part.state, part.received_pence) == (State.PART_RECEIVED, 4_000_00)
    assert (whole.state, whole.received_pence, whole.invoice_reference) == (State.RECEIVED, 10_000_00, "INV-7")
    async with tenant_scope(made.manager, readonly=True):
        receipts = await queries.receipts(area_id=made.area.id, contribution_id=given)
        entries = await audit.entries(area_id=made.area.id, where=audit.Filter(subject_id=str(given)))
    assert [(row.amount_pence, row.reference) for row in receipts] == [(4_000_00, "BACS 1"), (6_000_00, None)]
    assert [entry.action.split(".")[1] for entry in reversed(entries)] == [
        "pledge",
        "agree",
        "invoice",
        "receive",
        "receive",
    ]


async def test_it_is_agreed_when_the_lead_of_every_body_has_agreed(database: Cluster) -> None:
    made, given = await made_pledge()
    for count, (kind, lead) in enumerate(made.lead_actors.items(), start=1):
        await act(lead, service.agree_contribution, made.area.id, contribution_id=given, version=1)
        found = await contribution(made, given)
        assert made.bodies[kind] in found.agreed_by
        assert found.state is (State.AGREED if count == 3 else State.PLEDGED)


async def test_a_lead_agrees_once(database: Cluster) -> None:
    made, given = await made_pledge()
    lead = made.lead_actors[Kind.POLICE]
    await act(lead, service.agree_contribution, made.area.id, contribution_id=given, version=1)
    with pytest.raises(WrongState, match="already agreed"):
        await act(lead, service.agree_contribution, made.area.id, contribution_id=given, version=1)


async def test_a_change_of_an_agreed_contribution_needs_every_agreement_anew(database: Cluster) -> None:
    made, given = await made_pledge()
    await agree_by_all(made, given)
    what = Pledge(form="cash", amount_pence=12_000_00, partner_id=made.bodies[Kind.POLICE], payer="Mayor's office")
    await act(made.manager, service.change_pledge, made.area.id, contribution_id=given, version=2, what=what,
              reason="The force offered more.")  # fmt: skip
    found = await contribution(made, given)
    assert (found.state, found.agreed_by, found.payer) == (State.PLEDGED, [], "Mayor's office")


async def test_what_is_in_kind_says_how_it_was_valued_and_needs_no_invoice(database: Cluster) -> None:
    made, given = await made_pledge(
        partner_id=None,
        contributor="Testshire Hospitals",
        form="in_kind",
        valuation_method="Half a post at NHS band 7, mid-point.",
    )
    await agree_by_all(made, given)
    with pytest.raises(WrongState, match="in kind is not invoiced"):
        await send_invoice(made, given)
    await receive(made, given, 10_000_00)
    assert (await contribution(made, given)).state is State.RECEIVED


@pytest.mark.parametrize("stage", ["pledged", "agreed", "invoiced"])
async def test_it_can_be_withdrawn_until_something_has_come(database: Cluster, stage: str) -> None:
    made, given = await made_pledge()
    if stage != "pledged":
        await agree_by_all(made, given)
    if stage == "invoiced":
        await send_invoice(made, given)
    version = (await contribution(made, given)).version
    await act(made.manager, service.withdraw, made.area.id, contribution_id=given, version=version,
              reason="The force's own budget was cut.")  # fmt: skip
    found = await contribution(made, given)
    assert (found.state, found.withdrawn_reason) == (State.WITHDRAWN, "The force's own budget was cut.")


async def test_it_cannot_be_withdrawn_after_that(database: Cluster) -> None:
    made, given = await made_pledge()
    await agree_by_all(made, given)
    await send_invoice(made, given)
    await receive(made, given, 1)
    version = (await contribution(made, given)).version
    with pytest.raises(WrongState, match="part received, so it cannot be withdrawn"):
        await act(made.manager, service.withdraw, made.area.id, contribution_id=given, version=version, reason="Cut.")


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"amount_pence": 10_000_01}, "INVALID", "amountPence"),
        ({"amount_pence": 0}, "INVALID", "amountPence"),
        ({"amount_pence": -1}, "INVALID", "amountPence"),
        ({"received_on": "tomorrow"}, "INVALID", "receivedOn"),
        ({"reference": "x" * 101}, "INVALID", "reference"),
        ({"version": 1}, "CONFLICT", None),
    ],
)
async def test_a_receipt_that_does_not_fit_writes_nothing(
    database: Cluster, change: dict[str, object], code: str, field: str | None
) -> None:
    made, given = await made_pledge(10_000_00)
    await agree_by_all(made, given)
    await send_invoice(made, given)
    with pytest.raises((Problem, Problems)) as caught:
        await receive(made, given, **{"pence": 1_00, **_as_arguments(change)})  # type: ignore[arg-type]
    problem = getattr(caught.value, "problems", [caught.value])[0]
    assert (problem.code, problem.field) == (code, field)
    found = await contribution(made, given)
    assert (found.state, found.received_pence) == (State.INVOICED, 0)


def _as_arguments(change: dict[str, object]) -> dict[str, object]:
    tomorrow = today() + timedelta(days=1)  # of now: a midnight may have passed since the test was gathered
    return {
        ("pence" if key == "amount_pence" else key): tomorrow if value == "tomorrow" else value
        for key, value in change.items()
    }


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"form": "promise"}, "form"),
        ({"amount_pence": 0}, "amountPence"),
        ({"amount_pence": 10**12}, "amountPence"),
        ({"partner_id": None}, "contributor"),
        ({"partner_id": None, "contributor": "X"}, "contributor"),
        ({"contributor": "Also this"}, "contributor"),
        ({"form": "in_kind"}, "valuationMethod"),
        ({"partner_id": UUID(int=1)}, "partnerId"),
        ({"payer": "x" * 201}, "payer"),
        ({"description": "x" * 1001}, "description"),
    ],
)
async def test_a_pledge_that_does_not_fit_is_refused(database: Cluster, change: dict[str, object], field: str) -> None:
    made = await make_partnership()
    budget_id = await open_budget(made)
    with pytest.raises((Problem, Problems)) as caught:
        await pledge(made, budget_id, **change)
    problems = getattr(caught.value, "problems", [caught.value])
    assert [problem.field for problem in problems] == [field]
    async with tenant_scope(made.manager, readonly=True):
        assert await queries.contributions(area_id=made.area.id, budget_id=budget_id) == []


async def test_another_areas_partner_budget_or_contribution_is_not_found(database: Cluster) -> None:
    made, given = await made_pledge()
    other = manager(await make_area())
    area_id = other.grants[0].area_id
    assert area_id is not None
    with pytest.raises(NotFound):
        await act(other, service.withdraw, area_id, contribution_id=given, version=1, reason="Not mine.")
    with pytest.raises(NotFound):
        budget_id = (await contribution(made, given)).budget_id
        what = Pledge(form="cash", amount_pence=1, contributor="Somebody")
        await act(other, service.pledge, area_id, budget_id=budget_id, what=what)


async def test_two_people_recording_the_same_payment_record_it_once(database: Cluster) -> None:
    made, given = await made_pledge()
    await agree_by_all(made, given)
    await send_invoice(made, given)
    version = (await contribution(made, given)).version
    await receive(made, given, 5_000_00, version=version)
    with pytest.raises((Conflict, Invalid)):
        await receive(made, given, 5_000_00, version=version)
    assert (await contribution(made, given)).received_pence == 5_000_00
