"""Changing budgets and contributions: each mutation is one verb of the service."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, Any, TypeVar
from uuid import UUID

import strawberry

from concordat_graphql import ids
from concordat_graphql.context import Info
from concordat_graphql.perform import perform, seen
from concordat_graphql.problems import Failed
from concordat_graphql.resourcing import inputs
from concordat_graphql.resourcing.types import Budget, BudgetLine, Contribution
from tenants.resourcing import queries, service
from tenants.tenancy.actor import Actor

BudgetResult = Annotated[Budget | Failed, strawberry.union("BudgetResult")]
LineResult = Annotated[BudgetLine | Failed, strawberry.union("BudgetLineResult")]
ContributionResult = Annotated[Contribution | Failed, strawberry.union("ContributionResult")]

Verb = Callable[..., Awaitable[UUID]]
T = TypeVar("T")
Load = Callable[[int, UUID], Awaitable[T]]

#: the kind of opaque id that each input field holds, and the name of the field
KINDS = {
    "budget_id": ("Budget", "budgetId"),
    "line_id": ("BudgetLine", "lineId"),
    "contribution_id": ("Contribution", "contributionId"),
    "receipt_id": ("Receipt", "receiptId"),
}


@strawberry.type
class ResourcingMutation:
    """Changing budgets and contributions."""

    @strawberry.mutation(description="Open a draft budget for a financial year. For the business manager.")
    async def open_budget(self, info: Info, input: inputs.OpenBudgetInput) -> BudgetResult:
        return await _do(info, input, "budget.open", service.open_budget, _budget)

    @strawberry.mutation(description="Plan an amount in a draft budget. For the business manager.")
    async def add_budget_line(self, info: Info, input: inputs.AddBudgetLineInput) -> LineResult:
        return await _do(info, input, "budget_line.add", service.add_line, _line)

    @strawberry.mutation(description="Change a line of a draft budget. For the business manager.")
    async def change_budget_line(self, info: Info, input: inputs.ChangeBudgetLineInput) -> LineResult:
        return await _do(info, input, "budget_line.change", service.change_line, _line)

    @strawberry.mutation(description="Take a line out of a draft budget. For the business manager.")
    async def remove_budget_line(self, info: Info, input: inputs.RemoveBudgetLineInput) -> LineResult:
        return await _do(info, input, "budget_line.remove", service.remove_line, _line)

    @strawberry.mutation(description="Record what was spent on a line of an agreed budget. For the business manager.")
    async def record_outturn(self, info: Info, input: inputs.RecordOutturnInput) -> LineResult:
        return await _do(info, input, "budget_line.outturn", service.record_outturn, _line)

    @strawberry.mutation(description="Agree a budget for the partner body one leads. For leads only.")
    async def agree_budget(self, info: Info, input: inputs.AgreeBudgetInput) -> BudgetResult:
        return await _do(info, input, "budget.agree", service.agree_budget, _budget)

    @strawberry.mutation(description="Make an agreed budget a draft again. For the business manager.")
    async def reopen_budget(self, info: Info, input: inputs.ReopenBudgetInput) -> BudgetResult:
        return await _do(info, input, "budget.reopen", service.reopen_budget, _budget)

    @strawberry.mutation(description="Record what has been pledged. For the business manager.")
    async def pledge_contribution(self, info: Info, input: inputs.PledgeContributionInput) -> ContributionResult:
        return await _do(info, input, "contribution.pledge", service.pledge, _contribution)

    @strawberry.mutation(description="Change a contribution before it is invoiced. For the business manager.")
    async def change_pledge(self, info: Info, input: inputs.ChangePledgeInput) -> ContributionResult:
        return await _do(info, input, "contribution.change", service.change_pledge, _contribution)

    @strawberry.mutation(description="Agree a contribution for the partner body one leads. For leads only.")
    async def agree_contribution(self, info: Info, input: inputs.AgreeContributionInput) -> ContributionResult:
        return await _do(info, input, "contribution.agree", service.agree_contribution, _contribution)

    @strawberry.mutation(description="Record that an agreed contribution was invoiced. For the business manager.")
    async def invoice_contribution(self, info: Info, input: inputs.InvoiceContributionInput) -> ContributionResult:
        return await _do(info, input, "contribution.invoice", service.invoice, _contribution)

    @strawberry.mutation(description="Correct the number or date of an invoice. For the business manager.")
    async def correct_invoice(self, info: Info, input: inputs.CorrectInvoiceInput) -> ContributionResult:
        return await _do(info, input, "contribution.correct_invoice", service.correct_invoice, _contribution)

    @strawberry.mutation(description="Record what came of a contribution. For the business manager.")
    async def receive_contribution(self, info: Info, input: inputs.ReceiveContributionInput) -> ContributionResult:
        return await _do(info, input, "contribution.receive", service.receive, _of_receipt)

    @strawberry.mutation(description="Reverse a receipt recorded by mistake. Both stay. For the business manager.")
    async def reverse_receipt(self, info: Info, input: inputs.ReverseReceiptInput) -> ContributionResult:
        return await _do(info, input, "receipt.reverse", service.reverse_receipt, _of_receipt)

    @strawberry.mutation(description="Reduce a part received contribution; leads agree anew. For the business manager.")
    async def reduce_contribution(self, info: Info, input: inputs.ReduceContributionInput) -> ContributionResult:
        return await _do(info, input, "contribution.reduce", service.reduce, _contribution)

    @strawberry.mutation(description="Withdraw a contribution of which nothing has come. For the business manager.")
    async def withdraw_contribution(self, info: Info, input: inputs.WithdrawContributionInput) -> ContributionResult:
        return await _do(info, input, "contribution.withdraw", service.withdraw, _contribution)


async def _do(info: Info, input: Any, command: str, verb: Verb, load: Load[T]) -> T | Failed:
    """Run one verb on what the input says."""

    async def work(by: Actor) -> UUID:
        area_id = ids.decode_area(input.area_id)
        said = {name: value for name, value in vars(input).items() if name not in ("idempotency_key", "area_id")}
        return await verb(by=by, area_id=area_id, **{name: _value(name, value) for name, value in said.items()})

    return await perform(
        info,
        input=input,
        command=command,
        work=work,
        load=lambda result: load(ids.decode_area(input.area_id), UUID(result)),
    )


def _value(name: str, value: Any) -> Any:
    if isinstance(value, inputs.PledgeInput):
        return value.pledge()
    if name not in KINDS:
        return value
    kind, field = KINDS[name]
    return ids.decode_uuid(kind, value, field=field)


async def _budget(area_id: int, found: UUID) -> Budget:
    row = seen(await queries.budget(area_id=area_id, budget_id=found))
    return Budget.of(row)


async def _line(area_id: int, found: UUID) -> BudgetLine:
    row = seen(await queries.line(area_id=area_id, line_id=found))
    return BudgetLine.of(row)


async def _contribution(area_id: int, found: UUID) -> Contribution:
    row = seen(await queries.contribution(area_id=area_id, contribution_id=found))
    return Contribution.of(row)


async def _of_receipt(area_id: int, found: UUID) -> Contribution:
    contribution_id = seen(await queries.contribution_of_receipt(area_id=area_id, receipt_id=found))
    return await _contribution(area_id, contribution_id)
