"""GOV.UK Notify over real HTTP: an email goes once, and each refusal becomes a sentence without personal data."""

from __future__ import annotations

import time

import pytest
import time_machine

from infra.ids import uuid7
from infra.mail import MailRefused, MailUnavailable, Message
from integrations.notify.client import NotifyClient
from integrations.notify.errors import NotifyBusy, NotifyDown, NotifyRefused
from integrations.notify.transport import NotifyTransport
from tests.integrations.notify.conftest import TEMPLATE_ID, LocalNotify

MESSAGE = Message(reference=uuid7(), to="ada@example.org", subject="Hello", body="Dear Ada,\n\nread this.\n")


def transport(notify: LocalNotify, **other: str) -> NotifyTransport:
    return NotifyTransport(client=notify.client(**other), template_id=TEMPLATE_ID)


async def test_an_email_is_sent_through_the_template_under_our_reference(notify: LocalNotify) -> None:
    identifier = await transport(notify).send(MESSAGE, again=False)
    (taken,) = notify.service.taken
    assert (taken["id"], taken["reference"]) == (identifier, str(MESSAGE.reference))
    assert (taken["email_address"], taken["subject"], taken["body"]) == (MESSAGE.to, MESSAGE.subject, MESSAGE.body)


async def test_an_attempt_after_an_unclear_one_finds_what_was_sent(notify: LocalNotify) -> None:
    first = await transport(notify).send(MESSAGE, again=False)
    assert await transport(notify).send(MESSAGE, again=True) == first
    assert len(notify.service.taken) == 1


async def test_an_attempt_after_an_unclear_one_sends_what_was_not(notify: LocalNotify) -> None:
    await transport(notify).send(MESSAGE, again=True)
    assert len(notify.service.taken) == 1


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_a_failure_of_theirs_is_worth_another_try(notify: LocalNotify, status: int) -> None:
    notify.service.next_statuses.append(status)
    with pytest.raises(MailUnavailable, match=str(status)):
        await transport(notify).send(MESSAGE, again=False)
    await transport(notify).send(MESSAGE, again=True)
    assert len(notify.service.taken) == 1


async def test_too_many_requests_wait(notify: LocalNotify) -> None:
    notify.service.rate_per_minute = 1
    await transport(notify).send(MESSAGE, again=False)
    with pytest.raises(MailUnavailable, match="429"):
        await transport(notify).send(MESSAGE, again=False)


async def test_nobody_there_is_worth_another_try(notify: LocalNotify) -> None:
    client = NotifyClient.of(api_key=notify.service.api_key, base_url="http://127.0.0.1:9")
    with pytest.raises(NotifyDown, match="unreachable"):
        await client.find(reference="x")


@pytest.mark.parametrize(
    ("to", "template_id", "values"),
    [
        ("ada", TEMPLATE_ID, {"subject": "s", "body": "b"}),
        ("ada@example.org", "another", {"subject": "s", "body": "b"}),
        ("ada@example.org", TEMPLATE_ID, {"subject": "s"}),
    ],
    ids=["address", "template", "missing value"],
)
async def test_what_they_refuse_is_never_tried_again(
    notify: LocalNotify, to: str, template_id: str, values: dict[str, str]
) -> None:
    with pytest.raises(NotifyRefused) as refusal:
        await notify.client().send_email(to=to, template_id=template_id, personalisation=values, reference="r")
    assert "400" in str(refusal.value)
    assert to not in str(refusal.value)
    assert notify.service.taken == []


async def test_a_wrong_key_is_refused(notify: LocalNotify) -> None:
    wrong = f"sandbox-{notify.service.id}-{uuid7()}"
    with pytest.raises(MailRefused, match="403 AuthError"):
        await transport(notify, api_key=wrong).send(MESSAGE, again=False)


async def test_a_clock_that_is_a_minute_off_is_refused(notify: LocalNotify) -> None:
    service_now = time.time()
    token = None
    with time_machine.travel(service_now - 60, tick=False):
        token = notify.client()._token()
    client = notify.client()
    object.__setattr__(client, "_token", lambda: token)
    with pytest.raises(NotifyRefused, match="403"):
        await client.find(reference="x")


@pytest.mark.parametrize("key", ["", "nonsense", "name-not-uuids", "a" * 73])
def test_a_key_of_the_wrong_form_is_told_at_start(key: str) -> None:
    with pytest.raises(ValueError, match="CONCORDAT_NOTIFY_API_KEY"):
        NotifyClient.of(api_key=key, base_url="https://api.notifications.service.gov.uk")


async def test_the_key_only_goes_to_the_configured_host(notify: LocalNotify) -> None:
    client = notify.client()
    assert await client.door.permits("127.0.0.1", 443)
    assert not await client.door.permits("example.org", 443)


async def test_busy_is_its_own_error(notify: LocalNotify) -> None:
    notify.service.rate_per_minute = 0
    with pytest.raises(NotifyBusy):
        await notify.client().find(reference="x")
