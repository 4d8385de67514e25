"""What people do with endpoints: add, change, stop and retire them, make their secrets, send a test, send again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal
from uuid import UUID

from infra import standard_webhooks as form
from infra.clock import now
from infra.database import sql
from infra.ids import uuid7
from tenants.audit import queries as audit
from tenants.audit.service import record
from tenants.connections.endpoints import events, queries, rules, secrets
from tenants.connections.endpoints.queries import EndpointRow
from tenants.connections.endpoints.tables import WebhookEndpoint
from tenants.connections.hooks.rules import OVERLAP
from tenants.connections.permissions import check_can_keep, check_can_read
from tenants.tenancy import checks
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Conflict, Invalid, NotFound, Problems, WrongState

Move = Literal["pause", "resume", "retire"]
WHAT = "webhook endpoint"
MOST_SECRETS = 3
_NOT_BEGUN = "Make its secret first: then it begins."
_STOP = """
update webhook_delivery set state = 'stopped', ended_at = now(), claimed_until = null
where area_id = $1 and endpoint_id = $2 and state = 'waiting'
"""
_AGAIN = """
update webhook_delivery set state = 'waiting', ended_at = null, next_at = now(), sent_for_at = now()
where area_id = $1 and endpoint_id = $2 and id = $3 and (claimed_until is null or claimed_until < now()) returning 1
"""


async def add_endpoint(*, by: Actor, area_id: int, url: str, description: str, event_types: Sequence[str]) -> UUID:
    """Add an endpoint and return its id. It is told nothing until its first secret is made."""
    check_can_keep(by, area_id=area_id)
    values = _values(url, description, event_types)
    known = await sql.fetch_value(
        "select count(*) from webhook_endpoint where area_id = $1 and state <> 'retired'", area_id
    )
    if (known or 0) >= rules.MOST_ENDPOINTS:
        raise WrongState(f"An area has at most {rules.MOST_ENDPOINTS} endpoints. Retire one first.")
    endpoint_id = uuid7()
    row = WebhookEndpoint(area_id=area_id, id=endpoint_id, state="paused", state_reason=_NOT_BEGUN, **values)
    await WebhookEndpoint.insert(row).run()
    await _audit(by, area_id, endpoint_id, "add", after=values)
    return endpoint_id


async def change_endpoint(
    *, by: Actor, area_id: int, endpoint_id: UUID, version: int, url: str, description: str, event_types: Sequence[str]
) -> UUID:
    """Change where an endpoint is and what it is told. Its secrets are the same."""
    row = await _find(by, area_id, endpoint_id, version)
    return await _change(by, row, _values(url, description, event_types), "change")


async def move_endpoint(
    *, by: Actor, area_id: int, endpoint_id: UUID, version: int, move: str, reason: str | None = None
) -> UUID:
    """Pause, resume or retire an endpoint. What waits for one that stops is not sent; what was sent stays listed.

    One that is resumed is told what happens from then on.
    """
    row = await _find(by, area_id, endpoint_id, version)
    match move:
        case "pause" | "retire":
            why = checks.reason(reason or "")
            if move == "pause" and row.state == "paused":
                raise WrongState("This endpoint is paused already.")
            await sql.execute(_STOP, area_id, endpoint_id)
            if move == "retire":
                await secrets.end_earlier(area_id=area_id, endpoint_id=endpoint_id, at=now(), all_of_them=True)
            values: dict[str, Any] = {"state": f"{move}d", "state_reason": why}
            return await _change(by, row, values, move, reason=why)
        case "resume" if row.state in ("paused", "disabled"):
            if not row.secrets:
                raise WrongState(_NOT_BEGUN)
            return await _change(by, row, await _from_now_on(area_id), "resume")
        case "resume":
            raise WrongState("This endpoint is not paused.")
    raise Invalid("Select whether to pause, to resume or to retire it.", field="move")


async def make_secret(*, by: Actor, area_id: int, endpoint_id: UUID, secret: str | None = None) -> str:
    """Seal a new secret, ours or the one that the system gave, and return it: the only time that it is shown.

    We sign with the one before it too for another 24 hours. An endpoint without any begins with its first.
    """
    row = await _find(by, area_id, endpoint_id)
    chosen = form.make_secret() if secret is None else secret.strip()
    if form.key_of(chosen) is None:
        raise Invalid("The secret must be whsec_ and base64 of 24 to 64 bytes. Copy it again.", field="secret")
    if row.secrets >= MOST_SECRETS:
        raise WrongState(f"We sign with {row.secrets} secrets at once. End the earlier ones first.")
    at = now()
    await secrets.add(
        area_id=area_id, endpoint_id=endpoint_id, secret=chosen, name=by.name, at=at, others_end=at + OVERLAP
    )
    begins = row.state == "paused" and row.state_reason == _NOT_BEGUN
    await _change(by, row, await _from_now_on(area_id) if begins else {"state": row.state}, "secret")
    return chosen


async def end_earlier_secrets(*, by: Actor, area_id: int, endpoint_id: UUID) -> UUID:
    """Sign with the newest secret alone, from now on."""
    row = await _find(by, area_id, endpoint_id)
    if row.secrets < 2:
        raise WrongState("There is no earlier secret that we sign with.")
    await secrets.end_earlier(area_id=area_id, endpoint_id=endpoint_id, at=now())
    return await _change(by, row, {"state": row.state}, "end_secrets")


async def send_test(*, by: Actor, area_id: int, endpoint_id: UUID) -> UUID:
    """Send a message of the type `webhook.test`; return the endpoint's id."""
    row = await _find(by, area_id, endpoint_id)
    _is_active(row)
    await events.add(area_id=area_id, endpoint_id=endpoint_id, url=row.url, event_type=rules.TEST)
    await _audit(by, area_id, endpoint_id, "test")
    return endpoint_id


