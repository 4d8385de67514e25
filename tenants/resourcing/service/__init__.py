"""What an area does with its resources. Each verb runs inside the caller's scope: decide, write, audit."""

from tenants.resourcing.service.budgets import (
    add_line,
    agree_budget,
    change_line,
    open_budget,
    record_outturn,
    remove_line,
    reopen_budget,
)
from tenants.resourcing.service.contributions import (
    Pledge,
    agree_contribution,
    change_pledge,
    correct_invoice,
    invoice,
    pledge,
    reduce,
    withdraw,
)
from tenants.resourcing.service.receipts import receive, reverse_receipt
from tenants.resourcing.service.together import AgreeOutcome, ToAgree, agree_each

__all__ = [
    "AgreeOutcome",
    "Pledge",
    "ToAgree",
    "add_line",
    "agree_budget",
    "agree_contribution",
    "agree_each",
    "change_line",
    "change_pledge",
    "correct_invoice",
    "invoice",
    "open_budget",
    "pledge",
    "receive",
    "record_outturn",
    "reduce",
    "remove_line",
    "reopen_budget",
    "reverse_receipt",
    "withdraw",
]
