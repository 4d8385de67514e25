"""Recipes: who the partners are, who holds which office; and the money."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from concordat_graphql import ids
from infra.clock import today
from tenants.membership import service
from tenants.membership.rules import Kind
from tenants.organisations.rules import Kind as BodyKind
from tenants.resourcing import queries
from tenants.resourcing import service as money
from tenants.tenancy.actor import Actor
from tenants.tenancy.scope import tenant_scope
from tests.graphql.census.ready import Ready, Recipe, area_key, stored
from tests.graphql.intervention.sending import ask
from tests.graphql.membership.test_mutations import LAST, said
from tests.graphql.resourcing.test_mutations import budget_of
from tests.support.following import ON, followed
from tests.support.membership import START, Partnership, complete, make_partnership
from tests.support.organisations import make_body
from tests.support.resourcing import act, agree_budget_by_all, agree_by_all, contribution, sheet
from tests.support.world import manager

ENDING = {"lastDay": LAST, "reason": "A reason.", "version": 1}
SEEN = {"version": 1, "reason": "A reason.", "validFrom": START.isoformat()}


async def _ready(made: Partnership, values: dict[str, Any], by: Actor | None = None) -> Ready:
    given = {"areaId": area_key(made.area), **values}
    return Ready(input=given, by=await stored(by or made.manager), area=made.area)


def as_said(name: str) -> Recipe:
    async def recipe() -> Ready:
        made = await make_partnership()
        await complete(made)
        return await _ready(made, said(made)[name])

    return recipe


async def link_partner() -> Ready:
    made = await make_partnership()
    body = await make_body(BodyKind.POLICE_FORCE)
    values = {"partnerId": ids.encode("PartnerBody", made.bodies[Kind.POLICE]), "version": 1,
              "organisationId": ids.encode("Organisation", body)}  # fmt: skip
    return await _ready(made, values)


def on_succession(**values: Any) -> Recipe:
    async def recipe() -> Ready:
        made = await followed()
        key = {"partnerId": ids.encode("PartnerBody", made.partner), "version": 2,
               "organisationId": ids.encode("Organisation", made.new)}  # fmt: skip
        given = {"areaId": area_key(made.area), **key, **values}
        return Ready(input=given, by=await stored(manager(made.area)), area=made.area)

    return recipe


async def end_chair() -> Ready:
    made = await make_partnership()
    await complete(made)
    found = (await ask("AreaMembership", made.manager, areaId=area_key(made.area)))["membership"]
    return await _ready(made, {**ENDING, "id": found["chair"]["id"]})


async def take_back() -> Ready:
    made = await make_partnership()
    async with tenant_scope(made.manager):
        new = await service.succeed_partner(
            by=made.manager, area_id=made.area.id, partner_id=made.bodies[Kind.POLICE], version=1, name="Great Police",
            on=today() + timedelta(days=400), reason="A reason.",
        )  # fmt: skip
    given = {"what": "partner", "id": ids.encode("PartnerBody", new), "version": 1, "reason": "A reason."}
    return await _ready(made, given)


def on_group(**values: Any) -> Recipe:
    async def recipe() -> Ready:
        made = await make_partnership()
        group = await _group(made)
        named = {"groupId" if "name" in values else "id": ids.encode("BoardGroup", group)}
        return await _ready(made, {**named, **values})

    return recipe


def on_seat(**values: Any) -> Recipe:
    async def recipe() -> Ready:
        made = await make_partnership()
        group = await _group(made)
        async with tenant_scope(made.manager):
            seat = await service.add_seat(by=made.manager, area_id=made.area.id, title="Housing", group_id=group,
                                          valid_from=START)  # fmt: skip
        named = {"seatId" if "title" in values else "id": ids.encode("BoardSeat", seat)}
        return await _ready(made, {**named, **values})

    return recipe


async def _group(made: Partnership) -> UUID:
    async with tenant_scope(made.manager):
        return await service.add_group(
            by=made.manager, area_id=made.area.id, name="Exploitation group", valid_from=START
        )


MEMBERSHIP: dict[str, Recipe] = {
    **{name: as_said(name) for name in ("AddPartner", "CorrectPartner", "SucceedPartner", "Appoint", "ReplaceHolder",
                                        "CorrectAppointment", "EndAppointment", "ChooseChair", "AddGroup",
                                        "AddSeat", "EndPartner", "LinkAccount")},
    "LinkPartner": link_partner,
    "TakeBack": take_back,
    "FollowSuccessor": on_succession(on=ON.isoformat()),
    "DeclineSuccessor": on_succession(reason="A reason."),
    "EndChair": end_chair,
    "CorrectGroup": on_group(**SEEN, name="Harm outside the home"),
    "EndGroup": on_group(**ENDING),
    "CorrectSeat": on_seat(**SEEN, title="Housing lead"),
    "EndSeat": on_seat(**ENDING),
}  # fmt: skip


def on_draft(name: str) -> Recipe:
    async def recipe() -> Ready:
        made = await make_partnership()
        by = made.lead_actors[Kind.POLICE] if name.startswith("Agree") else made.manager
        return await _ready(made, (await budget_of(made))[name], by)

    return recipe


def on_agreed_budget(name: str) -> Recipe:
    async def recipe() -> Ready:
        made = await make_partnership()
        values = (await budget_of(made))[name]
        budget = (await sheet(made)).budget
        await agree_budget_by_all(made, budget.id)
        if "budgetId" in values:
            values = {**values, "version": (await sheet(made)).budget.version}
        return await _ready(made, values)

    return recipe


def on_agreed_contribution(name: str, *, invoiced: bool = False) -> Recipe:
    async def recipe() -> Ready:
        made = await make_partnership()
        values = (await budget_of(made))[name]
        (given,) = (await sheet(made)).contributions
        await agree_by_all(made, given.id)
        if invoiced:
            version = (await contribution(made, given.id)).version
            await act(made.manager, money.invoice, made.area.id, contribution_id=given.id, version=version,
                      reference="INV-1", invoiced_on=START)  # fmt: skip
        return await _ready(made, {**values, "version": (await contribution(made, given.id)).version})

    return recipe


async def reverse_receipt() -> Ready:
    ready = await on_agreed_contribution("ReceiveContribution", invoiced=True)()
    assert ready.area is not None
    given = UUID(ids.decode("Contribution", ready.input["contributionId"]))
    receipt = await act(ready.by, money.receive, ready.area.id, contribution_id=given, amount_pence=1,
                        version=ready.input["version"], received_on=START)  # fmt: skip
    values = {"receiptId": ids.encode("Receipt", receipt), "version": ready.input["version"] + 1}
    said = {"areaId": ready.input["areaId"], **values, "reason": "Typed wrongly."}
    return Ready(input=said, by=ready.by, area=ready.area)


async def reduce_contribution() -> Ready:
    ready = await reverse_receipt()
    assert ready.area is not None
    async with tenant_scope(ready.by, readonly=True):
        given = await queries.contribution_of_receipt(
            area_id=ready.area.id, receipt_id=UUID(ids.decode("Receipt", ready.input["receiptId"]))
        )
    on_given = {"contributionId": ids.encode("Contribution", given), "version": ready.input["version"]}
    said = {"areaId": ready.input["areaId"], **on_given, "amountPence": 2, "reason": "They will not pay the rest."}
    return Ready(input=said, by=ready.by, area=ready.area)


RESOURCING: dict[str, Recipe] = {
    **{name: on_draft(name) for name in ("OpenBudget", "AddBudgetLine", "ChangeBudgetLine", "RemoveBudgetLine",
                                         "AgreeBudget", "PledgeContribution", "ChangePledge", "AgreeContribution",
                                         "WithdrawContribution")},
    "RecordOutturn": on_agreed_budget("RecordOutturn"),
    "ReopenBudget": on_agreed_budget("ReopenBudget"),
    "InvoiceContribution": on_agreed_contribution("InvoiceContribution"),
    "CorrectInvoice": on_agreed_contribution("CorrectInvoice", invoiced=True),
    "ReverseReceipt": reverse_receipt,
    "ReduceContribution": reduce_contribution,
    "ReceiveContribution": on_agreed_contribution("ReceiveContribution", invoiced=True),
}  # fmt: skip
