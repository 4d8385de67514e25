"""A linked system tells us that something changed: taken once, and no word more than needed to whoever else knocks."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from uuid import uuid4

import pytest
from litestar import Litestar

from backend.web.hooks import RULE
from infra.clock import now
from tenants.connections import service
from tenants.connections.hooks import rules
from tenants.tenancy.scope import tenant_scope
from tests.support.connections import keeper
from tests.support.hooks import Told, arrived, changed_secret, runs_of, tell, told

SAME = (401, {"error": "This message was not taken."})


async def test_a_signed_message_brings_a_run_and_is_listed_without_its_body(app: Litestar) -> None:
    hook = await told()
    answer = await tell(app, hook, body=b'{"type": "roster.changed", "data": {"pupil": "Ida Field"}}')
    assert (answer.status_code, answer.json()) == (202, {"status": "taken"})
    [run] = await runs_of(hook)
    assert (run.cause, run.state, run.asked_by_name) == ("hook", "queued", "The linked system")
    [one] = await arrived(hook)
    assert (one.outcome, one.event_type, one.content_type, one.run_id) == (
        "taken", "roster.changed", "application/json", run.id
    )  # fmt: skip
    assert "Field" not in repr(one)


async def test_the_same_message_again_is_answered_alike_and_does_nothing(app: Litestar) -> None:
    hook = await told()
    answers = [await tell(app, hook, message_id="msg_twice") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [202, 202, 202]
    assert [(one.message_id, one.times) for one in await arrived(hook)] == [("msg_twice", 3)]
    assert len(await runs_of(hook)) == 1


async def test_the_id_of_one_connection_is_free_at_another(app: Litestar) -> None:
    one, other = await told(), await told()
    assert [(await tell(app, hook, message_id="msg_same")).status_code for hook in (one, other)] == [202, 202]
    assert [len(await runs_of(hook)) for hook in (one, other)] == [1, 1]


async def test_many_messages_in_any_order_bring_one_run_and_are_all_listed(app: Litestar) -> None:
    hook = await told()
    for minutes in (3, -2, 0):
        assert (await tell(app, hook, at=now() + timedelta(minutes=minutes))).status_code == 202
    assert len(await runs_of(hook)) == 1
    assert len(await arrived(hook)) == 3


async def test_everything_refused_is_answered_with_the_same_words(app: Litestar) -> None:
    hook, other = await told(), await told()
    stopped = await told()
    who = keeper(stopped.area)
    async with tenant_scope(who):
        await service.pause_connection(by=who, connection_id=stopped.connection, version=1, reason="For a while.")
    gone = await told()
    async with tenant_scope(keeper(gone.area)):
        await service.retire_connection(
            by=keeper(gone.area), connection_id=gone.connection, version=1, reason="They left."
        )
    answers = [
        await tell(app, hook, path=f"/hooks/{uuid4()}"),
        await tell(app, hook, path=other.path),
        await tell(app, hook, webhook_signature="v1,AAAA"),
        await tell(app, hook, webhook_signature=""),
        await tell(app, hook, webhook_id="msg_other"),
        await tell(app, hook, at=now() - timedelta(minutes=6)),
        await tell(app, hook, at=now() + timedelta(minutes=6)),
        await tell(app, stopped),
        await tell(app, gone),
    ]
    assert {(answer.status_code, json.dumps(answer.json())) for answer in answers} == {(SAME[0], json.dumps(SAME[1]))}
    assert [await runs_of(one) for one in (hook, other, stopped, gone)] == [[], [], [], []]


async def test_the_area_reads_why_a_message_was_refused(app: Litestar) -> None:
    hook = await told()
    for _ in range(3):
        await tell(app, hook, webhook_signature="v1,AAAA", content_type="text/html<script>")
    await tell(app, hook, at=now() - timedelta(hours=1))
    await tell(app, hook, webhook_timestamp="soon")
    seen = {one.reason: (one.times, one.message_id, one.event_type) for one in await arrived(hook)}
    assert seen == {
        rules.WRONG_SIGNATURE: (3, None, None),
        rules.WRONG_TIME: (1, None, None),
        rules.NOT_SIGNED: (1, None, None),
    }
    assert {one.content_type for one in await arrived(hook)} <= {None, "application/json"}


@pytest.mark.parametrize("body", [b"", b"not json", b"[]", b'{"type": 5}', b"\xff\xfe", b"[" * 60_000])
async def test_whatever_the_body_says_it_is_only_a_hint(app: Litestar, body: bytes) -> None:
    hook = await told()
    assert (await tell(app, hook, body=body)).status_code == 202
    [one] = await arrived(hook)
    assert (one.event_type, one.bytes) == (None, len(body))


async def test_a_body_that_is_too_large_is_not_read(app: Litestar) -> None:
    hook = await told()
    assert (await tell(app, hook, body=b"x" * (rules.MOST_BYTES + 1))).status_code == 413
    assert await arrived(hook) == []


async def test_a_flood_is_told_to_wait_before_anything_is_looked_up(
    app: Litestar, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, moment = f"/hooks/{uuid4()}", time.monotonic()
    hook = await told()
    monkeypatch.setattr(app.state.edge.limiter, "clock", lambda: moment)  # however slow the machine
    answers = [await tell(app, hook, path=path) for _ in range(RULE.burst + 1)]
    assert [answer.status_code for answer in answers[-2:]] == [401, 429]
    assert int(answers[-1].headers["retry-after"]) >= 1
    assert (await tell(app, hook)).status_code == 202, "others are not concerned"


async def test_the_secret_before_is_good_beside_the_new_one(app: Litestar) -> None:
    old = await told()
    new = await changed_secret(old.area, old.connection)
    assert new.address == old.address
    assert [(await tell(app, hook)).status_code for hook in (old, new)] == [202, 202]
    stranger = Told(area=old.area, connection=old.connection, address=old.address, secret=(await told()).secret)
    assert (await tell(app, stranger)).status_code == 401
