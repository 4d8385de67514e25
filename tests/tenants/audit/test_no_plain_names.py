"""No entry of a whole nation holds what a person is called or written to at, in the table or in a dump of it.

A new writer that forgets to mark what it says of a person (`tenants/audit/personal.py`) fails here by the action's
name, as soon as the demo nation does what it writes.
"""

from __future__ import annotations

import io
from collections.abc import AsyncIterator

import asyncpg
import pytest_asyncio

from tenants.audit import queries as audit
from tenants.tenancy.scope import tenant_scope
from tests.support.nation import Nation

#: every name, address and number of a person that the nation's rows hold
_TOLD = """
select distinct said from (
    select name from person union all select email from person
    union all select name from invitation union all select email from invitation
    union all select person_name from appointment union all select email from appointment
    union all select telephone from appointment union all select declared_tie from appointment
    union all select contact_name from relevant_agency union all select contact_email from relevant_agency
    union all select acknowledged_by from relevant_agency
    union all select name from named_contact union all select email from named_contact
    union all select phone from named_contact
    union all select agreed_name from funding_agreement
    union all select said ->> part from connection_proposal, unnest(array[proposed, present]) as said,
        unnest(array['name', 'email', 'phone']) as part
    union all select t ->> 'name' from intervention_flag, jsonb_array_elements(told) as t
) as told (said) where length(said) > 4
"""
_SEALED = """
select distinct action from audit.event where jsonb_path_exists(jsonb_build_array(before, after), '$.**.sealed')
"""
#: what the nation's people did that names a person
WRITERS = {
    "agency.acknowledge", "appointment.add", "appointment.replace", "contact.begin", "contact.enter", "flag.amend",
    "funding_agreement.give",
}  # fmt: skip
_HOLDS = """
select distinct e.action, t.said from audit.event e join unnest($1::text[]) as t (said)
    on strpos(concat_ws(' ', e.reason, e.before, e.after), t.said) > 0
order by 1, 2
"""


@pytest_asyncio.fixture(scope="module")
async def superuser(nation: Nation) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(nation.superuser)
    yield connection
    await connection.close()


async def told(superuser: asyncpg.Connection) -> list[str]:
    return [row["said"] for row in await superuser.fetch(_TOLD)]


async def test_no_entry_holds_the_name_or_the_address_of_a_person(superuser: asyncpg.Connection) -> None:
    found = [tuple(row) for row in await superuser.fetch(_HOLDS, await told(superuser))]
    assert found == [], "mark it with tenants.audit.personal.personal"


async def test_a_dump_of_the_trails_and_their_keys_holds_none_either(superuser: asyncpg.Connection) -> None:
    dumped = io.BytesIO()
    for table, columns in (("event", ["reason", "before", "after"]), ("subject_key", None)):
        await superuser.copy_from_table(table, schema_name="audit", columns=columns, output=dumped)
    text = dumped.getvalue().decode()
    assert [said for said in await told(superuser) if said in text] == []


async def test_the_look_would_find_one(superuser: asyncpg.Connection, nation: Nation) -> None:
    """The census does not pass because nobody is named: their entries, opened, name them."""
    assert {row["action"] for row in await superuser.fetch(_SEALED)} >= WRITERS
    names = await told(superuser)
    with nation.inside():
        by = await nation.world.actor("brackenshire-manager")
        [area_id] = by.read_areas
        async with tenant_scope(by, readonly=True):
            said = str([entry.after for entry in await audit.entries(area_id=area_id, limit=5000)])
    assert len([name for name in names if name in said]) > 10
