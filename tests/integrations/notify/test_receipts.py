"""What Notify says became of an email: posted to us with a bearer token, or asked for by our reference."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from infra.clock import now
from infra.ids import uuid7
from infra.mail import MailUnavailable, Message
from integrations.notify.receipts import NotAReceipt, may_post, posted
from integrations.notify.transport import NotifyReceipts, NotifyTransport
from tests.integrations.notify.conftest import TEMPLATE_ID, LocalNotify

REFERENCE, TOKEN = uuid7(), "a bearer token of more than 32 characters"


def document(**changed: Any) -> dict[str, Any]:
    told = {"id": "1", "reference": str(REFERENCE), "to": "ada@example.org", "status": "delivered",
            "created_at": "2026-11-02T09:00:00.1Z", "sent_at": "2026-11-02T09:00:01Z",
            "completed_at": "2026-11-02T09:00:02Z", "notification_type": "email"}  # fmt: skip
    return {**told, **changed}


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        ("delivered", "delivered"),
        ("permanent-failure", "permanent_failure"),
        ("temporary-failure", "temporary_failure"),
        ("technical-failure", "technical_failure"),
    ],
)
def test_each_last_word_has_ours_and_its_moment(status: str, outcome: str) -> None:
    told = posted(document(status=status))
    assert told.reference == REFERENCE
    assert told.receipt is not None
    assert (told.receipt.outcome, told.receipt.happened) == (outcome, datetime(2026, 11, 2, 9, 0, 2, tzinfo=UTC))


@pytest.mark.parametrize("status", ["created", "sending", "pending", "a word of next year"])
def test_what_is_not_the_last_word_is_no_receipt(status: str) -> None:
    assert posted(document(status=status, completed_at=None)).receipt is None


@pytest.mark.parametrize("reference", [None, "an other system's", 7])
def test_an_email_that_is_not_ours_has_no_reference_of_ours(reference: object) -> None:
    assert posted(document(reference=reference)).reference is None


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ([], "status"),
        (document(status=None), "status"),
        (document(completed_at="soon"), "completed_at"),
        (document(completed_at=(now() + timedelta(days=400)).isoformat()), "completed_at"),
    ],
    ids=["no object", "no status", "no moment", "a moment to come"],
)
def test_what_is_no_receipt_names_the_part_and_repeats_nothing(told: Any, wrong: str) -> None:
    with pytest.raises(NotAReceipt) as refusal:
        posted(told)
    assert str(refusal.value) == wrong


WRONG = ("", "Bearer", "Bearer ", "Bearer x", f"Basic {TOKEN}", f"bearer {TOKEN}", "Bearer é")


@pytest.mark.parametrize("header", WRONG)
def test_only_the_token_opens_the_callback(header: str) -> None:
    assert may_post(authorization=f"Bearer {TOKEN}", token=TOKEN)
    assert not may_post(authorization=header, token=TOKEN)
    assert not may_post(authorization=header, token="")


async def test_a_mail_is_asked_for_by_our_reference(notify: LocalNotify) -> None:
    receipts = NotifyReceipts(client=notify.client(), patience=timedelta(minutes=5))
    assert await receipts.outcome(reference=REFERENCE) is None, "it was never sent"
    notify.service.outcomes["gone@example.org"] = "permanent-failure"
    message = Message(reference=REFERENCE, to="gone@example.org", subject="Hello", body="Hello.\n")
    await NotifyTransport(client=notify.client(), template_id=TEMPLATE_ID).send(message, again=False)
    receipt = await receipts.outcome(reference=REFERENCE)
    assert receipt is not None
    assert receipt.outcome == "permanent_failure"
    assert posted(notify.service.receipt(notify.service.taken[0])).receipt == receipt, "posted or asked for, the same"


async def test_a_mail_under_way_has_no_receipt_yet(notify: LocalNotify) -> None:
    notify.service.outcomes["slow@example.org"] = "sending"
    message = Message(reference=REFERENCE, to="slow@example.org", subject="Hello", body="Hello.\n")
    await NotifyTransport(client=notify.client(), template_id=TEMPLATE_ID).send(message, again=False)
    assert await NotifyReceipts(client=notify.client(), patience=timedelta(0)).outcome(reference=REFERENCE) is None


async def test_a_notify_that_is_away_is_asked_another_time(notify: LocalNotify) -> None:
    notify.service.next_statuses.append(503)
    with pytest.raises(MailUnavailable, match="503"):
        await NotifyReceipts(client=notify.client(), patience=timedelta(0)).outcome(reference=REFERENCE)
