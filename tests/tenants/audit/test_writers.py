"""Whoever writes a person's name, address or number into an entry writes it sealed: verb by verb."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from infra.clock import today
from tenants.audit import queries
from tenants.connections.service import contacts
from tenants.cooperation.queries import agencies
from tenants.cooperation.service import choosing, telling
from tenants.intervention import service as intervention
from tenants.intervention.rules.drafts import Told
from tenants.membership import service as membership
from tenants.membership.rules import Kind
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.cooperation import choose
from tests.support.membership import make_partnership, person
from tests.support.organisations import make_school
from tests.support.queue import as_superuser
from tests.support.world import AreaMade, make_area, manager
from tests.tenants.connections.entered import about, accept, linked, proposed, waiting
from tests.tenants.intervention.people import DRAFT, raised

NAME, ADDRESS, NUMBER = "Zoë Quill", "zoe.quill@example.org", "01632 960 777"
SAID: dict[str, Any] = {"name": NAME, "email": ADDRESS, "phone": NUMBER}


async def choosing_and_revising(area: AreaMade) -> None:
    by, school = manager(area), await make_school(area)
    agency = await choose(area, school, contact_name=NAME, contact_email=ADDRESS)
    async with tenant_scope(by):
        await choosing.revise(by=by, area_id=area.id, agency_id=agency, version=1, reason="It is ours.",
                              expectation=None, contact_name="Nia New", contact_email="nia@example.org")  # fmt: skip


async def acknowledging_for_an_agency(area: AreaMade) -> None:
    by, agency = manager(area), await choose(area, await make_school(area))
    async with tenant_scope(by):
        await telling.tell(by=by, area_id=area.id, agency_ids=[agency], told_on=today(), channel="email",
                           arrangements_version="2026")  # fmt: skip
        found = await agencies.agency(area_id=area.id, agency_id=agency)
        assert found is not None
        await telling.acknowledge(by=by, area_id=area.id, agency_id=agency, version=found.version,
                                  acknowledged_by=f"{NAME}, by telephone")  # fmt: skip


async def keeping_contacts(area: AreaMade) -> None:
    by, school = manager(area), await make_school(area)
    common: dict[str, Any] = {"by": by, "area_id": area.id}
    post = "designated_safeguarding_lead"
    async with tenant_scope(by):
        one = await contacts.enter_contact(**common, organisation_id=school, post=post, **SAID)
        two = await contacts.change_contact(**common, contact_id=one, version=1, post=post, **{**SAID, "name": "Q."})
        await contacts.end_contact(**common, contact_id=two, version=1, reason="They left.")


async def deciding_on_proposals(area: AreaMade) -> None:
    school = await make_school(area)
    link = await linked(area)
    for email in (ADDRESS, "new@example.org"):
        said = {"post": "designated_safeguarding_lead", "name": NAME, "email": email}
        await proposed(area, link, about(school, NAME, proposed=said))
        await accept(area, *await waiting(area))


async def correcting_and_replacing_holders(area: AreaMade) -> None:
    made = await make_partnership(area)
    one = made.delegates[Kind.POLICE]
    common: dict[str, Any] = {"by": made.manager, "area_id": area.id, "appointment_id": one}
    holder = person(NAME, "Superintendent", email=ADDRESS, telephone=NUMBER)
    async with tenant_scope(made.manager):
        await membership.correct_appointment(**common, version=1, holder=holder, valid_from=date(2019, 9, 29),
                                             reason="The name was misspelt.")  # fmt: skip
        await membership.replace_holder(**common, version=2, holder=person("Nia New", "Superintendent"),
                                        valid_from=date(2024, 1, 1), reason="They left.")  # fmt: skip


async def amending_who_was_told(area: AreaMade) -> None:
    by, flag = manager(area), await raised(area)
    told = (Told(name=NAME, post="Chief nurse", on=date(2026, 1, 5)),)
    async with tenant_scope(by):
        await intervention.amend_flag(by=by, area_id=area.id, flag_id=flag, version=1, reason="One more was told.",
                                      draft=replace(DRAFT, told=told))  # fmt: skip


Writing = Callable[[AreaMade], Awaitable[None]]
#: what each writes, how often it names somebody in what the trail shows, and about whom the keys are
WRITERS: list[tuple[Writing, int, set[str]]] = [
    (choosing_and_revising, 2, {"relevant_agency"}),
    (acknowledging_for_an_agency, 1, {"relevant_agency"}),
    (keeping_contacts, 2, {"named_contact"}),
    (deciding_on_proposals, 4, {"named_contact", "connection_proposal"}),
    (correcting_and_replacing_holders, 1, {"appointment", "person"}),
    (amending_who_was_told, 1, {"intervention_flag"}),
]


@pytest.mark.parametrize(("write", "times", "subjects"), WRITERS, ids=lambda value: getattr(value, "__name__", ""))
async def test_the_table_names_nobody_and_the_trail_does(
    database: Cluster, write: Writing, times: int, subjects: set[str]
) -> None:
    area = await make_area()
    await write(area)
    every = "select to_jsonb(e)::text as row from audit.event e where area_id = $1"
    rows = await as_superuser(database, every, area.id)
    kept = " ".join(row["row"] for row in rows)
    assert [said for said in (NAME, ADDRESS, NUMBER) if said in kept] == []
    async with tenant_scope(manager(area), readonly=True):
        entries = await queries.entries(area_id=area.id)
        assert await queries.first_broken_link(area_id=area.id) is None
    assert sum(NAME in json.dumps([one.before, one.after], ensure_ascii=False) for one in entries) == times
    keys = await as_superuser(database, "select subject_type from audit.subject_key where area_id = $1", area.id)
    assert {key["subject_type"] for key in keys} == subjects
