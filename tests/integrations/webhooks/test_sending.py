"""From something that happened to the area's own system, over real HTTP, whatever that system does."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from infra.clock import now
from infra.database import sql
from infra.ids import opaque
from tenants.connections.endpoints import events, rules, sending, service
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope, worker_actor
from tests.support.agencies import RunningAgencies
from tests.support.cluster import Cluster
from tests.support.connections import keeper
from tests.support.hostile_provider import hostile_provider, says
from tests.support.queue import as_superuser
from tests.support.webhooks import (
    Listening,
    deliveries_of,
    endpoint_of,
    happens,
    hurry,
    listening,
    new_secret,
    swept,
)
from tests.support.world import make_actor


@pytest.fixture(autouse=True)
def on_this_machine(database: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONCORDAT_ENVIRONMENT", "development")


async def office(agencies: RunningAgencies, **said: Any) -> Listening:
    listener = await listening(url=f"{agencies.url('office')}/inbox", **said)
    agencies.do("office", "secret", secret=listener.secret)
    return listener


def taken(agencies: RunningAgencies) -> list[dict[str, Any]]:
    return list(agencies.show("office")["seen"]["messages"])


def node_of(listener: Listening, about: str) -> str:
    """The id under which GraphQL knows a return."""
    return opaque("DutyRequest", f"{listener.area.id}.{about}")


async def states(listener: Listening) -> list[tuple[str, int]]:
    return [(one.state, one.attempts) for one in await deliveries_of(listener)]


async def test_what_happened_is_told_once_with_ids_and_nothing_else(agencies: RunningAgencies) -> None:
    listener = await office(agencies)
    [about] = await happens(listener.area)
    await swept()
    await swept()
    [message] = taken(agencies)
    assert message["times"] == 1
    assert message["body"].pop("timestamp").endswith("Z")
    assert message["body"] == {
        "type": "cooperation.return.submitted",
        "data": {"area": listener.area.slug, "kind": "duty_request", "id": node_of(listener, about)},
    }
    assert await states(listener) == [("delivered", 1)]
    [tried] = (await deliveries_of(listener))[0].tried
    assert (tried.status, tried.said) == (200, "It answered 200.")


async def test_only_what_the_endpoint_asked_for_and_only_its_own_area(agencies: RunningAgencies) -> None:
    listener = await office(agencies, event_types=("resourcing.contribution.agreed",))
    await happens((await office(agencies, event_types=("connection.stale",))).area, "contribution.agree")
    for action in ("contribution.pledge", "return.submit", "contribution.agree", "session.start"):
        await happens(listener.area, action)
    await swept()
    assert [one["body"]["type"] for one in taken(agencies)] == ["resourcing.contribution.agreed"]
    assert taken(agencies)[0]["body"]["data"]["area"] == listener.area.slug


async def test_what_happened_before_it_began_is_not_told(agencies: RunningAgencies) -> None:
    listener = await office(agencies)
    who = keeper(listener.area)
    async with tenant_scope(who):
        await service.move_endpoint(
            by=who, area_id=listener.area.id, endpoint_id=listener.id, version=2, move="pause", reason="It moves."
        )
    await happens(listener.area)
    await swept()
    async with tenant_scope(who):
        await service.move_endpoint(by=who, area_id=listener.area.id, endpoint_id=listener.id, version=3, move="resume")
    [later] = await happens(listener.area)
    await swept()
    assert [one["body"]["data"]["id"] for one in taken(agencies)] == [node_of(listener, later)]


async def test_a_system_that_is_away_gets_it_later_under_the_same_id(agencies: RunningAgencies) -> None:
    listener = await office(agencies)
    agencies.fault("office", "status", status=503, times=2)
    await happens(listener.area)
    before = now()
    await swept()
    [waiting] = await deliveries_of(listener)
    assert (waiting.state, waiting.attempts) == ("waiting", 1)
    assert before + rules.WAITS[1] <= waiting.next_at <= now() + rules.WAITS[1]
    for _ in range(2):
        await hurry(listener)
        await swept()
    assert await states(listener) == [("delivered", 3)]
    assert [(one["id"], one["times"]) for one in taken(agencies)] == [(rules.message_id(waiting.id), 1)]
    asked = {each["headers"]["webhook-id"] for each in agencies.asked("office", containing="/inbox")}
    assert asked == {rules.message_id(waiting.id)}
    assert (await endpoint_of(listener)).failing_since is None


async def test_a_system_that_asks_for_time_is_given_it(agencies: RunningAgencies) -> None:
    listener = await office(agencies)
    agencies.fault("office", "status", status=429, retry_after="600")
    await happens(listener.area)
    before = now()
    await swept()
    assert (await deliveries_of(listener))[0].next_at >= before + timedelta(seconds=600)


async def test_a_worker_that_died_with_it_in_hand_neither_loses_nor_renames_it(agencies: RunningAgencies) -> None:
    listener = await office(agencies)
    await happens(listener.area, times=3)
    async with tenant_scope(worker_actor("webhook.list", areas=[listener.area.id])):
        from_chain = await _listed(listener)
    dead = worker_actor("webhooks", areas=[listener.area.id], powers=["agencies"])
    async with tenant_scope(dead):
        assert await sending.claim(delivery_id=from_chain[0]) is not None
    async with tenant_scope(dead):
        assert await sending.claim(delivery_id=from_chain[0]) is None, "nobody else has it while the claim holds"
    await hurry(listener)
    await swept()
    assert sorted(one["id"] for one in taken(agencies)) == sorted(rules.message_id(one) for one in from_chain)
    assert {one["times"] for one in taken(agencies)} == {1}
    assert sorted(await states(listener)) == [("delivered", 1), ("delivered", 1), ("delivered", 2)]


async def _listed(listener: Listening) -> list[Any]:
    assert await events.list_new(area_id=listener.area.id) == 3
    return [row["id"] for row in await sql.fetch("select id from webhook_delivery where endpoint_id = $1", listener.id)]


async def test_one_that_says_gone_is_disabled_and_the_area_told(agencies: RunningAgencies, database: Cluster) -> None:
    listener = await office(agencies)
    manager = (await make_actor(Role.BUSINESS_MANAGER, area=listener.area)).id
    agencies.fault("office", "status", status=410, times=None)
    await happens(listener.area, times=2)
    await swept()
    row = await endpoint_of(listener)
    assert (row.state, row.state_reason) == ("disabled", "It answered 410 Gone: it wants no more messages.")
    assert {state for state, _ in await states(listener)} == {"stopped"}
    sent = await as_superuser(database, "select template from mail where person_id = $1", manager)
    assert [mail["template"] for mail in sent] == ["webhook_disabled"]


async def test_one_where_nothing_gets_through_is_disabled_after_the_last_attempt(agencies: RunningAgencies) -> None:
    listener = await office(agencies)
    agencies.fault("office", "status", status=500, times=None)
    await happens(listener.area)
    await swept()
    async with tenant_scope(worker_actor("clock", areas=[listener.area.id], powers=["agencies"])):
        await sql.execute(
            "update webhook_delivery set attempts = $2 where endpoint_id = $1", listener.id, rules.MOST_ATTEMPTS - 1
        )
        await sql.execute(
            "update webhook_endpoint set failing_since = now() - interval '3 days' where id = $1", listener.id
        )
    await hurry(listener)
    await swept()
    row = await endpoint_of(listener)
    assert row.state == "disabled"
    assert "Nothing got through since" in (row.state_reason or "")
    assert await states(listener) == [("failed", rules.MOST_ATTEMPTS)]


async def test_a_message_is_sent_again_by_hand_under_its_id(agencies: RunningAgencies) -> None:
    listener = await office(agencies)
    await happens(listener.area)
    await swept()
    [sent], who = await deliveries_of(listener), keeper(listener.area)
    async with tenant_scope(who):
        await service.send_again(by=who, area_id=listener.area.id, endpoint_id=listener.id, delivery_id=sent.id)
    await swept()
    assert [(one["id"], one["times"]) for one in taken(agencies)] == [(rules.message_id(sent.id), 2)]


async def test_a_test_is_a_message_like_any_other(agencies: RunningAgencies) -> None:
    listener = await office(agencies)
    who = keeper(listener.area)
    async with tenant_scope(who):
        await service.send_test(by=who, area_id=listener.area.id, endpoint_id=listener.id)
    await swept()
    assert [one["body"]["type"] for one in taken(agencies)] == ["webhook.test"]


async def test_while_a_secret_is_changed_both_sign(agencies: RunningAgencies) -> None:
    listener = await office(agencies)
    await new_secret(listener.area, listener.id)
    await happens(listener.area)
    await swept()
    assert len(taken(agencies)) == 1, "the system still checks with the old one"
    who = keeper(listener.area)
    async with tenant_scope(who):
        await service.end_earlier_secrets(by=who, area_id=listener.area.id, endpoint_id=listener.id)
    await happens(listener.area)
    await swept()
    assert (len(taken(agencies)), agencies.show("office")["seen"]["refused"]) == (1, 1)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("redirect", "It answered with a redirect, which is never followed."),
        ("oversize", "It answered with more than 64 kB."),
        ("truncate", "It could not be reached."),
    ],
)
async def test_whatever_it_answers_is_said_in_words(agencies: RunningAgencies, kind: str, said: str) -> None:
    listener = await office(agencies)
    more = {"to": "https://elsewhere.example"} if kind == "redirect" else {"bytes": 200_000}
    agencies.fault("office", kind, **more)
    await happens(listener.area)
    await swept()
    [tried] = (await deliveries_of(listener))[0].tried
    assert (tried.status, tried.said) == (None, said)


async def test_in_production_no_address_of_ours_is_called(
    agencies: RunningAgencies, monkeypatch: pytest.MonkeyPatch
) -> None:
    listener = await office(agencies)
    monkeypatch.setattr("integrations.webhooks.jobs.load_settings", lambda: _Production)
    await happens(listener.area)
    await swept()
    assert (await deliveries_of(listener))[0].tried[0].said == "Its address is not a public one."
    assert taken(agencies) == []


class _Production:
    is_production = True


async def test_the_reference_library_believes_what_we_send_and_nothing_changed() -> None:
    async with hostile_provider() as system:
        system.scripts["/inbox"] = says({})
        listener = await listening(url=f"{system.base_url}/inbox")
        await happens(listener.area)
        await swept()
        head, _, body = system.heard.partition("\r\n\r\n")
    headers = dict(line.split(": ", 1) for line in head.split("\r\n")[1:])
    assert Webhook(listener.secret).verify(body, headers) == json.loads(body)
    with pytest.raises(WebhookVerificationError):
        Webhook(listener.secret).verify(body + " ", headers)
