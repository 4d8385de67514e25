"""What became of a mail: the last word stays whatever order it comes in, and the area is told whom it did not reach."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import permutations
from uuid import UUID

import pytest

from infra.ids import uuid7
from infra.mail import MailRefused, MailUnavailable, Receipt
from tenants.tenancy.mail import post_office, send_mail
from tenants.tenancy.mail.jobs import ask_receipts
from tenants.tenancy.mail.outcomes import note_delivery
from tenants.tenancy.mail.post_office import PostOffice, use_post_office
from tenants.tenancy.mail.queries import MailRow, mails, undelivered
from tenants.tenancy.scope import system_scope, tenant_scope
from tests.support.cluster import Cluster
from tests.support.queue import as_superuser, drain
from tests.support.world import AreaMade, make_area, manager
from tests.tenants.tenancy.mail.conftest import Postbag

VALUES = {"name": "Ada", "inviter": "Bea", "role": "viewer", "place": "Testshire", "expires": "1 May 2027"}
OUTCOMES = (("temporary_failure", 0), ("delivered", 9), ("permanent_failure", 9))
NINE = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


async def written(area: AreaMade, *, to: str = "ada@example.org", about: UUID | None = None) -> UUID:
    async with tenant_scope(manager(area)):
        return await send_mail(
            by=manager(area),
            area_id=area.id,
            to=to,
            template="invitation",
            values={**VALUES, "invitation_id": uuid7()},
            about=about,
        )


async def told(mail_id: UUID, outcome: str, *, after: int = 0) -> bool:
    async with system_scope("mail.receipts", powers=["receipts"]):
        return await note_delivery(mail_id=mail_id, outcome=outcome, happened=NINE + timedelta(seconds=after))


async def seen(area: AreaMade) -> MailRow:
    async with tenant_scope(manager(area), readonly=True):
        (row,) = await mails(area_id=area.id)
    return row


async def unreached(area: AreaMade, about: UUID) -> list[tuple[str, str]]:
    async with tenant_scope(manager(area), readonly=True):
        found = await undelivered(area_id=area.id, about=[about])
    return [(mail.address, mail.why) for mail in found.get(about, [])]


async def test_a_receipt_that_comes_again_is_no_news(postbag: Postbag) -> None:
    area = await make_area()
    mail_id = await written(area)
    assert [await told(mail_id, "delivered") for _ in range(3)] == [True, False, False]
    assert (await seen(area)).delivery == "delivered"


@pytest.mark.parametrize("order", list(permutations(OUTCOMES)))
async def test_the_latest_outcome_stays_in_whatever_order_they_come(
    postbag: Postbag, order: tuple[tuple[str, int], ...]
) -> None:
    area = await make_area()
    mail_id = await written(area)
    for outcome, after in order:
        await told(mail_id, outcome, after=after)
    assert (await seen(area)).delivery == "permanent_failure"


async def test_a_receipt_may_come_before_the_sending_is_written_down(postbag: Postbag) -> None:
    area = await make_area()
    await told(await written(area), "delivered")
    await drain()
    assert ((await seen(area)).state, (await seen(area)).delivery) == ("sent", "delivered")


async def test_a_receipt_of_another_installation_is_no_news(database: Cluster) -> None:
    assert not await told(uuid7(), "delivered")
    with pytest.raises(ValueError, match="final"):
        await told(uuid7(), "sending")


async def test_without_its_power_nobody_notes_an_outcome(postbag: Postbag) -> None:
    area = await make_area()
    mail_id = await written(area)
    async with tenant_scope(manager(area)):
        assert not await note_delivery(mail_id=mail_id, outcome="delivered", happened=NINE)
    assert (await seen(area)).delivery is None


async def test_an_area_is_told_whom_the_last_mail_about_something_did_not_reach(postbag: Postbag) -> None:
    area, other, about = await make_area(), await make_area(), uuid7()
    gone, full = [await written(area, to=to, about=about) for to in ("gone@example.org", "full@example.org")]
    await told(gone, "permanent_failure")
    await told(full, "temporary_failure")
    postbag.errors.append(MailRefused("GOV.UK Notify refused the email (400 ValidationError)."))
    await drain()  # the first of the two that wait is refused: whatever came before, it never left
    assert {address for address, _ in await unreached(area, about)} == {"gone@example.org", "full@example.org"}
    assert await unreached(other, about) == []
    await told(await written(area, to="full@example.org", about=about), "delivered")
    assert [address for address, _ in await unreached(area, about)] == ["gone@example.org"]
    ((_, why),) = await unreached(area, about)
    assert why.endswith(("Ask for another address.", "Check the address."))


@dataclass
class Provider:
    """A provider that can be asked; `away` after so many answers."""

    outcomes: dict[UUID, str]
    patience: timedelta = timedelta(0)
    away_after: int = 99
    asked: list[UUID] = field(default_factory=list)

    async def outcome(self, *, reference: UUID) -> Receipt | None:
        if len(self.asked) >= self.away_after:
            raise MailUnavailable("GOV.UK Notify failed (503).")
        self.asked.append(reference)
        outcome = self.outcomes.get(reference)
        return None if outcome is None else Receipt(outcome=outcome, happened=NINE)


@pytest.fixture
def provider(postbag: Postbag) -> Iterator[Provider]:
    """The transport is Notify's by name, and can be asked."""
    postbag.name = "notify"
    office = post_office.post_office()
    asked = Provider({})
    use_post_office(PostOffice(transport=postbag, base_url=office.base_url, links=office.links, receipts=asked))
    yield asked
    use_post_office(office)


async def ask(database: Cluster) -> None:
    """Let the sweep come round, and forget what other tests left to be asked about."""
    async with system_scope("queue", powers=["queue"]):
        await ask_receipts()
    await drain()


@pytest.fixture
async def area(database: Cluster) -> AreaMade:
    await as_superuser(database, "update mail set delivery = 'delivered', delivery_at = now() where delivery is null")
    return await make_area()


async def test_where_nobody_may_call_us_the_worker_asks(database: Cluster, area: AreaMade, provider: Provider) -> None:
    mail_id = await written(area)
    await drain()
    await ask(database)
    assert (provider.asked, (await seen(area)).delivery) == ([mail_id], None)
    provider.outcomes[mail_id] = "permanent_failure"
    await as_superuser(database, "update mail set delivery_asked_at = now() - interval '1 day' where id = $1", mail_id)
    await ask(database)
    await ask(database)
    assert (await seen(area)).delivery == "permanent_failure"
    assert provider.asked == [mail_id, mail_id], "what is known is not asked again"


async def test_a_mail_of_more_than_a_week_ago_is_not_asked_about(
    database: Cluster, area: AreaMade, provider: Provider
) -> None:
    mail_id = await written(area)
    await drain()
    await as_superuser(database, "update mail set sent_at = now() - interval '8 days' where id = $1", mail_id)
    await ask(database)
    assert provider.asked == []


async def test_what_was_told_before_the_provider_went_away_is_kept(
    database: Cluster, area: AreaMade, provider: Provider
) -> None:
    first, second = [await written(area, to=f"{n}@example.org") for n in range(2)]
    await drain()
    provider.outcomes |= {first: "delivered", second: "delivered"}
    provider.away_after = 1
    await ask(database)
    async with tenant_scope(manager(area), readonly=True):
        assert [row.delivery for row in await mails(area_id=area.id)].count("delivered") == 1
