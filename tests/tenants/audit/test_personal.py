"""Personal text in entries: sealed in the table, opened for those who read the trail, each subject with a key."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import asyncpg
import pytest

from infra.database import sql
from infra.secrets import use_secret
from tenants.audit import queries
from tenants.audit.opening import LOST
from tenants.audit.personal import personal
from tenants.audit.service import Entry, appending, record, record_each
from tenants.tenancy.actor import Actor
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import national_scope, public_scope, tenant_scope
from tests.support.cluster import SECRET_KEY, Cluster
from tests.support.cooperation import asked_school, contact
from tests.support.queue import as_superuser
from tests.support.world import AreaMade, actor, make_area, manager
from tests.tenants.audit.test_chain import as_superuser as as_a_rogue

NAME, ADDRESS = "Zoë Quill", "zoe.quill@example.org"
TOMORROW = b"the secret key of tomorrow, 0123456789"


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    yield
    use_secret(SECRET_KEY.encode())


def entry(area: AreaMade, thing: object, **said: Any) -> Entry:
    values = personal({"person_name": NAME, "email": ADDRESS, "office": "seat", **said}, "person_name", "email", "told",
                      of=("appointment", thing))  # fmt: skip
    return Entry(area_id=area.id, action="appointment.add", subject=("appointment", thing), after=values)


async def write(area: AreaMade, *things: object, by: Actor | None = None) -> None:
    who = by or manager(area)
    async with tenant_scope(who):
        await record_each(by=who, entries=[entry(area, thing) for thing in things])


async def read(area: AreaMade) -> list[queries.Entry]:
    async with tenant_scope(manager(area), readonly=True):
        return await queries.entries(area_id=area.id)


async def stored(database: Cluster, area: AreaMade, table: str = "audit.event") -> list[dict[str, Any]]:
    rows = await as_superuser(database, f"select to_jsonb(t) as row from {table} t where area_id = $1", area.id)
    return [json.loads(row["row"]) for row in rows]


async def test_the_table_holds_none_of_it_and_the_trail_shows_it(database: Cluster) -> None:
    area = await make_area()
    await write(area, 1)
    rows = str(await stored(database, area)) + str(await stored(database, area, "audit.subject_key"))
    assert NAME not in rows
    assert ADDRESS not in rows
    assert [one.after for one in await read(area)] == [{"person_name": NAME, "email": ADDRESS, "office": "seat"}]


async def test_what_is_no_persons_stays_readable_and_says_whose_the_rest_is(database: Cluster) -> None:
    area = await make_area()
    await write(area, 1)
    [row], [key] = await stored(database, area), await stored(database, area, "audit.subject_key")
    assert row["after"]["office"] == "seat"
    assert row["after"]["email"].keys() == {"sealed", "of"}
    assert row["after"]["email"]["of"] == key["id"]
    assert (key["subject_type"], key["subject_id"]) == ("appointment", "1")


async def test_a_subject_has_one_key_however_much_is_written_of_them(database: Cluster) -> None:
    area = await make_area()
    await write(area, 1, 2, 1)
    await write(area, 2, 1)
    keys = await stored(database, area, "audit.subject_key")
    assert sorted(key["subject_id"] for key in keys) == ["1", "2"]
    assert len({str(row["after"]["email"]) for row in await stored(database, area)}) == 5, "no two look the same"


async def test_the_chain_is_over_what_is_sealed(database: Cluster) -> None:
    area = await make_area()
    await write(area, 1, 2)
    async with tenant_scope(manager(area), readonly=True):
        assert await queries.first_broken_link(area_id=area.id) is None


async def test_what_is_inside_other_things_is_sealed_and_comes_back_as_it_was(database: Cluster) -> None:
    area = await make_area()
    by = manager(area)
    told = [{"name": NAME, "on": "2026-01-01"}]
    async with tenant_scope(by):
        inside = {"present": personal({"name": NAME, "post": None}, "name", "post", of=("contact", 1)), "n": [1, None]}
        await record(by=by, area_id=area.id, action="thing.change", subject=("contact", 1), before=inside,
                     after=personal({"told": told}, "told", of=("contact", 1)))  # fmt: skip
    assert NAME not in str(await stored(database, area))
    [one] = await read(area)
    assert (one.before, one.after) == ({"present": {"name": NAME, "post": None}, "n": [1, None]}, {"told": told})


async def test_an_entry_without_such_text_costs_one_statement_and_one_with_it_two(
    database: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    area = await make_area()
    by, said = manager(area), list[object]()

    def counted(whole: Callable[..., Any]) -> Callable[..., Any]:
        def one(*args: object) -> Any:
            said.append(args)
            return whole(*args)

        return one

    for name in ("call", "fetch"):
        monkeypatch.setattr(sql, name, counted(getattr(sql, name)))
    async with tenant_scope(by):
        await record(by=by, area_id=area.id, action="board.link", subject=("board", 1), after={"name": "A board"})
        assert len(said) == 1
        await record_each(by=by, entries=[entry(area, number) for number in range(20)])
        assert len(said) == 3


async def test_a_command_of_one_statement_refuses_what_would_not_be_sealed() -> None:
    area = AreaMade(id=1, slug="x", name="X", la_code="100")
    with pytest.raises(TypeError):
        appending([(manager(area), entry(area, 1))])


async def test_another_area_an_official_and_anyone_find_no_key(database: Cluster) -> None:
    area, other = await make_area(), await make_area()
    await write(area, 1)
    count = "select count(*) from audit.subject_key"
    async with tenant_scope(manager(other)):
        assert await sql.fetch_value(f"{count} where area_id = $1", area.id) == 0
        done = await sql.execute(
            "update audit.subject_key set sealed = null, key_id = null, erased_at = now() where area_id = $1", area.id
        )
        assert done == "UPDATE 0"
    for scope in (national_scope(), public_scope()):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with scope:
                await sql.fetch_value(count)
    assert (await read(area))[0].after == {"person_name": NAME, "email": ADDRESS, "office": "seat"}


async def test_a_school_writes_under_a_key_that_it_cannot_read_again(database: Cluster) -> None:
    asked = await asked_school(await make_area())
    area, school = asked.area, contact(asked.area, asked.school)
    await write(area, 1)
    await write(area, 1, by=school)
    async with tenant_scope(school):
        assert await sql.fetch_value("select count(*) from audit.subject_key") == 0
    mine = [key for key in await stored(database, area, "audit.subject_key") if key["subject_type"] == "appointment"]
    assert [key["subject_id"] for key in mine] == ["1", "1"], "its own, beside the area's"
    assert [(one.after or {})["email"] for one in (await read(area))[:2]] == [ADDRESS, ADDRESS]


async def test_with_another_secret_key_it_says_so_and_new_text_gets_a_key_of_today(database: Cluster) -> None:
    area = await make_area()
    await write(area, 1)
    use_secret(TOMORROW)
    await write(area, 1)
    assert [(one.after or {})["email"] for one in await read(area)] == [ADDRESS, LOST]
    use_secret(SECRET_KEY.encode())
    assert [(one.after or {})["email"] for one in await read(area)] == [LOST, ADDRESS]


async def test_a_sealed_text_taken_to_another_entry_of_its_subject_is_found_by_the_chain(database: Cluster) -> None:
    area = await make_area()
    await write(area, 1, 2)
    move = "update audit.event e set after = o.after from audit.event o where e.area_id = $1 and e.seq = 2"
    await as_a_rogue(database, f"{move} and o.area_id = $1 and o.seq = 1", area.id)
    async with tenant_scope(manager(area), readonly=True):
        link = await queries.first_broken_link(area_id=area.id)
    assert link is not None
    assert (link.seq, link.why) == (2, "content changed")


async def test_who_only_looks_on_makes_no_key(database: Cluster) -> None:
    area = await make_area()
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await write(area, 1, by=actor(Role.VIEWER, area_id=area.id))
