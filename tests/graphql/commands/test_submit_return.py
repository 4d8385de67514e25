"""A return that is sent in two round trips: answered, written and refused as on the ordinary path, and never twice."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from concordat_graphql.operations import run, stored
from infra.database import sql
from infra.database.scope import observer
from tenants.audit import queries as audit
from tenants.cooperation.service import returns
from tenants.tenancy.actor import Actor
from tenants.tenancy.scope import tenant_scope, write_as
from tests.graphql.cooperation.confirming import entries, submissions
from tests.graphql.cooperation.sending import GIVEN, problem_of, request_id
from tests.graphql.shapes.same import normal
from tests.support.cluster import Cluster
from tests.support.cooperation import ANSWERS, Asked, asked_school, chosen_school, contact
from tests.support.world import make_area, manager

pytestmark = pytest.mark.usefixtures("database")
READ, WRITTEN = 1, 2  #: statements that are sent when the form stops it, and when it is done


def said(asked: Asked, **other: Any) -> dict[str, Any]:
    return {"idempotencyKey": str(uuid4()), "requestId": request_id(asked), "version": 1, "answers": GIVEN, **other}


async def submit(by: Actor, given: dict[str, Any], *, compiled: bool = True) -> tuple[dict[str, Any], int]:
    """Return the result and how many statements it took."""
    seen: list[str] = []
    watching = observer.set(seen.append)
    try:
        result = await run(stored()["SubmitReturn"], actor=by, variables={"input": given}, compiled=compiled)
    finally:
        observer.reset(watching)
    assert not result.errors, result.errors
    assert result.data is not None
    return normal(result.data["result"]), len(seen)


def without_chance(answer: dict[str, Any]) -> dict[str, Any]:
    """Return the answer but for what differs from one sending to the next."""
    sent = [{**one, "receipt": "", "sentAt": ""} for one in answer["submissions"]]
    return {**answer, "request": {**answer["request"], "id": ""}, "submissions": sent}


async def test_it_answers_as_the_ordinary_path_does() -> None:
    one, other = await asked_school(await make_area()), await asked_school(await make_area())
    quick, statements = await submit(one.contact, said(one))
    slow, more = await submit(other.contact, said(other), compiled=False)
    assert without_chance(quick) == without_chance(slow)
    assert list(quick) == list(slow)
    assert (statements, more) == (WRITTEN, 6)


async def test_it_writes_what_the_ordinary_path_does() -> None:
    asked = [await asked_school(await make_area()) for _ in range(2)]
    rows = []
    for one, compiled in zip(asked, (True, False), strict=True):
        await submit(one.contact, said(one), compiled=compiled)
        async with tenant_scope(manager(one.area), readonly=True):
            row = await sql.fetch_one(
                "select r.state, r.version, r.submitted_at = s.sent_at as dated, s.answers::text, s.reused, s.sent_by "
                "from duty_request r join submission s on s.area_id = r.area_id and s.request_id = r.id "
                "where r.area_id = $1", one.area.id,
            )  # fmt: skip
            assert await audit.first_broken_link(area_id=one.area.id) is None
        (entry,) = await entries(one.area)
        after = {**(entry.after or {}), "receipt": ""}
        rows.append((dict(row or {}), entry.before, after, entry.actor_name, entry.actor_role, entry.legal_basis))
    assert rows[0] == rows[1]


@pytest.mark.parametrize("first", [True, False])
async def test_a_repeat_has_one_effect_and_the_same_answer_whichever_way_it_went(first: bool) -> None:
    asked = await asked_school(await make_area())
    given = said(asked)
    one, _ = await submit(asked.contact, given, compiled=first)
    again, _ = await submit(asked.contact, given, compiled=not first)
    assert one == again == (await submit(asked.contact, given))[0]
    assert await submissions(asked) == 1
    reused, _ = await submit(asked.contact, {**given, "confirmPrefilled": True})
    assert problem_of(reused) == "IDEMPOTENCY_KEY_REUSED"


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"version": 2}, "CONFLICT"),
        ({"answers": []}, "INVALID"),
        ({"idempotencyKey": "short"}, "INVALID"),
        ({"requestId": "nonsense"}, "NOT_FOUND"),
        ({"answers": [{"key": "lead", "value": "zero \0 byte"}]}, "INVALID"),
    ],
)
async def test_what_is_wrong_is_said_by_the_ordinary_path(other: dict[str, Any], code: str) -> None:
    asked = await asked_school(await make_area())
    given = said(asked, **other)
    quick, _ = await submit(asked.contact, given)
    slow, _ = await submit(asked.contact, given, compiled=False)
    assert quick == slow
    assert problem_of(quick) == code
    assert await submissions(asked) == 0


async def test_nobody_else_sends_it() -> None:
    asked, area = await asked_school(await make_area()), await make_area()
    neighbour = contact(asked.area, await chosen_school(asked.area, name="Next Door School"))
    stranger = (await asked_school(area)).contact
    for by, code in ((neighbour, "NOT_FOUND"), (stranger, "NOT_FOUND"), (manager(asked.area), "NOT_ALLOWED")):
        answer, _ = await submit(by, said(asked))
        assert problem_of(answer) == code
    async with tenant_scope(manager(asked.area), readonly=True):
        where = audit.Filter(action="authorisation.refuse")
        assert len(await audit.entries(area_id=asked.area.id, where=where, limit=5)) == 1
    assert await submissions(asked) == 0


async def test_the_database_lets_nobody_else_write_it_whatever_was_decided() -> None:
    asked = await asked_school(await make_area())
    steps = await decided(asked)
    neighbour = contact(asked.area, await chosen_school(asked.area, name="Next Door School"))
    for by in (neighbour, (await asked_school(await make_area())).contact):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await write_as(by, steps, "'written'")
    assert await submissions(asked) == 0


async def test_nothing_is_kept_where_the_request_has_changed_since_it_was_read() -> None:
    asked = await asked_school(await make_area())
    steps = await decided(asked)
    async with tenant_scope(asked.contact):
        await returns.save_draft(
            by=asked.contact, area_id=asked.area.id, request_id=asked.request.id, version=1, answers=ANSWERS
        )
    with pytest.raises(asyncpg.SerializationError):
        await write_as(asked.contact, steps, "'written'")
    assert await submissions(asked) == 0
    assert await entries(asked.area) == []


async def decided(asked: Asked) -> list[Any]:
    return await returns.submitting(
        by=asked.contact, area_id=asked.area.id, request_id=asked.request.id, version=1, answers=ANSWERS
    )


async def test_many_at_once_send_it_once(database: Cluster) -> None:
    asked = await asked_school(await make_area())
    same = said(asked)
    answers = await asyncio.gather(
        *(submit(asked.contact, same) for _ in range(4)), *(submit(asked.contact, said(asked)) for _ in range(4))
    )
    assert await submissions(asked) == 1
    assert len(await entries(asked.area)) == 1
    done = [answer for answer, _ in answers if problem_of(answer) == ""]
    assert len(done) in (1, 4), "the winner, and who sent the same key"
    assert {problem_of(answer) for answer, _ in answers} <= {"", "CONFLICT", "WRONG_STATE"}
