"""A post office that keeps what it is given, and fails on demand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest_asyncio

from infra.mail import Message
from tenants.tenancy.mail import post_office
from tenants.tenancy.mail.post_office import PostOffice, use_post_office
from tenants.tenancy.people.invitation_mail import invitation_link
from tests.support.cluster import Cluster
from tests.support.queue import as_superuser


@dataclass
class Postbag:
    """A transport: `sent` is what left; each of `errors` is raised once instead of sending."""

    name: str = "postbag"
    sent: list[tuple[Message, bool]] = field(default_factory=list)
    errors: list[Exception] = field(default_factory=list)

    async def send(self, message: Message, *, again: bool) -> str:
        if self.errors:
            raise self.errors.pop(0)
        self.sent.append((message, again))
        return f"bag {len(self.sent)}"


@pytest_asyncio.fixture
async def postbag(database: Cluster) -> AsyncIterator[Postbag]:
    """The transport of this process for one test, and an empty queue."""
    await as_superuser(database, "truncate queue.outbox, queue.inbox, queue.job_run")
    bag = Postbag()
    before = post_office._office
    use_post_office(PostOffice(transport=bag, base_url="https://concordat.test", links={"invitation": invitation_link}))
    yield bag
    post_office._office = before
