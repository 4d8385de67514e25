"""Where linked systems tell us that something changed there: messages in the Standard Webhooks form.

Whatever is wrong, an address that nobody has, a wrong signature, an old message, a paused connection: the answer is the
same, so that nobody learns from it what is there. The area reads the reason on its connection's page.
"""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from litestar import Request, Response, post
from litestar.params import FromPath

from backend.web.edge import edge_of
from backend.web.ratelimit import Rule
from infra.clock import now
from tenants.connections.hooks import arrivals, door, rules
from tenants.connections.hooks.door import Found
from tenants.tenancy.scope import system_actor, system_scope, tenant_scope

RULE = Rule("hook", burst=60, per_minute=60)
REFUSED = "This message was not taken."
_TAKEN = 202


@post(
    "/hooks/{address:uuid}",
    opt={"access": "public", "csrf_exempt": True},
    status_code=_TAKEN,
    request_max_body_size=rules.MOST_BYTES,
)
async def hook(request: Request[Any, Any, Any], address: FromPath[UUID]) -> Response[bytes]:
    """Takes a signed message once: 202, also when it came before. 401 for every other, 413 and 429 for too much."""
    edge_of(request).limiter.take(RULE, str(address))
    body = await request.body()
    headers = {name.lower(): value for name, value in request.headers.items()}
    async with system_scope("hooks", powers=[door.POWER]):
        found = await door.find(address=address)
    keys, state = (found.keys, found.state) if found else ((), None)
    reason = rules.verdict(headers, body=body, keys=keys, state=state, at=now())
    if found is not None:
        await _keep(request, found, rules.message_of(headers, body=body, taken=reason is None), reason)
    return _answer({"status": "taken"}, _TAKEN) if reason is None else _answer({"error": REFUSED}, 401)


async def _keep(request: Request[Any, Any, Any], found: Found, message: rules.Message, reason: str | None) -> None:
    request_id = request.scope["state"].get("request_id")
    by = system_actor(arrivals.TELLER, powers=[door.POWER], areas=[found.area_id], request_id=request_id)
    async with tenant_scope(by):
        if reason is None:
            await arrivals.take(by=by, area_id=found.area_id, connection_id=found.connection_id, message=message)
        else:
            await arrivals.refuse(
                area_id=found.area_id, connection_id=found.connection_id, message=message, reason=reason
            )


def _answer(said: dict[str, str], status: int) -> Response[bytes]:
    return Response(json.dumps(said).encode(), status_code=status, media_type="application/json")
