"""People and invitations of an area by one statement: every state of an invitation, names of every kind of letter."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from concordat_graphql import ids
from concordat_graphql.operations import run, stored
from tenants.audit.service import record
from tenants.tenancy.actor import ANONYMOUS
from tenants.tenancy.people import service as people
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.graphql.shapes.same import compiled, one_answer, ordinary
from tests.support.cluster import Cluster
from tests.support.queue import as_superuser
from tests.support.world import AreaMade, actor, make_actor, make_area, official

CHANGES = {
    "accepted": "accepted_at = now()",
    "revoked": "revoked_at = now()",
    "expired": "created_at = now() - interval '9 days', expires_at = now() - interval '2 days'",
}


def of(area: AreaMade, **more: Any) -> dict[str, Any]:
    return {"slug": area.slug, "areaId": ids.encode("Area", area.id), "invitations": True, **more}


@pytest.mark.parametrize("state", ["open", "accepted", "revoked", "expired"])
async def test_an_invitation_in_every_state(database: Cluster, state: str) -> None:
    area = await make_area()
    manager = await make_actor(Role.BUSINESS_MANAGER, area=area)
    async with tenant_scope(manager):
        await people.invite(by=manager, email="zoe@example.org", name="Zoë {t} 'O' %s", role="viewer", area_id=area.id)
    if state != "open":
        await as_superuser(database, f"update invitation set {CHANGES[state]} where area_id = $1", area.id)
    found = (await one_answer(stored()["AreaPeople"], by=manager, variables=of(area)))["invitations"]
    assert [one["state"] for one in found] == [state]


async def test_a_cursor_keeps_letters_as_they_are(database: Cluster) -> None:
    area = await make_area()
    for name in ("Zoë Ångström", 'Zoë "Zed" \\ O\'Neill', "李 小龙", "\x7f Delete"):
        await make_actor(Role.VIEWER, area=area, name=name)
    who = actor(Role.BUSINESS_MANAGER, area_id=area.id)
    document = stored()["AreaPeople"].replace("first: 50", "first: 1")
    after, names = None, []
    for _ in range(4):
        page = (await one_answer(document, by=who, variables=of(area, after=after)))["people"]
        names += [node["personName"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
    assert names == sorted(names)
    assert len(set(names)) == 4


async def test_others_are_told_the_same_on_both_paths(database: Cluster) -> None:
    area = await make_area()
    for who in (actor(Role.VIEWER, area_id=area.id), actor(Role.PLATFORM_ADMINISTRATOR), official(), ANONYMOUS):
        one = await run(stored()["AreaPeople"], actor=who, variables=of(area))
        other = await run(stored()["AreaPeople"], actor=who, variables=of(area), compiled=False)
        told = [[error.formatted for error in each.errors or []] for each in (one, other)]
        assert (one.data, told[0]) == (other.data, told[1])


VALUES = {
    "longest_key_first": 1,
    "b": None,
    "a": True,
    "Z": 'Zoë "q" \\ / \n\t\x1f\x7f 李',
    "é": [],
    "empty": {},
    "": "no key",
    "nested": {"zz": [3, {"y": 1, "x": "{t}"}, [None]], "aaa": "2026-01-01"},
    "pence": 12_345_678_901,
    "share": -0.25,
}


async def test_what_was_there_before_and_after_is_told_as_it_was_written(database: Cluster) -> None:
    area = await make_area()
    who = actor(Role.BUSINESS_MANAGER, area_id=area.id)
    async with tenant_scope(who):
        for before, after in ((None, VALUES), (VALUES, {}), ({}, None)):
            await record(
                by=who, area_id=area.id, action="thing.change", subject=("thing", "1"), before=before, after=after
            )
    asked = {"by": who, "variables": {"areaId": ids.encode("Area", area.id)}}
    assert await compiled(stored()["AuditTrail"], **asked) is None, "only Python opens what is sealed"
    assert await one_answer(stored()["AuditTrail"].replace(" before after ", " "), **asked)
    found = await ordinary(stored()["AuditTrail"], **asked)
    nodes = found["auditTrail"]["nodes"]
    assert [(node["before"] is None, node["after"] is None) for node in nodes] == [
        (False, True),
        (False, False),
        (True, False),
    ]
    assert json.loads(nodes[2]["after"]) == VALUES
    assert list(json.loads(nodes[2]["after"])) == sorted(VALUES)


@pytest.mark.parametrize(("where", "found"), [
    ({"actor": "pat_o"}, 1), ({"actor": "50%"}, 1), ({"actor": "t\\o"}, 1), ({"actor": "%"}, 1), ({"actor": "o{x}"}, 0),
    ({"action": "thing_a"}, 1), ({"action": "thing%"}, 0), ({"action": "thing"}, 2),
])  # fmt: skip
async def test_who_and_what_are_looked_for_character_by_character(
    database: Cluster, where: dict[str, str], found: int
) -> None:
    area = await make_area()
    who = actor(Role.BUSINESS_MANAGER, area_id=area.id)
    async with tenant_scope(who):
        for name, action in (("Pat_o 50% t\\o", "thing_a.change"), ("Pat o 505 to", "thingsa.change")):
            await record(by=replace(who, name=name), area_id=area.id, action=action, subject=("thing", "1"))
    variables = {"areaId": ids.encode("Area", area.id), "where": where}
    answer = await one_answer(stored()["AuditTrail"].replace(" before after ", " "), by=who, variables=variables)
    assert len(answer["auditTrail"]["nodes"]) == found
