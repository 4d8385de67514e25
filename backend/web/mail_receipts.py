"""GOV.UK Notify telling us what became of an email: its delivery receipts, under the bearer token we gave it.

It calls again after a 5xx or a 429. Each receipt may come twice, late, or after one that is newer: the row decides.
"""

from __future__ import annotations

import json
from typing import Any

from litestar import Request, Response, post
from litestar.exceptions import NotFoundException

from infra.telemetry.logs import logger
from integrations.notify.receipts import NotAReceipt, Posted, may_post, posted
from tenants.tenancy.mail.outcomes import note_delivery
from tenants.tenancy.scope import system_scope

LOG = logger("mail")
_LARGEST = 16 * 1024


@post("/mail/receipts", opt={"access": "public", "csrf_exempt": True}, request_max_body_size=_LARGEST)
async def receipts(request: Request[Any, Any, Any]) -> Response[None]:
    """204 for a receipt that was taken, also when it is no news; 400 for what is none; not found without the token."""
    token = request.app.state.settings.notify_callback_token.get_secret_value()
    if not may_post(authorization=request.headers.get("authorization", ""), token=token):
        LOG.warning("receipt_refused", why="token")
        raise NotFoundException
    try:
        told = posted(json.loads(await request.body()))
    except (NotAReceipt, ValueError, RecursionError) as error:
        LOG.warning("receipt_refused", why=str(error) if isinstance(error, NotAReceipt) else "not JSON")
        return Response(None, status_code=400)
    await _note(told)
    return Response(None, status_code=204)


async def _note(told: Posted) -> None:
    if told.reference is None or told.receipt is None:
        return
    async with system_scope("mail.receipts", powers=["receipts"]):
        await note_delivery(mail_id=told.reference, outcome=told.receipt.outcome, happened=told.receipt.happened)