async def send_again(*, by: Actor, area_id: int, endpoint_id: UUID, delivery_id: UUID) -> UUID:
    """Send a message again now, under the same id; return the endpoint's id."""
    row = await _find(by, area_id, endpoint_id)
    _is_active(row)
    if await sql.fetch_value(_AGAIN, area_id, endpoint_id, delivery_id) is None:
        raise NotFound("message", field="deliveryId")
    await events.ask_to_send(area_id=area_id, delivery_id=delivery_id, url=row.url)
    await _audit(by, area_id, endpoint_id, "send_again", after={"delivery_id": delivery_id})
    return endpoint_id


async def _from_now_on(area_id: int) -> dict[str, Any]:
    read_to = await audit.last_seq(area_id=area_id)
    return {"state": "active", "state_reason": None, "failing_since": None, "read_to": read_to}


def _is_active(row: EndpointRow) -> None:
    if row.state != "active":
        raise WrongState("This endpoint does not run. Resume it first.")


async def _find(by: Actor, area_id: int, endpoint_id: UUID, version: int | None = None) -> EndpointRow:
    row = await queries.endpoint(area_id=area_id, endpoint_id=endpoint_id)
    if row is None:
        raise NotFound(WHAT, field="endpointId")
    check_can_read(by, area_id=area_id)
    check_can_keep(by, area_id=area_id)
    if version is not None:
        checks.version(expected=version, found=row.version, what=WHAT)
    if row.state == "retired":
        raise WrongState("This endpoint was retired. Add the system again to use it.")
    return row


def _values(url: str, description: str, event_types: Sequence[str]) -> dict[str, Any]:
    if found := list(rules.problems(url=url, description=description, event_types=event_types)):
        raise Problems(found)
    return {"url": url.strip(), "description": checks.tidy(description), "event_types": sorted(set(event_types))}


async def _change(
    by: Actor, row: EndpointRow, values: Mapping[str, Any], verb: str, *, reason: str | None = None
) -> UUID:
    columns: dict[Any, Any] = {**values, "version": row.version + 1}
    unmoved = (
        (WebhookEndpoint.area_id == row.area_id)
        & (WebhookEndpoint.id == row.id)
        & (WebhookEndpoint.version == row.version)
    )
    if not await WebhookEndpoint.update(columns).where(unmoved).returning(WebhookEndpoint.id):
        raise Conflict(WHAT)
    before = {key: getattr(row, key) for key in values if hasattr(row, key)}
    await _audit(by, row.area_id, row.id, verb, before=before, after=values, reason=reason)
    return row.id


async def _audit(by: Actor, area_id: int, endpoint_id: UUID, verb: str, **said: Any) -> None:
    await record(by=by, area_id=area_id, action=f"webhook.{verb}", subject=("webhook_endpoint", endpoint_id), **said)
