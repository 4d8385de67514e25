"""What a document does not ask of a request's record costs nothing; what it asks is the same however it is asked."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from concordat_graphql.operations import run
from infra.database.scope import observer
from tenants.tenancy.actor import Actor
from tests.graphql.cooperation.sending import GIVEN, ask, request_id, send
from tests.support.cluster import Cluster
from tests.support.cooperation import Asked, asked_school
from tests.support.world import make_area, manager

PARTS = {
    "request { id agencyName state version }": 0,
    "mayAnswer mayReply maySave mayWithdraw mayDecline": 0,
    "submissions { receipt sentBy answers { key value } }": 1,
    "messages { body }": 1,
    "submissions { receipt } messages { body } followUp { steps { title } moves { reason } reminders { day } }": 1,
    "asked { title questions { key } }": 1,
    "draft { key value } draftSavedAt": 1,
    "asked { title } draft { key } draftSavedAt submissions { receipt }": 2,
}


async def reminded(asked: Asked, parts: str, who: Actor) -> tuple[dict[str, Any], list[str]]:
    """Return those parts of the record after a message, and the statements that read them after the write."""
    document = f"""mutation Post($input: PostMessageInput!) {{ result: postRequestMessage(input: $input) {{
        ... on RequestRecord {{ {parts} }} }} }}"""
    said = {"idempotencyKey": str(uuid4()), "requestId": request_id(asked), "body": "Thank you."}
    seen: list[str] = []
    watching = observer.set(seen.append)
    result = await run(document, actor=who, variables={"input": said})
    observer.reset(watching)
    assert result.errors is None, result.errors
    assert result.data is not None
    written = max(at for at, statement in enumerate(seen) if "audit.append(" in statement)
    return result.data["result"], seen[written + 1 :]


@pytest.mark.parametrize("parts", PARTS)
async def test_only_what_is_asked_for_is_read(database: Cluster, parts: str) -> None:
    asked = await asked_school(await make_area())
    _, statements = await reminded(asked, parts, asked.contact)
    assert len(statements) == 1 + PARTS[parts]


@pytest.mark.parametrize("parts", PARTS)
async def test_the_parts_are_those_of_the_whole_record(database: Cluster, parts: str) -> None:
    area = await make_area()
    asked = await asked_school(area)
    await send("SubmitReturn", asked.contact, requestId=request_id(asked), version=1, answers=GIVEN)
    for who in (asked.contact, manager(area)):
        found, _ = await reminded(asked, parts, who)
        whole = (await ask("RequestPage", who, id=request_id(asked)))["record"]
        assert included(found, whole)


def included(part: Any, whole: Any) -> bool:
    """Return whether everything in a part is in the whole, at the same place."""
    if isinstance(part, dict) and isinstance(whole, dict):
        return all(included(value, whole[key]) for key, value in part.items())
    if isinstance(part, list) and isinstance(whole, list):
        return len(part) == len(whole) and all(map(included, part, whole))
    return bool(part == whole)


async def test_the_page_of_a_request_is_two_statements(database: Cluster) -> None:
    asked = await asked_school(await make_area())
    seen: list[str] = []
    watching = observer.set(seen.append)
    await ask("RequestPage", asked.contact, id=request_id(asked))
    observer.reset(watching)
    assert len(seen) == 2
