"""Every verb in every state of a request: who may, what it is then, and what is said where it is refused."""

from __future__ import annotations

from typing import Any

import pytest

from infra.database import sql
from tenants.cooperation.service import follow_up, replies, returns
from tenants.tenancy.errors import WrongState
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.cooperation import ANSWERS, Asked, asked_school, do, request_of
from tests.support.world import make_area, manager

#: the states in which a verb is possible, and what comes of it
POSSIBLE: dict[str, tuple[set[str], str]] = {
    "save": ({"not_started", "draft", "more_needed", "declined"}, "draft"),
    "submit": ({"not_started", "draft", "more_needed", "declined"}, "submitted"),
    "withdraw": ({"submitted"}, "draft"),
    "decline": ({"not_started", "draft", "more_needed"}, "declined"),
    "accept": ({"submitted"}, "accepted"),
    "ask more": ({"submitted"}, "more_needed"),
    "cancel": ({"not_started", "draft", "more_needed", "declined"}, "cancelled"),
}
WHY_NOT = {
    "not_started": "Nothing has been sent yet.",
    "draft": "Nothing has been sent yet: the answer is still a draft.",
    "submitted": "This return has been sent and is waiting for the partnership's reply.",
    "accepted": "The partnership has accepted this return, so it cannot be changed.",
    "more_needed": "The partnership has asked for more, and is waiting for the answer.",
    "declined": "This request was declined.",
    "cancelled": "The partnership no longer asks for this return.",
}
WAY_TO: dict[str, list[str]] = {
    "not_started": [],
    "draft": ["save"],
    "submitted": ["submit"],
    "accepted": ["submit", "accept"],
    "more_needed": ["submit", "ask more"],
    "declined": ["decline"],
    "cancelled": ["cancel"],
}
VERBS: dict[str, tuple[str, Any, dict[str, Any]]] = {
    "save": ("school", returns.save_draft, {"answers": ANSWERS}),
    "submit": ("school", returns.submit, {"answers": ANSWERS}),
    "withdraw": ("school", returns.withdraw, {}),
    "decline": ("school", returns.decline, {"reason": "We close in July."}),
    "accept": ("area", replies.reply, {"outcome": "accepted", "comment": "Thank you."}),
    "ask more": ("area", replies.reply, {"outcome": "more_needed", "comment": "The policy, please."}),
    "cancel": ("area", follow_up.cancel_request, {"reason": "It has merged."}),
}


async def act(asked: Asked, verb: str) -> None:
    who, service, said = VERBS[verb]
    request = await request_of(asked.area, asked.school)
    by = asked.contact if who == "school" else manager(asked.area)
    await do(by, service, area_id=asked.area.id, request_id=request.id, version=request.version, **said)


async def asked_and(state: str) -> Asked:
    """A school whose request has come to the state by people's own acts."""
    asked = await asked_school(await make_area())
    for verb in WAY_TO[state]:
        await act(asked, verb)
    assert (await request_of(asked.area, asked.school)).state == state
    return asked


async def footprint(asked: Asked) -> tuple[object, ...]:
    """What a refusal must leave as it is: the request, its submissions, and the area's trail."""
    async with tenant_scope(manager(asked.area), readonly=True):
        counts = [
            await sql.fetch_value(f"select count(*) from {table} where area_id = $1", asked.area.id)
            for table in ("submission", "area_reply", "audit.event", "follow_up_move")
        ]
    return (await request_of(asked.area, asked.school), *counts)


CAN = [(verb, state, then) for verb, (states, then) in POSSIBLE.items() for state in sorted(states)]
CANNOT = [(verb, state) for verb, (states, _) in POSSIBLE.items() for state in WAY_TO if state not in states]


@pytest.mark.parametrize(("verb", "state", "then"), CAN)
async def test_what_is_possible_is_done_and_counted_on(database: Cluster, verb: str, state: str, then: str) -> None:
    asked = await asked_and(state)
    before = await request_of(asked.area, asked.school)
    await act(asked, verb)
    after = await request_of(asked.area, asked.school)
    assert (after.state, after.version) == (then, before.version + 1)


@pytest.mark.parametrize(("verb", "state"), CANNOT)
async def test_what_is_not_possible_is_refused_in_words_and_leaves_no_trace(
    database: Cluster, verb: str, state: str
) -> None:
    asked = await asked_and(state)
    before = await footprint(asked)
    with pytest.raises(WrongState) as refused:
        await act(asked, verb)
    assert refused.value.message == WHY_NOT[state]
    assert await footprint(asked) == before


@pytest.mark.parametrize("state", ["not_started", "draft", "more_needed"])
async def test_a_confirmation_of_many_sends_what_is_open(database: Cluster, state: str) -> None:
    asked = await asked_and(state)
    await do(
        asked.contact, returns.confirm, area_id=asked.area.id, request_id=asked.request.id, answers=ANSWERS
    )
    assert (await request_of(asked.area, asked.school)).state == "submitted"


@pytest.mark.parametrize("state", ["submitted", "accepted"])
async def test_a_confirmation_of_many_leaves_what_was_sent(database: Cluster, state: str) -> None:
    asked = await asked_and(state)
    before = await footprint(asked)
    await do(asked.contact, returns.confirm, area_id=asked.area.id, request_id=asked.request.id)
    assert await footprint(asked) == before


@pytest.mark.parametrize(("state", "told"), [("cancelled", "no longer asks"), ("declined", "Answer it by itself")])
async def test_a_confirmation_of_many_revives_nothing_that_was_ended(database: Cluster, state: str, told: str) -> None:
    asked = await asked_and(state)
    before = await footprint(asked)
    with pytest.raises(WrongState, match=told):
        await do(asked.contact, returns.confirm, area_id=asked.area.id, request_id=asked.request.id, answers=ANSWERS)
    assert await footprint(asked) == before


async def test_what_was_asked_again_begins_with_what_was_sent(database: Cluster) -> None:
    """More is needed: the form holds the sent answers, and nothing has to be confirmed as last year's."""
    asked = await asked_and("more_needed")
    request = await request_of(asked.area, asked.school)
    await do(
        asked.contact, returns.submit, area_id=asked.area.id, request_id=request.id, version=request.version
    )
    assert (await request_of(asked.area, asked.school)).state == "submitted"
