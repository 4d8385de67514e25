"""`security.standing` changes with everything that an actor is made of, by whatever statement it is changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

import pytest
import pytest_asyncio

from backend.auth import actors
from infra.database.scope import observer
from tenants.tenancy.roles import Role
from tests.support.cluster import Cluster
from tests.support.organisations import make_school, make_trust
from tests.support.product import session_token
from tests.support.queue import as_superuser
from tests.support.world import AreaMade, make_actor, make_area

STANDING = "select security.standing(id, interval '30 minutes') as stood from session where person_id = $1"
MINE = "select id from role_assignment where person_id = $1"
#: each statement is given the person, the area, the trust and one of its schools
CHANGES = {
    "name": "update person set name = 'Another' where id = $1",
    "disabled": "update person set disabled_at = now() where id = $1",
    "role begins": "insert into role_assignment (person_id, role, area_id, valid_from) select $1, 'viewer', $2, now()",
    "role ends": "update role_assignment set valid_to = valid_from where person_id = $1 and role <> 'trust_lead'",
    "role gone": "delete from role_assignment where person_id = $1 and role = 'trust_lead'",
    "area renamed": "update area set name = 'Another name' where id = $2",
    "area moved": "update area set slug = slug || '-anew' where id = $2",
    "trust closes": "update organisation set status = 'closed' where id = $3",
    "school closes": "update organisation set status = 'closed' where id = $4",
    "school leaves": "update organisation set trust_id = null where id = $4",
    "school joins": "insert into organisation (kind, name, urn, trust_id) values ('establishment', 'New', 990001, $3)",
    "school present": """insert into area_organisation (area_id, organisation_id, basis, valid_from)
        values ($2, $4, 'chosen_agency', now())""",
    "school no longer present": "delete from area_organisation where organisation_id = $4",
    "presence dated": "update area_organisation set valid_to = valid_from where organisation_id = $4",
}
ENDS = {
    "revoked": "update session set revoked_at = now() where person_id = $1",
    "expired": "update session set expires_at = now() where person_id = $1",
    "idle": "update session set last_seen_at = now() - interval '31 minutes' where person_id = $1",
    "forgotten": "delete from session where person_id = $1",
}


@dataclass(frozen=True, kw_only=True)
class Lead:
    """The lead of a trust, who is also the manager of the area where its school is."""

    person: UUID
    area: AreaMade
    trust: UUID
    school: UUID
    token: str


@pytest_asyncio.fixture
async def lead(database: Cluster) -> Lead:
    area = await make_area()
    trust = await make_trust(area)
    school = await make_school(area, trust_id=trust)
    who = await make_actor(Role.TRUST_LEAD, organisation_id=trust)
    assert who.id is not None
    manages = "insert into role_assignment (person_id, role, area_id, valid_from) values ($1, $2, $3, '2020-01-01')"
    await as_superuser(database, manages, who.id, "business_manager", area.id)
    return Lead(person=who.id, area=area, trust=trust, school=school, token=await session_token(who))


async def stood(database: Cluster, lead: Lead) -> str | None:
    rows = await as_superuser(database, STANDING, lead.person)
    return rows[0]["stood"] if rows else None


async def change(database: Cluster, lead: Lead, statement: str) -> None:
    values = (lead.person, lead.area.id, lead.trust, lead.school)
    used = sorted({int(n) for n in re.findall(r"\$(\d)", statement)})
    for place, n in enumerate(used, start=1):
        statement = statement.replace(f"${n}", f"${place}")
    await as_superuser(database, statement, *(values[n - 1] for n in used))


@pytest.mark.parametrize("what", CHANGES)
async def test_a_change_is_seen(database: Cluster, lead: Lead, what: str) -> None:
    before = await stood(database, lead)
    assert before == await stood(database, lead)
    await change(database, lead, CHANGES[what])
    after = await stood(database, lead)
    assert after is not None
    assert after != before


@pytest.mark.parametrize("how", ENDS)
async def test_a_session_that_ended_has_none(database: Cluster, lead: Lead, how: str) -> None:
    assert await stood(database, lead)
    await change(database, lead, ENDS[how])
    assert await stood(database, lead) is None


async def test_being_seen_changes_nothing(database: Cluster, lead: Lead) -> None:
    before = await stood(database, lead)
    await change(database, lead, "update session set last_seen_at = now() where person_id = $1")
    assert await stood(database, lead) == before


async def test_it_reads_every_table_that_an_actor_is_made_of(database: Cluster, lead: Lead) -> None:
    """Who reads another table while loading an account must put it into the standing."""
    seen: list[str] = []
    watching = observer.set(seen.append)
    found = await actors.of_session(lead.token, idle_minutes=30)
    observer.reset(watching)
    assert found is not None
    assert found.actor.reach == {(None, lead.trust), (None, lead.school)}
    loaded = {name for text in seen for name in re.findall(r"(?:from|join)\s+([a-z_]+)\b", text)}
    (source,) = await as_superuser(database, "select prosrc from pg_proc where proname = 'standing'")
    standing = set(re.findall(r"(?:from|join)\s+public\.([a-z_]+)\b", source["prosrc"]))
    assert loaded - {"area_local_authority"} == standing  # that one only narrows a search, which is not asked for here


async def test_a_change_is_seen_where_nobody_says_where_they_are_present(database: Cluster, lead: Lead) -> None:
    """A school that an area has chosen need not be present in any: its trust reaches it all the same."""
    await change(database, lead, "delete from area_organisation where organisation_id in ($3, $4)")
    before = await stood(database, lead)
    await change(database, lead, CHANGES["school leaves"])
    assert await stood(database, lead) != before


async def test_nobody_elses_roles_count(database: Cluster, lead: Lead) -> None:
    before = await stood(database, lead)
    other = await make_actor(Role.VIEWER, area=lead.area)
    await change(database, lead, "update organisation set town = 'Elsewhere' where kind = 'police_force'")
    assert other.id != lead.person
    assert await stood(database, lead) == before
