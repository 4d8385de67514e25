"""The address at which GOV.UK Notify tells what became of an email, and where the area reads it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import httpx
import pytest
import pytest_asyncio
from litestar import Litestar
from pydantic import SecretStr

from backend.app import create_app
from concordat_graphql.cooperation.keys import encode_in
from infra.clock import now
from infra.ids import uuid7
from tenants.tenancy.mail import send_mail
from tenants.tenancy.people.service import invite
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.cooperation import asked_school
from tests.support.product import product_settings, signed_in
from tests.support.queue import as_superuser
from tests.support.world import make_actor, make_area
from tests.web.page_client import PageClient

TOKEN = "a callback token of the tests, 0123456789"
ADDRESS = "/mail/receipts"
ASKED = {"area": "Ashen", "agency": "Meadow", "title": "Return", "due": "1 May 2027", "late": 0}


@pytest_asyncio.fixture(scope="module")
async def told_app(database: Cluster) -> Litestar:
    """The application with a callback token."""
    return create_app(product_settings(database, notify_callback_token=SecretStr(TOKEN)))


@pytest_asyncio.fixture
async def notify(told_app: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    """GOV.UK Notify, as far as it calls us."""
    async with PageClient(told_app) as program:
        yield program.http


def receipt(reference: object, status: str = "permanent-failure") -> dict[str, Any]:
    return {"id": str(uuid7()), "reference": str(reference), "to": "gone@example.org", "status": status,
            "created_at": now().isoformat(), "completed_at": now().isoformat()}  # fmt: skip


async def tell(notify: httpx.AsyncClient, body: Any, *, token: str = TOKEN) -> int:
    answer = await notify.post(ADDRESS, json=body, headers={"Authorization": f"Bearer {token}"})
    return answer.status_code


async def delivery(database: Cluster, mail_id: UUID) -> str | None:
    (row,) = await as_superuser(database, "select delivery from mail where id = $1", mail_id)
    return row["delivery"] and str(row["delivery"])


async def test_a_request_says_which_address_to_replace(
    told_app: Litestar, notify: httpx.AsyncClient, database: Cluster
) -> None:
    asked = await asked_school(await make_area())
    bea = await make_actor(Role.BUSINESS_MANAGER, area=asked.area)
    async with tenant_scope(bea):
        mail_id = await send_mail(by=bea, area_id=asked.area.id, to="gone@example.org", template="cooperation_reminder",
                                  values=ASKED, about=asked.request.id)  # fmt: skip
    assert [await tell(notify, receipt(mail_id)) for _ in range(2)] == [204, 204]
    assert await delivery(database, mail_id) == "permanent_failure"
    async with await signed_in(told_app, bea) as browser:
        opaque = encode_in("DutyRequest", asked.area.id, asked.request.id)
        page = await browser.get(f"/area/{asked.area.slug}/requests/{opaque}")
    assert "to gone@example.org could not be delivered. There is no such address. Ask for another" in page.text


async def test_an_invitation_says_that_it_did_not_arrive(
    told_app: Litestar, notify: httpx.AsyncClient, database: Cluster
) -> None:
    area = await make_area()
    bea = await make_actor(Role.BUSINESS_MANAGER, area=area)
    async with tenant_scope(bea):
        invitation = await invite(by=bea, email="full@example.org", name="Fay Full", role="viewer", area_id=area.id)
    (mail,) = await as_superuser(database, "select id from mail where about = $1", invitation)
    assert await tell(notify, receipt(mail["id"], "temporary-failure")) == 204
    async with await signed_in(told_app, bea) as browser:
        page = await browser.get(f"/area/{area.slug}/people")
    assert "could not be delivered. The mailbox took nothing" in page.table("Invitations, newest first")[0][1]


@pytest.mark.parametrize(("body", "status"), [
    (receipt(uuid7()), 204), (receipt("not ours"), 204), (receipt(uuid7(), "sending"), 204), ({}, 400), ([1], 400),
], ids=["unknown", "not ours", "not final", "empty", "a list"])  # fmt: skip
async def test_what_is_not_ours_is_taken_and_what_is_no_receipt_refused(
    notify: httpx.AsyncClient, body: Any, status: int
) -> None:
    assert await tell(notify, body) == status


async def test_the_address_is_in_no_log_line(notify: httpx.AsyncClient, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = {**receipt(uuid7()), "completed_at": "gone@example.org"}
    assert (await tell(notify, wrong), await tell(notify, receipt(uuid7()), token="gone@example.org")) == (400, 404)
    logged = capsys.readouterr().err
    assert logged.count("receipt_refused") == 2
    assert "gone@" not in logged


async def test_what_is_not_json_or_too_long_is_refused(notify: httpx.AsyncClient) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    for content, status in ((b"\xff{", 400), (b"[" * 9_000, 400), (b" " * 20_000, 413)):
        assert (await notify.post(ADDRESS, content=content, headers=headers)).status_code == status


async def test_nobody_else_finds_the_address(notify: httpx.AsyncClient, app: Litestar) -> None:
    for token in ("", "wrong", TOKEN[:-1], TOKEN + "x"):
        assert await tell(notify, receipt(uuid7()), token=token) == 404
    async with PageClient(app) as without_a_token:
        assert await tell(without_a_token.http, receipt(uuid7()), token="") == 404
