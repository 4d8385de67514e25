"""A mail is written with the change, sent once after it, and its area sees whether it left."""

from __future__ import annotations

import pytest
from jinja2 import UndefinedError

from infra.ids import uuid7
from infra.mail import MailRefused, MailUnavailable
from infra.queue import admin
from infra.queue.runs import MOST_STARTS
from tenants.tenancy.errors import Invalid
from tenants.tenancy.mail import send_mail
from tenants.tenancy.mail.queries import MailRow, mails
from tenants.tenancy.scope import system_scope, tenant_scope
from tests.support.cluster import Cluster
from tests.support.queue import drain, make_due
from tests.support.world import AreaMade, make_area, manager
from tests.tenants.tenancy.mail.conftest import Postbag

VALUES = {"name": "Ada", "inviter": "Bea", "role": "viewer", "place": "Testshire", "expires": "1 May 2027"}


async def write(area: AreaMade, *, to: str = "Ada@Example.org") -> None:
    async with tenant_scope(manager(area)):
        values = {**VALUES, "invitation_id": uuid7()}
        await send_mail(by=manager(area), area_id=area.id, to=to, template="invitation", values=values)


async def seen(area: AreaMade) -> list[MailRow]:
    async with tenant_scope(manager(area), readonly=True):
        return await mails(area_id=area.id)


async def test_a_mail_is_sent_after_the_commit_and_the_area_sees_it(postbag: Postbag) -> None:
    area = await make_area()
    await write(area)
    assert [mail.state for mail in await seen(area)] == ["queued"]
    await drain()
    ((message, again),) = postbag.sent
    assert (message.to, message.subject, again) == (
        "ada@example.org",
        "You are invited to Testshire on Concordat",
        False,
    )
    (row,) = await seen(area)
    assert (row.id, row.state, row.address) == (message.reference, "sent", "ada@example.org")
    assert row.sent_at is not None


async def test_a_rolled_back_change_sends_no_mail(postbag: Postbag) -> None:
    area = await make_area()
    with pytest.raises(ZeroDivisionError):
        async with tenant_scope(manager(area)):
            values = {**VALUES, "invitation_id": uuid7()}
            await send_mail(by=manager(area), area_id=area.id, to="a@b.uk", template="invitation", values=values)
            raise ZeroDivisionError
    await drain()
    assert (postbag.sent, await seen(area)) == ([], [])


async def test_a_provider_that_is_away_is_tried_again_and_told_so(postbag: Postbag) -> None:
    area = await make_area()
    postbag.errors.append(MailUnavailable("The mail server did not take it (OSError)."))
    await write(area)
    await drain()
    (row,) = await seen(area)
    assert (row.state, row.error) == ("queued", "The mail server did not take it (OSError).")
    await make_due()
    await drain()
    assert [again for _, again in postbag.sent] == [True]
    (row,) = await seen(area)
    assert (row.state, row.error) == ("sent", None)


async def test_a_refused_mail_has_failed_at_once(postbag: Postbag) -> None:
    area = await make_area()
    postbag.errors.append(MailRefused("The mail server refused it (code 550)."))
    await write(area)
    await drain()
    await make_due()
    assert await drain() == []
    assert [(row.state, row.error) for row in await seen(area)] == [
        ("failed", "The mail server refused it (code 550).")
    ]


async def test_a_provider_that_stays_away_fails_in_the_end_and_an_administrator_can_send_again(
    postbag: Postbag,
) -> None:
    area = await make_area()
    postbag.errors += [MailUnavailable("Away.")] * MOST_STARTS
    await write(area)
    for _ in range(MOST_STARTS):
        await drain()
        await make_due()
    assert [row.state for row in await seen(area)] == ["failed"]
    async with system_scope("test", powers=["platform"]):
        (run,) = await admin.job_runs(state="failed")
        assert await admin.retry(run.message_id)
    await drain()
    assert [row.state for row in await seen(area)] == ["sent"]


async def test_another_area_does_not_see_the_mail(postbag: Postbag) -> None:
    here, there = await make_area(), await make_area()
    await write(here)
    async with tenant_scope(manager(there), readonly=True):
        assert await mails() == []


@pytest.mark.parametrize("address", ["", "ada", "ada@example.org\nBcc: b@example.org", "a@b"])
async def test_a_wrong_address_is_told_before_anything_is_written(postbag: Postbag, address: str) -> None:
    area = await make_area()
    with pytest.raises(Invalid):
        await write(area, to=address)
    assert await seen(area) == []


async def test_a_value_the_template_lacks_is_found_when_the_mail_is_written(database: Cluster) -> None:
    area = await make_area()
    with pytest.raises(UndefinedError):
        async with tenant_scope(manager(area)):
            await send_mail(by=manager(area), area_id=area.id, to="a@b.uk", template="invitation", values={})


async def test_values_are_facts_not_texts(database: Cluster) -> None:
    area = await make_area()
    with pytest.raises(ValueError, match="short facts: name"):
        async with tenant_scope(manager(area)):
            values = {**VALUES, "name": "x" * 301, "invitation_id": uuid7()}
            await send_mail(by=manager(area), area_id=area.id, to="a@b.uk", template="invitation", values=values)
