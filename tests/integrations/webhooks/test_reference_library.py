"""What the reference library signs we take, with our secrets and with those that it is used with elsewhere."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

import pytest
from litestar import Litestar
from standardwebhooks import Webhook

from infra.clock import now
from infra.standard_webhooks import make_secret
from tests.support.connections import make_connection
from tests.support.hooks import Told, arrived, changed_secret
from tests.support.world import make_area
from tests.web.page_client import PageClient

BODY = '{"type": "roster.changed", "timestamp": "2026-11-02T09:30:00Z", "data": {"school": "Ørsted"}}'


async def sent(app: Litestar, hook: Told, *, body: str = BODY, at: datetime | None = None, signed: str = BODY) -> int:
    moment = at or now().astimezone(UTC)
    signature = Webhook(hook.secret).sign("msg_reference", moment, signed)
    headers = {
        "webhook-id": "msg_reference",
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": signature,
        "content-type": "application/json",
    }
    async with PageClient(app) as program:
        return (await program.http.post(hook.path, content=body.encode(), headers=headers)).status_code


@pytest.mark.parametrize("bytes_", [None, 24, 64])
async def test_what_it_signs_is_taken(app: Litestar, bytes_: int | None) -> None:
    area = await make_area()
    given = make_secret() if bytes_ is None else "whsec_" + base64.b64encode(b"k" * bytes_).decode()
    hook = await changed_secret(area, await make_connection(area), secret=given)
    assert [await sent(app, hook), await sent(app, hook, signed=BODY + " ")] == [202, 401]
    assert await sent(app, hook, at=now().astimezone(UTC) - timedelta(minutes=6)) == 401
    assert [one.event_type for one in await arrived(hook) if one.outcome == "taken"] == ["roster.changed"]
