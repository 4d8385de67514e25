"""What a confirmation costs and writes: few statements, as many for fifty schools as for five; an entry for each."""

from __future__ import annotations

from typing import Any

from infra.database.scope import observer
from tenants.tenancy.actor import Actor
from tests.graphql.cooperation.confirming import entries, submissions, trust_of
from tests.graphql.cooperation.sending import GIVEN, problem_of, request_id, send
from tests.support.cluster import Cluster
from tests.support.cooperation import asked_school
from tests.support.cooperation import send as send_return
from tests.support.world import make_area

MOST = 6  #: statements of a confirmation of many, its payload included
ONE = 2  #: of one return: its form is read and decided about; it is written, and its record read


async def costs(name: str, by: Actor, **said: Any) -> tuple[list[str], dict[str, Any]]:
    """Return the statements that a mutation sent, and what it answered."""
    seen: list[str] = []
    token = observer.set(seen.append)
    try:
        answer = await send(name, by, **said)
    finally:
        observer.reset(token)
    assert problem_of(answer) == "", answer
    return seen, answer


async def test_one_return_is_claimed_read_written_and_audited_in_few_statements(database: Cluster) -> None:
    asked = await asked_school(await make_area())
    said = {"requestId": request_id(asked), "version": 1, "answers": GIVEN}
    seen, _ = await costs("SubmitReturn", asked.contact, **said)
    assert len(seen) == ONE, [text[:60] for text in seen]


async def test_fifty_schools_cost_as_many_statements_as_five(database: Cluster) -> None:
    lead, requests = await trust_of(await make_area(), schools=55)
    few, five = await costs("ConfirmReturns", lead, requestIds=requests[:5], answers=GIVEN)
    many, fifty = await costs("ConfirmReturns", lead, requestIds=requests[5:], answers=GIVEN)
    assert (five["sent"], fifty["sent"]) == (5, 50)
    assert len(few) == len(many) <= MOST, [text[:60] for text in many]


async def test_each_school_has_an_entry_of_its_own_in_its_own_areas_chain(database: Cluster) -> None:
    here, there = await make_area(), await make_area()
    lead, requests = await trust_of(here, there, schools=5)
    answer = await send("ConfirmReturns", lead, requestIds=requests, answers=GIVEN)
    receipts = {one["receipt"] for one in answer["outcomes"]}
    written = [*await entries(here), *await entries(there)]
    assert {(entry.after or {})["receipt"] for entry in written} == receipts
    assert (len(await entries(here)), len(await entries(there))) == (3, 2)


async def test_what_one_school_lacks_keeps_no_other_from_being_sent_and_costs_no_more(database: Cluster) -> None:
    area = await make_area()
    lead, requests = await trust_of(area, schools=4)
    for one in requests[:2]:
        await send("SaveReturn", lead, requestId=one, version=1, answers=GIVEN)
    seen, answer = await costs("ConfirmReturns", lead, requestIds=requests, answers=[])
    assert [one["receipt"] is not None for one in answer["outcomes"]] == [True, True, False, False]
    assert len(seen) <= MOST
    assert len(await entries(area)) == 2


async def test_a_school_that_lacked_an_answer_is_sent_under_the_same_key_once_it_has_it(database: Cluster) -> None:
    lead, requests = await trust_of(await make_area(), schools=2)
    said = {"key": "the-same-button-again", "requestIds": requests, "answers": []}
    assert (await send("ConfirmReturns", lead, **said))["sent"] == 0
    await send("SaveReturn", lead, requestId=requests[0], version=1, answers=GIVEN)
    again = await send("ConfirmReturns", lead, **said)
    assert [one["receipt"] is not None for one in again["outcomes"]] == [True, False]


async def test_the_same_key_with_other_answers_is_refused(database: Cluster) -> None:
    lead, requests = await trust_of(await make_area(), schools=2)
    await send("ConfirmReturns", lead, key="one-key-for-both", requestIds=requests, answers=GIVEN)
    other = await send("ConfirmReturns", lead, key="one-key-for-both", requestIds=requests, answers=GIVEN[:1])
    assert problem_of(other) == "IDEMPOTENCY_KEY_REUSED"


async def test_a_return_sent_already_is_left_as_it_is(database: Cluster) -> None:
    asked = await asked_school(await make_area())
    await send_return(asked)
    answer = await send("ConfirmReturns", asked.contact, requestIds=[request_id(asked)], answers=GIVEN)
    assert (answer["sent"], await submissions(asked)) == (1, 1)
