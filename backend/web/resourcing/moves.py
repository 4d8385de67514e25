"""The steps of a contribution as forms: what each asks, sends and says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from backend.web.forms import Form


@dataclass(frozen=True, kw_only=True)
class Move:
    """One step: its page's title, the stored mutation, its button, what is said after, and whether it is final."""

    title: str
    mutation: str
    button: str
    said: str
    warning: bool = False


MOVES = {
    "agree": Move(
        title="Agree a contribution",
        mutation="AgreeContribution",
        button="Agree for my organisation",
        said="Your agreement is recorded.",
    ),
    "invoice": Move(
        title="Record an invoice",
        mutation="InvoiceContribution",
        button="Record the invoice",
        said="The invoice is recorded.",
    ),
    "correct": Move(
        title="Correct an invoice",
        mutation="CorrectInvoice",
        button="Correct the invoice",
        said="The invoice is corrected. What it said before stays in the audit trail.",
    ),
    "receive": Move(
        title="Record what has come",
        mutation="ReceiveContribution",
        button="Record it",
        said="What came is recorded.",
    ),
    "reverse": Move(
        title="Reverse a receipt",
        mutation="ReverseReceipt",
        button="Reverse it",
        said="The receipt is reversed. Both stay in the record.",
        warning=True,
    ),
    "reduce": Move(
        title="Reduce a contribution",
        mutation="ReduceContribution",
        button="Reduce it",
        said="The contribution is reduced. Every lead agrees it anew; what was promised stays in the record.",
        warning=True,
    ),
    "withdraw": Move(
        title="Withdraw a contribution",
        mutation="WithdrawContribution",
        button="Withdraw it",
        said="The contribution is withdrawn. It stays in the record.",
        warning=True,
    ),
}


def read_move(form: Form, verb: str) -> dict[str, object]:
    """Returns the input of the step's mutation; problems are added to the form."""
    values: dict[str, object] = {
        "contributionId": form.value("contribution"),
        "version": form.whole("version", label="the version"),
    }
    match verb:
        case "reverse":
            reason = form.text("reason", label="why it is reversed", max_length=1000, lines=True)
            return {"receiptId": form.value("receipt"), "version": values["version"], "reason": reason}
        case "invoice" | "correct":
            values["reference"] = form.text("reference", label="the invoice number", max_length=100)
            values["invoicedOn"] = _iso(form.date("invoiced_on", label="the date of the invoice"))
            if verb == "correct":
                values["reason"] = form.text("reason", label="why it is corrected", max_length=1000, lines=True)
        case "receive":
            values["amountPence"] = form.pence("amount_pence", label="the amount", minimum=1)
            values["receivedOn"] = _iso(form.date("received_on", label="the day on which it came"))
            values["reference"] = form.text("reference", label="the reference", required=False, max_length=100)
        case "reduce":
            values["amountPence"] = form.pence("amount_pence", label="the amount", minimum=1)
            values["reason"] = form.text("reason", label="why it is reduced", max_length=1000, lines=True)
        case "withdraw":
            values["reason"] = form.text("reason", label="why it is withdrawn", max_length=1000, lines=True)
    return values


def read_pledge(form: Form, *, forms: Sequence[str]) -> dict[str, object]:
    """Returns what is given; problems are added to the form."""
    if not form.value("partner_id").strip() and not form.value("contributor").strip():
        form.add_problem("contributor", "Select a partner body, or enter the name of another organisation.")
    kind = form.choice("form", label="cash or in kind", options=forms)
    in_kind = kind == "in_kind"
    return {
        "partnerId": form.value("partner_id") or None,
        "contributor": form.text("contributor", label="the organisation", required=False),
        "form": kind,
        "amountPence": form.pence("amount_pence", label="the amount", minimum=1),
        "valuationMethod": form.text(
            "valuation_method", label="how it was valued", required=in_kind, max_length=1000, lines=True
        ),
        "description": form.text("description", label="the description", required=False, max_length=1000, lines=True),
        "payer": form.text("payer", label="who pays", required=False),
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
