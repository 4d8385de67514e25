"""Shares beside last year's by one statement: who gave last year and gives nothing this year is told the same."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from concordat_graphql import ids
from concordat_graphql.operations import stored
from tenants.membership import service as membership
from tenants.membership.rules import Kind
from tenants.resourcing import service
from tests.graphql.shapes.same import one_answer
from tests.support.cluster import Cluster
from tests.support.membership import Partnership, make_bodies
from tests.support.resourcing import YEAR, act, open_budget, pledge

ODD = 'Zoë O\'Neill {p} %s \\ "q"'


async def shares(made: Partnership) -> list[tuple[str, str, int, str, str]]:
    """Return who, what, which part, what last year and the change, the same on both paths."""
    variables: dict[str, Any] = {"areaId": ids.encode("Area", made.area.id), "year": YEAR}
    found = (await one_answer(stored()["BudgetYear"], by=made.manager, variables=variables))["budgetSheet"]
    return [
        (one["contributor"], one["amount"]["text"], one["basisPoints"], one["lastYear"]["text"], one["change"]["text"])
        for one in found["shares"]
    ]


async def follow(made: Partnership, body: UUID, name: str, on: date) -> UUID:
    return await act(made.manager, membership.succeed_partner, made.area.id, partner_id=body, version=1, on=on,
                     name=name, reason="Merged.")  # fmt: skip


async def test_many_of_one_name_and_nobody_who_gives_this_year(database: Cluster) -> None:
    made = await make_bodies()
    last = await open_budget(made, year=YEAR - 1)
    police = f"{made.area.name} Police"
    for contributor in (police, ODD, "Äther", "aether", "Zebra"):
        await pledge(made, last, partner_id=None, contributor=contributor, pence=2_00)
    for kind, pence in ((Kind.POLICE, 1_00), (Kind.POLICE, 3_00), (Kind.INTEGRATED_CARE_BOARD, 7_00)):
        await pledge(made, last, kind, pence)
    await open_budget(made)
    found = await shares(made)
    assert [one[2] for one in found] == [0] * 7
    assert [one[4] for one in found if one[0] == police] == ["−£4", "−£2"]
    assert sorted(one[0] for one in found) == [one[0] for one in found]


async def test_a_line_of_followers_counts_where_the_first_of_them_gives_else_at_its_end(database: Cluster) -> None:
    made = await make_bodies()
    last, now = await open_budget(made, year=YEAR - 1), await open_budget(made)
    await pledge(made, last, Kind.POLICE, 8_00)
    second = await follow(made, made.bodies[Kind.POLICE], "Second Police", date(YEAR, 4, 1))
    third = await follow(made, second, "Third Police", date(YEAR, 6, 1))
    assert await shares(made) == [("Third Police", "£0", 0, "£8", "−£8")]
    await pledge(made, now, partner_id=third, pence=1_00)
    assert await shares(made) == [("Third Police", "£1", 10_000, "£8", "−£7")]
    given = await pledge(made, now, partner_id=second, pence=3_00)
    rest = ("Third Police", "£1", 2500, "£0", "£1")
    assert await shares(made) == [("Second Police", "£3", 7500, "£8", "−£5"), rest]
    await act(made.manager, service.withdraw, made.area.id, contribution_id=given, version=1, reason="Cut.")
    assert await shares(made) == [("Third Police", "£1", 10_000, "£8", "−£7")]
