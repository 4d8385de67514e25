"""Shares beside last year's: whoever gave last year is told, whether or not they give anything this year."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from tenants.membership import service as membership
from tenants.membership.rules import Kind
from tenants.resourcing import service
from tests.support.cluster import Cluster
from tests.support.membership import Partnership, make_bodies
from tests.support.resourcing import YEAR, act, open_budget, pledge, sheet

LAST = YEAR - 1


async def shares(made: Partnership, year: int = YEAR) -> list[tuple[str, int, int, int | None, int | None]]:
    """Return who, what, which part, what last year, and the change."""
    return [
        (row.contributor.removeprefix(made.area.name).strip(), row.amount_pence, row.basis_points, row.last_year_pence,
         row.change_pence)
        for row in (await sheet(made, year)).shares
    ]  # fmt: skip


async def follow(made: Partnership, name: str, on: date) -> UUID:
    """Let the police be followed by another force from that day."""
    return await act(made.manager, membership.succeed_partner, made.area.id, partner_id=made.bodies[Kind.POLICE],
                     version=1, on=on, name=name, reason="Merged.")  # fmt: skip


async def test_who_gave_last_year_and_gives_nothing_this_year_is_told_last(database: Cluster) -> None:
    made = await make_bodies()
    last = await open_budget(made, year=LAST)
    await pledge(made, last, Kind.POLICE, 8_000_00)
    await pledge(made, last, partner_id=None, contributor="Probation", pence=1_000_00)
    await pledge(made, last, partner_id=None, contributor="Fire service", pence=500_00)
    now = await open_budget(made)
    await pledge(made, now, Kind.LOCAL_AUTHORITY, 30_000_00)
    await pledge(made, now, Kind.INTEGRATED_CARE_BOARD, 10_000_00)
    assert await shares(made) == [
        ("Council", 30_000_00, 7500, 0, 30_000_00),
        ("ICB", 10_000_00, 2500, 0, 10_000_00),
        ("Fire service", 0, 0, 500_00, -500_00),
        ("Probation", 0, 0, 1_000_00, -1_000_00),
        ("Police", 0, 0, 8_000_00, -8_000_00),
    ]


async def test_when_nobody_gives_anything_yet_last_years_givers_are_told(database: Cluster) -> None:
    made = await make_bodies()
    await pledge(made, await open_budget(made, year=LAST), Kind.POLICE, 8_000_00)
    await open_budget(made)
    assert await shares(made) == [("Police", 0, 0, 8_000_00, -8_000_00)]


async def test_a_withdrawn_contribution_is_given_in_neither_year(database: Cluster) -> None:
    made = await make_bodies()
    last, now = await open_budget(made, year=LAST), await open_budget(made)
    await pledge(made, last, Kind.POLICE, 8_000_00)
    gone = [
        await pledge(made, last, Kind.INTEGRATED_CARE_BOARD, 1_00),
        await pledge(made, now, Kind.POLICE, 9_000_00),
        await pledge(made, now, partner_id=None, contributor="Probation"),
    ]
    for given in gone:
        await act(made.manager, service.withdraw, made.area.id, contribution_id=given, version=1, reason="Cut.")
    assert await shares(made) == [("Police", 0, 0, 8_000_00, -8_000_00)]


async def test_without_a_budget_last_year_there_is_nobody_to_tell(database: Cluster) -> None:
    made = await make_bodies()
    await pledge(made, await open_budget(made, year=LAST - 1), Kind.POLICE)
    await pledge(made, await open_budget(made), Kind.LOCAL_AUTHORITY, 1_00)
    assert await shares(made) == [("Council", 1_00, 10_000, None, None)]


async def test_who_was_followed_and_whose_follower_gives_nothing_is_told_by_the_followers_name(
    database: Cluster,
) -> None:
    made = await make_bodies()
    await pledge(made, await open_budget(made, year=LAST), Kind.POLICE, 8_000_00)
    await follow(made, "Greater Police", date(YEAR, 4, 1))
    await open_budget(made)
    assert await shares(made) == [("Greater Police", 0, 0, 8_000_00, -8_000_00)]


async def test_a_body_that_still_gave_in_the_year_keeps_its_own_last_year_although_it_was_followed_later(
    database: Cluster,
) -> None:
    made = await make_bodies()
    await pledge(made, await open_budget(made, year=LAST), Kind.POLICE, 8_000_00)
    now = await open_budget(made)
    await pledge(made, now, Kind.POLICE, 5_000_00)
    new = await follow(made, "Greater Police", date(YEAR, 10, 1))
    assert await shares(made) == [("Police", 5_000_00, 10_000, 8_000_00, -3_000_00)]
    await pledge(made, now, partner_id=new, pence=5_000_00)
    assert await shares(made) == [
        ("Greater Police", 5_000_00, 5000, 0, 5_000_00),
        ("Police", 5_000_00, 5000, 8_000_00, -3_000_00),
    ]
