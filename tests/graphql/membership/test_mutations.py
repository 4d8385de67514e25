"""Membership's mutations by every actor: the manager changes things, all others are refused and nothing is written."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from concordat_graphql.ids import encode
from tenants.audit import queries as audit
from tenants.membership.rules import Kind
from tenants.tenancy.actor import Actor
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.graphql.intervention.sending import actors, area_id, ask, send
from tests.support.cluster import Cluster
from tests.support.membership import Partnership, complete, make_partnership
from tests.support.world import actor, make_area, manager

DAY, LAST = "2026-04-01", "2026-03-31"
NEW = {"personName": "Nia New", "post": "Chief constable"}


def said(made: Partnership) -> dict[str, dict[str, Any]]:
    """Return an input for every mutation that the manager may make of a partnership with a chair and seats."""
    police = encode("PartnerBody", made.bodies[Kind.POLICE])
    lead = encode("Appointment", made.leads[Kind.POLICE])
    seen = {"version": 1, "reason": "A reason."}
    ending = {**seen, "lastDay": LAST}
    return {
        "AddPartner": {"kind": "police", "name": "Port Police", "validFrom": DAY},
        "CorrectPartner": {**seen, "partnerId": police, "name": "Northshire Constabulary", "validFrom": "2019-09-29"},
        "SucceedPartner": {**seen, "partnerId": police, "on": DAY, "name": "Greater Police"},
        "EndPartner": {**ending, "id": police},
        "Appoint": {
            "office": "scrutineer",
            "holder": {"personName": "Second Scrutineer", "noTie": True},
            "validFrom": DAY,
            "validTo": "2029-03-31",
        },
        "ReplaceHolder": {**seen, "appointmentId": lead, "holder": NEW, "validFrom": DAY},
        "CorrectAppointment": {**seen, "appointmentId": lead, "holder": NEW, "validFrom": "2019-09-29"},
        "LinkAccount": {"version": 1, "appointmentId": lead, "personId": encode("Person", _account(made))},
        "EndAppointment": {**ending, "id": lead},
        "ChooseChair": {
            "appointmentId": encode("Appointment", made.delegates[Kind.LOCAL_AUTHORITY]),
            "validFrom": DAY,
            "reason": "Their turn.",
        },
        "AddGroup": {"name": "Exploitation group", "validFrom": DAY},
        "AddSeat": {"title": "Headteacher", "educationLevel": "strategic", "validFrom": DAY},
    }


def _account(made: Partnership) -> object:
    """Another lead's account: any with a role in the area will do."""
    return made.lead_actors[Kind.INTEGRATED_CARE_BOARD].id


async def entries(made: Partnership) -> int:
    async with tenant_scope(made.manager, readonly=True):
        found = await audit.entries(area_id=made.area.id, limit=200)
    return len([entry for entry in found if entry.action != "authorisation.refuse"])


async def test_the_manager_may_do_each_and_everyone_else_none(database: Cluster) -> None:
    refused = await make_partnership()
    before = await entries(refused)
    who = {name: one for name, one in (await actors(refused.area)).items() if name != "manager"}
    who["lead"] = actor(Role.LEAD_SAFEGUARDING_PARTNER, area_id=refused.area.id)
    for name, values in said(refused).items():
        for one in who.values():
            answer = await send(name, one, areaId=area_id(refused.area), **values)
            assert answer["__typename"] in ("Failed", "UNAUTHENTICATED"), (name, one)
            assert [problem["code"] for problem in answer.get("problems", [])] in (["NOT_ALLOWED"], [])
    assert await entries(refused) == before


@pytest.mark.parametrize("name", ["AddPartner", "CorrectPartner", "SucceedPartner", "EndPartner", "Appoint",
                                  "ReplaceHolder", "CorrectAppointment", "EndAppointment", "ChooseChair", "AddGroup",
                                  "AddSeat", "LinkAccount"])  # fmt: skip
async def test_the_manager_does_it(database: Cluster, name: str) -> None:
    made = await make_partnership()
    await complete(made)
    values = said(made)
    assert name in values
    answer = await send(name, made.manager, areaId=area_id(made.area), **values[name])
    assert "problems" not in answer
    assert answer["version"] >= 1


