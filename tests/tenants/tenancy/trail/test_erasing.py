"""Erasing a person from an area's trail: their text is gone from every reading, and the chain is as whole as before."""

from __future__ import annotations

import re

import asyncpg
import pytest

from infra.clock import LONDON
from infra.database import sql
from tenants.audit import exporting, queries, subjects
from tenants.audit.subjects import SubjectRow
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Invalid, NotAllowed, NotFound, WrongState
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import system_actor, tenant_scope
from tenants.tenancy.trail.erasing import erase
from tests.support.cluster import Cluster
from tests.support.queue import as_superuser
from tests.support.world import AreaMade, actor, make_area, manager, official
from tests.tenants.audit.test_personal import ADDRESS, NAME, read, write

ERASED = "erased"  #: what `shown` has for a text that was erased, on whichever day
WHY = "They asked for it."


async def erased(area: AreaMade, subject: str = "appointment.1", *, by: Actor | None = None, reason: str = WHY) -> str:
    who = by or manager(area)
    async with tenant_scope(who):
        return await erase(by=who, area_id=area.id, subject=subject, reason=reason)


def shown(entry: queries.Entry) -> dict[str, str]:
    """What the entry says; a text that was erased says on which day."""
    return {name: re.sub(r"^erased on \d{1,2} [A-Z][a-z]+ \d{4}$", ERASED, str(text))
            for name, text in (entry.after or {}).items()}  # fmt: skip


async def found(area: AreaMade, search: str | None = None) -> list[SubjectRow]:
    async with tenant_scope(manager(area), readonly=True):
        return await subjects.subjects(area_id=area.id, search=search)


async def is_whole(area: AreaMade) -> bool:
    async with tenant_scope(manager(area), readonly=True):
        return await queries.first_broken_link(area_id=area.id) is None


async def test_the_text_is_gone_from_every_reading_and_the_chain_stays_whole(database: Cluster) -> None:
    area = await make_area()
    await write(area, 1, 2)
    hashes = [entry.hash for entry in await read(area)]
    await erased(area)
    last, theirs, hers = await read(area)
    assert shown(hers) == {"person_name": ERASED, "email": ERASED, "office": "seat"}
    assert shown(theirs) == {"person_name": NAME, "email": ADDRESS, "office": "seat"}, "nobody else's is"
    assert [theirs.hash, hers.hash] == hashes
    assert await is_whole(area)
    by = manager(area)
    parts = exporting.trail(area_id=area.id, last_seq=last.seq, scope=lambda: tenant_scope(by, readonly=True))
    lines = b"".join([part async for part in parts]).decode().splitlines()
    assert [NAME in line for line in lines] == [False, False, True, False]
    assert "erased on " in lines[1]


async def test_it_is_an_entry_itself_that_does_not_say_what_was_erased(database: Cluster) -> None:
    area = await make_area()
    await write(area, 1)
    await erased(area)
    newest = (await read(area))[0]
    assert (newest.action, newest.subject_type, newest.subject_id) == ("trail.erase", "appointment", "1")
    assert (newest.reason, newest.legal_basis, newest.after) == (WHY, "UK GDPR article 17", {"keys": 1})


async def test_no_key_is_left_in_the_table(database: Cluster) -> None:
    area = await make_area()
    await write(area, 1)
    await erased(area)
    [key] = await as_superuser(database, "select * from audit.subject_key where area_id = $1", area.id)
    assert (key["sealed"], key["key_id"]) == (None, None)
    day = key["erased_at"].astimezone(LONDON)
    text = f"erased on {day.day} {day:%B %Y}"
    assert (await read(area))[1].after == {"person_name": text, "email": text, "office": "seat"}


async def test_what_is_erased_cannot_be_given_a_key_again(database: Cluster) -> None:
    area = await make_area()
    await write(area, 1)
    await erased(area)
    async with tenant_scope(manager(area)):
        again = "update audit.subject_key set sealed = '\\x00', key_id = 1, erased_at = null where area_id = $1"
        assert await sql.execute(again, area.id) == "UPDATE 0"
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await sql.execute("delete from audit.subject_key where area_id = $1", area.id)


async def test_a_second_time_it_says_so_and_writes_nothing(database: Cluster) -> None:
    area = await make_area()
    await write(area, 1)
    await erased(area)
    with pytest.raises(WrongState):
        await erased(area)
    assert len(await read(area)) == 2


async def test_what_is_written_of_them_later_has_a_new_key_and_can_be_erased_too(database: Cluster) -> None:
    area = await make_area()
    await write(area, 1)
    await erased(area)
    await write(area, 1)
    newest, _, oldest = await read(area)
    assert (shown(newest)["email"], shown(oldest)["email"]) == (ADDRESS, ERASED)
    assert [(one.texts, one.erased_on) for one in await found(area)] == [((ADDRESS, NAME), None)]
    await erased(area)
    assert {shown(entry).get("email") for entry in await read(area)} == {None, ERASED}
    assert await is_whole(area)


async def test_they_are_found_by_a_part_of_what_it_says(database: Cluster) -> None:
    area = await make_area()
    await write(area, 1, 2, 1)
    assert [(one.key, one.texts, one.entries) for one in await found(area, " ZOË ")] == [
        ("appointment.1", (ADDRESS, NAME), 2),
        ("appointment.2", (ADDRESS, NAME), 1),
    ]
    assert await found(area, "Nobody") == []
    await erased(area)
    left, gone = await found(area)
    assert (left.erased_on, gone.key, gone.texts, gone.entries) == (None, "appointment.1", (), 2)
    assert gone.erased_on is not None
    assert [one.key for one in await found(area, "zoë")] == ["appointment.2"]


@pytest.mark.parametrize("role", [Role.LEAD_SAFEGUARDING_PARTNER, Role.INDEPENDENT_SCRUTINEER, Role.VIEWER, None])
async def test_others_of_the_area_and_other_areas_may_not(database: Cluster, role: Role | None) -> None:
    area = await make_area()
    await write(area, 1)
    by = manager(await make_area()) if role is None else actor(role, area_id=area.id)
    for who in (by, official(), actor(Role.PLATFORM_ADMINISTRATOR)):
        with pytest.raises(NotAllowed):
            await erased(area, by=who)
    assert (await read(area))[0].after == {"person_name": NAME, "email": ADDRESS, "office": "seat"}


async def test_whoever_runs_the_service_may(database: Cluster) -> None:
    area = await make_area()
    await write(area, 1)
    await erased(area, by=system_actor("root (command line)", powers=["platform"], areas=[area.id]))
    assert shown((await read(area))[1]) == {"person_name": ERASED, "email": ERASED, "office": "seat"}


async def test_it_needs_a_reason_and_somebody_who_is_there(database: Cluster) -> None:
    area, other = await make_area(), await make_area()
    await write(area, 1)
    await write(other, 7)
    with pytest.raises(Invalid):
        await erased(area, reason=" ")
    for nobody in ("appointment.7", "appointment", "", "x.1"):
        with pytest.raises(NotFound):
            await erased(area, nobody)
    assert len(await read(area)) == 1
