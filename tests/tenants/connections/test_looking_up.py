"""What is remembered is looked up by ids and between ids in one statement."""

from __future__ import annotations

from uuid import UUID

from tenants.connections import records
from tenants.connections.records import Seen
from tests.support.cluster import Cluster
from tests.support.connections import make_connection, serving
from tests.support.world import AreaMade, make_area


async def remembering(area: AreaMade, kind: str, *ids: str) -> UUID:
    connection = await make_connection(area)
    await remember(area, connection, kind, *ids)
    return connection


async def remember(area: AreaMade, connection: UUID, kind: str, *ids: str) -> None:
    async with serving(area):
        rows = [Seen(external_id=each, digest=each.encode()) for each in ids]
        await records.remember(connection_id=connection, kind=kind, rows=rows)


async def test_ids_of_one_kind_and_ranges_of_another(database: Cluster) -> None:
    area = await make_area()
    connection = await remembering(area, "school", "a", "b", "c")
    await remember(area, connection, "tenure", "p1 a", "p1 b", "p2 a", "p3 a")
    async with serving(area):
        schools, people = await records.look_up(
            connection_id=connection,
            ids=("school", ["a", "c", "z"]),
            ranges=("tenure", [("p1 ", "p1!"), ("p2", "p3 a")]),
        )
    assert {key: one.digest for key, one in schools.items()} == {"a": b"a", "c": b"c"}
    assert [sorted(each) for each in people] == [["p1 a", "p1 b"], ["p2 a"]]


async def test_what_lies_in_two_ranges_is_found_in_both_and_an_empty_one_is_empty(database: Cluster) -> None:
    area = await make_area()
    connection = await remembering(area, "tenure", "B", "a", "é")
    async with serving(area):
        none, ranges = await records.look_up(
            connection_id=connection,
            ids=("tenure", []),
            ranges=("tenure", [("", "a"), ("A", "\U0010ffff"), ("x", "y")]),
        )
    assert none == {}
    assert [sorted(each) for each in ranges] == [["B"], ["B", "a", "é"], []], "in the order of code points"


async def test_another_connection_and_another_area_find_nothing(database: Cluster) -> None:
    area, other = await make_area(), await make_area()
    connection, beside = await remembering(area, "school", "a"), await make_connection(area)
    for who, which in ((area, beside), (other, connection)):
        async with serving(who):
            found = await records.look_up(
                connection_id=which, ids=("school", ["a"]), ranges=("school", [("", "\U0010ffff")])
            )
        assert found == ({}, [{}])