async def test_groups_seats_and_chairings_are_put_right_and_ended(database: Cluster) -> None:
    made = await make_partnership()
    await complete(made)
    by, area = made.manager, area_id(made.area)
    found = (await ask("AreaMembership", by, areaId=area))["membership"]
    group = await send("AddGroup", by, areaId=area, name="Exploitation group", validFrom="2020-01-01")
    seat = await send("AddSeat", by, areaId=area, groupId=group["id"], title="Housing", validFrom="2020-01-01")
    ending = {"areaId": area, "lastDay": LAST, "reason": "A reason."}
    steps = [
        ("CorrectGroup", {"areaId": area, "groupId": group["id"], "version": 1, "name": "Harm outside the home",
                          "validFrom": "2020-01-01", "reason": "A better name."}),
        ("CorrectSeat", {"areaId": area, "seatId": seat["id"], "version": 1, "title": "Housing lead",
                         "validFrom": "2020-01-01", "reason": "A better title."}),
        ("EndSeat", {**ending, "id": seat["id"], "version": 2}),
        ("EndGroup", {**ending, "id": group["id"], "version": 2}),
        ("EndChair", {**ending, "id": found["chair"]["id"], "version": 1}),
    ]  # fmt: skip
    for name, values in steps:
        assert "problems" not in await send(name, by, **values), name
    found = (await ask("AreaMembership", by, areaId=area, asAt=DAY))["membership"]
    assert (found["chair"], found["groups"], len(found["seats"])) == (None, [], 2)


@pytest.mark.parametrize(
    ("name", "change", "code", "field"),
    [
        ("AddPartner", {"kind": "school"}, "INVALID", "kind"),
        ("AddPartner", {"name": "x" * 201}, "INVALID", "name"),
        ("AddPartner", {"organisationId": "nonsense"}, "NOT_FOUND", "organisationId"),
        ("Appoint", {"office": "mayor"}, "INVALID", "office"),
        ("Appoint", {"office": "lead"}, "INVALID", "partnerId"),
        ("Appoint", {"holder": {"personName": "S"}}, "INVALID", "declaredTie"),
        ("Appoint", {"holder": {"personName": "S", "noTie": True, "personId": "x"}}, "NOT_FOUND", "personId"),
        ("ReplaceHolder", {"version": 9}, "CONFLICT", None),
        ("ReplaceHolder", {"holder": {"personName": "", "post": ""}}, "INVALID", "personName"),
        ("EndAppointment", {"lastDay": "2001-01-01"}, "INVALID", "lastDay"),
        ("EndAppointment", {"id": encode("PartnerBody", "x")}, "NOT_FOUND", "id"),
        ("EndAppointment", {"reason": ""}, "INVALID", "reason"),
        ("LinkAccount", {"version": 9}, "CONFLICT", None),
        ("LinkAccount", {"personId": "nonsense"}, "NOT_FOUND", "personId"),
        ("LinkAccount", {"personId": encode("Person", UUID(int=1))}, "NOT_FOUND", "personId"),
        ("LinkAccount", {"appointmentId": encode("Appointment", UUID(int=1))}, "NOT_FOUND", "appointmentId"),
        ("ChooseChair", {"validFrom": "2001-01-01"}, "OUTSIDE_PERIOD", "validFrom"),
    ],
)
async def test_what_does_not_fit_is_a_problem_and_writes_nothing(
    database: Cluster, name: str, change: dict[str, Any], code: str, field: str | None
) -> None:
    made = await make_partnership()
    before = await entries(made)
    answer = await send(name, made.manager, areaId=area_id(made.area), **{**said(made)[name], **change})
    assert (answer["problems"][0]["code"], answer["problems"][0]["field"]) == (code, field)
    assert await entries(made) == before


async def test_an_id_of_another_area_is_not_found(database: Cluster) -> None:
    made, other = await make_partnership(), await make_area()
    for name in ("CorrectPartner", "SucceedPartner", "EndPartner", "ReplaceHolder", "EndAppointment", "ChooseChair",
                 "LinkAccount"):  # fmt: skip
        answer = await send(name, manager(other), areaId=area_id(other), **said(made)[name])
        assert [problem["code"] for problem in answer["problems"]] == ["NOT_FOUND"], name


async def test_the_same_key_appoints_once(database: Cluster) -> None:
    made = await make_partnership()
    by: Actor = made.manager
    values = {"areaId": area_id(made.area), **said(made)["Appoint"]}
    first = await send("Appoint", by, key="one-key-only", **values)
    again = await send("Appoint", by, key="one-key-only", **values)
    assert first["id"] == again["id"]
    assert len((await ask("AreaMembership", by, areaId=area_id(made.area)))["membership"]["scrutineers"]) == 1
