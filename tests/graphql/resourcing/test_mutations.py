"""Resourcing's mutations by every actor: the manager keeps the budget, leads agree, all others are refused."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from concordat_graphql.ids import encode
from tenants.audit import queries as audit
from tenants.membership.rules import Kind
from tenants.tenancy.actor import ANONYMOUS
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.graphql.intervention.sending import actors, area_id, ask, refusal_of, send
from tests.graphql.intervention.test_queries import counted
from tests.support.cluster import Cluster
from tests.support.membership import Partnership, make_bodies, make_partnership
from tests.support.resourcing import YEAR, agree_budget_by_all, agree_by_all, open_budget, pledge, sheet
from tests.support.world import actor, make_area, manager, official

LINE = {"kind": "training", "description": "Conference", "plannedPence": 5_000_00}
WHAT = {"form": "cash", "amountPence": 1_000_00, "contributor": "Probation service"}


async def budget_of(made: Partnership) -> dict[str, dict[str, Any]]:
    """Return an input for every mutation on a draft budget with one line and one pledge."""
    budget = await open_budget(made)
    given = encode("Contribution", await pledge(made, budget))
    found = await sheet(made)
    line, budget_id = encode("BudgetLine", found.lines[0].id), encode("Budget", budget)
    on_line, on_given = {"lineId": line, "version": 1}, {"contributionId": given, "version": 1}
    return {
        "OpenBudget": {"year": 2030},
        "AddBudgetLine": {"budgetId": budget_id, **LINE},
        "ChangeBudgetLine": {**on_line, **LINE},
        "RemoveBudgetLine": {**on_line, "reason": "Not needed."},
        "RecordOutturn": {**on_line, "outturnPence": 1},
        "AgreeBudget": {"budgetId": budget_id, "version": found.budget.version},
        "ReopenBudget": {"budgetId": budget_id, "version": found.budget.version, "reason": "A reason."},
        "PledgeContribution": {"budgetId": budget_id, "what": WHAT},
        "ChangePledge": {**on_given, "what": WHAT, "reason": "They offered more."},
        "AgreeContribution": on_given,
        "InvoiceContribution": {**on_given, "reference": "INV-1", "invoicedOn": "2026-05-01"},
        "CorrectInvoice": {**on_given, "reference": "INV-2", "invoicedOn": "2026-05-01", "reason": "Typed wrongly."},
        "ReceiveContribution": {**on_given, "amountPence": 1, "receivedOn": "2026-05-01"},
        "ReverseReceipt": {"receiptId": encode("Receipt", UUID(int=1)), "version": 1, "reason": "Typed wrongly."},
        "ReduceContribution": {**on_given, "amountPence": 2, "reason": "They will not pay the rest."},
        "WithdrawContribution": {**on_given, "reason": "Their budget was cut."},
    }


async def entries(made: Partnership) -> int:
    async with tenant_scope(made.manager, readonly=True):
        found = await audit.entries(area_id=made.area.id, limit=200)
    return len([entry for entry in found if entry.action != "authorisation.refuse"])


async def test_everyone_but_the_manager_and_the_leads_is_refused_and_nothing_is_written(database: Cluster) -> None:
    made = await make_bodies()
    values = await budget_of(made)
    before = await entries(made)
    who = {name: one for name, one in (await actors(made.area)).items() if name != "manager"}
    who["chair"] = actor(Role.PARTNERSHIP_CHAIR, area_id=made.area.id)
    for name, said in values.items():
        for one in who.values():
            answer = await send(name, one, areaId=area_id(made.area), **said)
            assert answer["__typename"] in ("Failed", "UNAUTHENTICATED"), (name, one)
            assert [problem["code"] for problem in answer.get("problems", [])] in (["NOT_ALLOWED"], [])
    assert await entries(made) == before


async def test_the_manager_keeps_a_draft(database: Cluster) -> None:
    made = await make_bodies()
    values, area = await budget_of(made), area_id(made.area)
    for name in ("OpenBudget", "AddBudgetLine", "ChangeBudgetLine", "PledgeContribution", "ChangePledge"):
        assert "problems" not in await send(name, made.manager, areaId=area, **values[name]), name
    gone = await send("WithdrawContribution", made.manager, areaId=area, **{**values["WithdrawContribution"],
                                                                             "version": 2})  # fmt: skip
    assert gone["stateLabel"] == "Withdrawn"
    removed = await send("RemoveBudgetLine", made.manager, areaId=area, **{**values["RemoveBudgetLine"], "version": 2})
    assert removed["version"] == 3


async def test_a_contribution_from_pledge_to_receipt(database: Cluster) -> None:
    made = await make_partnership()
    values, area = await budget_of(made), area_id(made.area)
    given = values["AgreeContribution"]
    for lead in made.lead_actors.values():
        answer = await send("AgreeContribution", lead, areaId=area, **given)
    assert answer["state"] == "agreed"
    said = {**values["InvoiceContribution"], "version": answer["version"]}
    answer = await send("InvoiceContribution", made.manager, areaId=area, **said)
    said = {**values["ReceiveContribution"], "version": answer["version"], "amountPence": 4_000_00}
    answer = await send("ReceiveContribution", made.manager, areaId=area, **said)
    assert (answer["state"], answer["received"]["text"]) == ("part_received", "£4,000")
    record = await ask("OneContribution", made.manager, areaId=area, id=given["contributionId"])
    assert [row["amount"]["text"] for row in record["contribution"]["receipts"]] == ["£4,000"]


async def test_the_leads_agree_the_budget_and_the_manager_reopens_it_or_records_what_was_spent(
    database: Cluster,
) -> None:
    made = await make_partnership()
    values, area = await budget_of(made), area_id(made.area)
    for lead in made.lead_actors.values():
        answer = await send("AgreeBudget", lead, areaId=area, **values["AgreeBudget"])
    assert answer["state"] == "agreed"
    assert "problems" not in await send("RecordOutturn", made.manager, areaId=area, **values["RecordOutturn"])
    said = {**values["ReopenBudget"], "version": answer["version"]}
    assert (await send("ReopenBudget", made.manager, areaId=area, **said))["state"] == "draft"


@pytest.mark.parametrize(
    ("name", "change", "code", "field"),
    [
        ("OpenBudget", {"year": YEAR}, "INVALID", "year"),
        ("OpenBudget", {"year": 1999}, "INVALID", "year"),
        ("OpenBudget", {"copyFrom": 2001}, "NOT_FOUND", "copyFrom"),
        ("AddBudgetLine", {"kind": "biscuits"}, "INVALID", "kind"),
        ("AddBudgetLine", {"plannedPence": -1}, "INVALID", "plannedPence"),
        ("AddBudgetLine", {"description": "x" * 301}, "INVALID", "description"),
        ("AddBudgetLine", {"budgetId": "nonsense"}, "NOT_FOUND", "budgetId"),
        ("ChangeBudgetLine", {"version": 9}, "CONFLICT", None),
        ("RecordOutturn", {}, "WRONG_STATE", None),
        ("ReopenBudget", {}, "WRONG_STATE", None),
        ("PledgeContribution", {"what": {**WHAT, "form": "in_kind"}}, "INVALID", "valuationMethod"),
        ("PledgeContribution", {"what": {**WHAT, "partnerId": "nonsense"}}, "NOT_FOUND", "partnerId"),
        ("InvoiceContribution", {}, "WRONG_STATE", None),
        ("CorrectInvoice", {}, "WRONG_STATE", None),
        ("ReceiveContribution", {}, "WRONG_STATE", None),
        ("ReduceContribution", {}, "WRONG_STATE", None),
        ("WithdrawContribution", {"reason": ""}, "INVALID", "reason"),
        ("WithdrawContribution", {"version": 9}, "CONFLICT", None),
    ],
)
async def test_what_does_not_fit_is_a_problem_and_writes_nothing(
    database: Cluster, name: str, change: dict[str, Any], code: str, field: str | None
) -> None:
    made = await make_bodies()
    values = await budget_of(made)
    before = await entries(made)
    answer = await send(name, made.manager, areaId=area_id(made.area), **{**values[name], **change})
    assert (answer["problems"][0]["code"], answer["problems"][0]["field"]) == (code, field)
    assert await entries(made) == before


@pytest.mark.parametrize("pence", ["100", 1.5, True, 2**60, None])
async def test_pence_are_whole_numbers(database: Cluster, pence: object) -> None:
    made = await make_bodies()
    values = await budget_of(made)
    answer = await send("AddBudgetLine", made.manager, areaId=area_id(made.area),
                        **{**values["AddBudgetLine"], "plannedPence": pence})  # fmt: skip
    assert answer["__typename"] not in ("BudgetLine", "Failed")
    assert len((await sheet(made)).lines) == 1


async def test_an_amount_beyond_32_bits_is_kept(database: Cluster) -> None:
    made = await make_bodies()
    values = await budget_of(made)
    large = {**values["AddBudgetLine"], "plannedPence": 30_000_000_00}
    answer = await send("AddBudgetLine", made.manager, areaId=area_id(made.area), **large)
    assert answer["planned"]["text"] == "£30,000,000"


async def test_ids_of_another_area_are_not_found(database: Cluster) -> None:
    made, other = await make_bodies(), await make_area()
    for name, said in (await budget_of(made)).items():
        if name not in ("OpenBudget", "AgreeBudget", "AgreeContribution"):
            answer = await send(name, manager(other), areaId=area_id(other), **said)
            assert [problem["code"] for problem in answer["problems"]] == ["NOT_FOUND"], name


async def test_members_read_the_year_with_shares_and_balance(database: Cluster) -> None:
    made = await make_partnership()
    budget = await open_budget(made)
    given = await pledge(made, budget)
    await agree_by_all(made, given)
    await agree_budget_by_all(made, budget)
    lead = made.lead_actors[Kind.POLICE]
    found = (await ask("BudgetYear", lead, areaId=area_id(made.area), year=YEAR))["budgetSheet"]
    assert (found["mayEdit"], found["mayAgree"], found["budget"]["label"]) == (False, True, "2026-27")
    assert [row["mine"] for row in found["agreements"]] == [False, False, True]
    assert (found["shares"][0]["basisPoints"], found["balance"]["unfunded"]["text"]) == (10_000, "£90,000")
    assert len(found["contributions"][0]["agreedBy"]) == 3


async def test_others_do_not_read_it(database: Cluster) -> None:
    made = await make_bodies()
    await open_budget(made)
    where = {"areaId": area_id(made.area), "year": YEAR}
    assert await refusal_of("BudgetYear", manager(await make_area()), **where) == "FORBIDDEN"
    assert await refusal_of("BudgetYear", official(), **where) == "FORBIDDEN"
    assert await refusal_of("BudgetYear", ANONYMOUS, **where) == "UNAUTHENTICATED"


async def test_the_number_of_statements_does_not_grow_with_the_contributions(database: Cluster) -> None:
    made = await make_bodies()
    budget = await open_budget(made)
    spent = []
    for _ in range(2):
        for _ in range(5):
            await pledge(made, budget)
        with counted() as statements:
            await ask("BudgetYear", made.manager, areaId=area_id(made.area), year=YEAR)
        spent.append(len(statements))
    assert spent[0] == spent[1] <= 14
