"""An invoice recorded with a wrong number or date is corrected with a reason; what it said before is in the trail."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from infra.clock import today
from tenants.audit import queries as audit
from tenants.resourcing import service
from tenants.resourcing.rules import State
from tenants.tenancy.errors import Conflict, Invalid, NotAllowed, NotFound, Problem, Problems, WrongState
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.membership import Partnership, make_partnership
from tests.support.resourcing import act, agree_by_all, contribution, open_budget, pledge
from tests.support.world import actor, make_area, manager

SENT, RIGHT = date(2026, 5, 1), date(2026, 5, 12)


async def invoiced(*came: int) -> tuple[Partnership, UUID]:
    """Make a contribution of £10,000 that was invoiced as INV-7, of which these amounts have come."""
    made = await make_partnership()
    given = await pledge(made, await open_budget(made))
    await agree_by_all(made, given)
    await step(made, given, service.invoice, reference="INV-7", invoiced_on=SENT)
    for pence in came:
        await step(made, given, service.receive, amount_pence=pence, received_on=SENT)
    return made, given


async def step(made: Partnership, given: UUID, verb: object, **values: object) -> UUID:
    version = (await contribution(made, given)).version
    return await act(made.manager, verb, made.area.id,  # type: ignore[arg-type]
                     **{"contribution_id": given, "version": version, **values})  # fmt: skip


async def correct(made: Partnership, given: UUID, **change: object) -> UUID:
    said = {"reference": "INV-8", "invoiced_on": RIGHT, "reason": "Typed from another invoice."}
    return await step(made, given, service.correct_invoice, **{**said, **change})


@pytest.mark.parametrize(
    ("came", "state"),
    [((), State.INVOICED), ((4_000_00,), State.PART_RECEIVED), ((4_000_00, 6_000_00), State.RECEIVED)],
)
async def test_it_is_corrected_whatever_has_come_and_stands_where_it_stood(
    database: Cluster, came: tuple[int, ...], state: State
) -> None:
    made, given = await invoiced(*came)
    await correct(made, given)
    found = await contribution(made, given)
    assert (found.invoice_reference, found.invoiced_on, found.state) == ("INV-8", RIGHT, state)
    assert (found.received_pence, len(found.agreed_by)) == (sum(came), 3)


async def test_the_trail_says_what_it_was_and_why(database: Cluster) -> None:
    made, given = await invoiced()
    await correct(made, given, invoiced_on=SENT)
    async with tenant_scope(made.manager, readonly=True):
        [entry] = await audit.entries(area_id=made.area.id, limit=1)
    assert (entry.action, entry.reason) == ("contribution.correct_invoice", "Typed from another invoice.")
    assert (entry.before, entry.after) == ({"invoice_reference": "INV-7"}, {"invoice_reference": "INV-8"})


@pytest.mark.parametrize(
    ("change", "code", "fields"),
    [
        ({"reference": " ", "invoiced_on": "tomorrow"}, "INVALID", ["reference", "invoicedOn"]),
        ({"reference": "x" * 101}, "INVALID", ["reference"]),
        ({"reason": ""}, "INVALID", ["reason"]),
        ({"reference": "INV-7", "invoiced_on": SENT}, "INVALID", ["reference"]),
        ({"version": 1}, "CONFLICT", [None]),
        ({"contribution_id": UUID(int=1)}, "NOT_FOUND", ["contributionId"]),
    ],
)
async def test_what_does_not_fit_writes_nothing(
    database: Cluster, change: dict[str, object], code: str, fields: list[str | None]
) -> None:
    made, given = await invoiced()
    if change.get("invoiced_on") == "tomorrow":
        change = {**change, "invoiced_on": today() + timedelta(days=1)}
    with pytest.raises((Problem, Problems)) as caught:
        await correct(made, given, **change)
    problems = getattr(caught.value, "problems", [caught.value])
    assert [(problem.code, problem.field) for problem in problems] == [(code, field) for field in fields]
    found = await contribution(made, given)
    assert (found.invoice_reference, found.invoiced_on) == ("INV-7", SENT)


async def test_where_there_is_no_invoice_there_is_none_to_correct(database: Cluster) -> None:
    made = await make_partnership()
    budget = await open_budget(made)
    cash = await pledge(made, budget)
    in_kind = await pledge(made, budget, form="in_kind", valuation_method="Half a post.")
    with pytest.raises(WrongState, match="pledged, so it cannot be given another invoice"):
        await correct(made, cash)
    with pytest.raises(WrongState, match="in kind is not invoiced"):
        await correct(made, in_kind)
    await step(made, cash, service.withdraw, reason="Cut.")
    with pytest.raises(WrongState, match="withdrawn"):
        await correct(made, cash)


async def test_only_the_manager_of_the_area_corrects_it(database: Cluster) -> None:
    made, given = await invoiced()
    other = await make_area()
    said = {"contribution_id": given, "version": 3, "reference": "X", "invoiced_on": SENT, "reason": "Not mine."}
    with pytest.raises(NotFound):
        await act(manager(other), service.correct_invoice, other.id, **said)
    for role in (Role.LEAD_SAFEGUARDING_PARTNER, Role.VIEWER):
        with pytest.raises(NotAllowed):
            await act(actor(role, area_id=made.area.id), service.correct_invoice, made.area.id, **said)


async def test_of_two_who_correct_it_the_second_is_told(database: Cluster) -> None:
    made, given = await invoiced()
    version = (await contribution(made, given)).version
    await correct(made, given, version=version)
    with pytest.raises((Conflict, Invalid), match="changed"):
        await correct(made, given, version=version, reference="INV-9")
    assert (await contribution(made, given)).invoice_reference == "INV-8"
