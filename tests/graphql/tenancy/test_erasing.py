"""Erasing from the trail over HTTP, by four actors; and who reads of whom it holds text."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from litestar import Litestar

from concordat_graphql import ids
from concordat_graphql.operations import run
from tenants.membership.rules import Kind
from tests.support.cluster import Cluster
from tests.support.four_actors import Who, manager, stranger, viewer
from tests.support.membership import Partnership, make_partnership
from tests.support.product import api_of, codes

WHAT = "What the trail says of this person is erased already."


def asked(made: Partnership, **changed: str) -> dict[str, Any]:
    subject = ids.encode("TrailSubject", f"{made.area.id}.appointment.{made.delegates[Kind.POLICE]}")
    values = {"areaId": ids.encode("Area", made.area.id), "subjectId": subject, "reason": "They asked for it."}
    return {"idempotencyKey": str(uuid4()), **values, **changed}


async def trail(app: Litestar, made: Partnership) -> str:
    api = await api_of(app, await manager(made.area))
    return str(await api.run("AuditTrail", areaId=ids.encode("Area", made.area.id)))


async def test_a_manager_erases_once(app: Litestar) -> None:
    made = await make_partnership()
    assert "Dev Police" in await trail(app, made)
    api, said = await api_of(app, await manager(made.area)), asked(made)
    first = await api.mutate("EraseFromTrail", said)
    assert first["erasedOn"]
    assert await api.mutate("EraseFromTrail", said) == first, "the same command again has the same answer"
    again = await api.mutate("EraseFromTrail", asked(made))
    assert [problem["message"] for problem in again["problems"]] == [WHAT]
    shown = await trail(app, made)
    assert "Dev Police" not in shown
    assert "Dev Council" in shown


@pytest.mark.parametrize("who", [stranger, viewer])
async def test_who_may_not_is_told_so_and_erases_nothing(app: Litestar, who: Who) -> None:
    made = await make_partnership()
    api = await api_of(app, await who(made.area))
    assert codes(await api.mutate("EraseFromTrail", asked(made))) == ["NOT_ALLOWED"]
    assert "Dev Police" in await trail(app, made)
    listed = await api.run("TrailSubjects", areaId=ids.encode("Area", made.area.id))
    assert listed["data"] is None or listed["data"]["trailSubjects"] is None
    assert "Dev Police" not in str(listed)


async def test_nobody_is_asked_to_sign_in(app: Litestar) -> None:
    made = await make_partnership()
    answer = await (await api_of(app, None)).run("EraseFromTrail", input=asked(made))
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["UNAUTHENTICATED"]


async def test_a_subject_of_another_area_is_not_found(app: Litestar) -> None:
    made, other = await make_partnership(), await make_partnership()
    api = await api_of(app, await manager(made.area))
    theirs = asked(other)["subjectId"]
    assert codes(await api.mutate("EraseFromTrail", asked(made, subjectId=theirs))) == ["NOT_FOUND"]
    assert "Dev Police" in await trail(app, other)


PAGE = """query P($a: ID!, $after: String) {
  trailSubjects(areaId: $a, first: 4, after: $after) { nodes { id } pageInfo { endCursor } }
}"""


async def test_the_list_goes_on_page_by_page(database: Cluster) -> None:
    made = await make_partnership()
    seen: list[str] = []
    after: str | None = None
    for number in (4, 2):
        variables = {"a": ids.encode("Area", made.area.id), "after": after}
        answer = await run(PAGE, actor=made.manager, variables=variables)
        assert answer.data is not None
        page = answer.data["trailSubjects"]
        assert len(page["nodes"]) == number
        seen += [node["id"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
    assert len(set(seen)) == 6
