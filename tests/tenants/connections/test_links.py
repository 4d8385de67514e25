"""Linking a system: by whom, with what, and what happens to its credentials."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import asyncpg
import pytest

from infra.database import sql
from tenants.connections import credentials, service
from tenants.connections.rules.drafts import SCHEDULES, draft_problems, option_problems, usual_stale_hours
from tenants.connections.rules.pem import last_day
from tenants.connections.rules.systems import SYSTEMS, spoken
from tenants.connections.sealing import CannotOpen
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Conflict, Invalid, NotAllowed, NotFound, Problems, WrongState
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.support.certificates import certificate
from tests.support.cluster import Cluster
from tests.support.connections import asked, begun, keeper, serving
from tests.support.queue import as_superuser
from tests.support.world import AreaMade, actor, make_area, official
from tests.tenants.connections.entered import SCHOOLS, linked, row_of

SECRET = "s3cret-of-the-school-system"


async def with_secret(area: AreaMade, secret: str = SECRET) -> Any:
    connection, who = await linked(area), keeper(area)
    async with tenant_scope(who):
        await service.set_credential(by=who, connection_id=connection, version=1, kind="client_secret", secret=secret)
    return connection


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"system": "fax"}, "system"),
        ({"system": "gias"}, "system"),
        ({"name": "x"}, "name"),
        ({"base_url": "ftp://schools.example"}, "baseUrl"),
        ({"base_url": "https://user:password@schools.example"}, "baseUrl"),
        ({"auth_mode": "none"}, "authMode"),
        ({"every_minutes": 1}, "everyMinutes"),
        ({"stale_after_hours": 0}, "staleAfterHours"),
        ({"every_minutes": 10080, "stale_after_hours": 168}, "staleAfterHours"),
        ({"may_change": ("figures",)}, "mayChange"),
        ({"options": {**SCHOOLS.options, "pupils": "yes"}}, "options"),
        ({"options": {**SCHOOLS.options, "token_url": "schools.example"}}, "option.token_url"),
        ({"options": {**SCHOOLS.options, "role_tokens": "principal = king"}}, "option.role_tokens"),
        ({"options": {**SCHOOLS.options, "role_tokens": "principal"}}, "option.role_tokens"),
    ],
)
def test_each_mistake_in_a_link_is_named_with_its_field(change: dict[str, Any], field: str) -> None:
    problems = list(draft_problems(replace(SCHOOLS, **change), national=False))
    assert [problem.field for problem in problems] == [field]


FORCE: dict[str, Any] = {
    "system": "police_indicators",
    "auth_mode": "certificate",
    "options": {"places": "E10000099 = area"},
    "may_change": ("figures",),
    "every_minutes": None,
}


@pytest.mark.parametrize("line", ["E1 = 941", "E10000099 = 9x1", "E10000099 = Testshire", "Testshire = area"])
def test_a_place_of_the_force_that_no_run_could_use_is_named_in_the_form(line: str) -> None:
    system = SYSTEMS["police_indicators"]
    assert list(option_problems({"places": "E10000099 = 941\nE06000001 = area"}, system=system)) == []
    (problem,) = option_problems({"places": f"E10000099 = 941\n{line}"}, system=system)
    assert problem.field == "option.places"
    assert str(problem).startswith(f"“{line}” cannot be used. One on each line: the area’s nine-character ONS code")


async def test_a_certificate_is_read_when_it_is_set_and_its_last_day_is_kept(database: Cluster) -> None:
    area = await make_area()
    connection, who = await linked(area, **FORCE), keeper(area)
    async with tenant_scope(who):
        with pytest.raises(Invalid, match="not a certificate in PEM form"):
            await service.set_credential(by=who, connection_id=connection, version=1, kind="certificate", secret="x")
    key, pem = certificate()
    async with tenant_scope(who):
        await service.set_credential(by=who, connection_id=connection, version=1, kind="certificate", secret=pem)
        await service.set_credential(by=who, connection_id=connection, version=2, kind="private_key", secret=key)
    async with tenant_scope(who, readonly=True):
        until = await sql.fetch(
            "select expires_on from connection_credential where connection_id = $1 order by kind", connection
        )
    assert [row["expires_on"] for row in until] == [last_day(pem), None]


@pytest.mark.parametrize("every_minutes", SCHEDULES)
def test_the_usual_warning_comes_after_the_next_run_was_due(every_minutes: int | None) -> None:
    draft = replace(SCHOOLS, every_minutes=every_minutes, stale_after_hours=usual_stale_hours(every_minutes))
    assert list(draft_problems(draft, national=False)) == []


@pytest.mark.parametrize(
    ("label", "within"),
    [
        ("Token address", "the token address"),
        ("ODS code for which we ask", "the ODS code for which we ask"),
        ("Which of their roles is which post", "which of their roles is which post"),
        ("The force’s tenant still wants it", "the force’s tenant still wants it"),
    ],
)
def test_a_setting_is_named_as_one_would_say_it(label: str, within: str) -> None:
    assert spoken(label) == within


def test_what_the_tests_enter_is_right() -> None:
    assert list(draft_problems(SCHOOLS, national=False)) == []
    assert SCHOOLS.every_minutes in SCHEDULES


async def test_the_manager_links_a_system_and_the_chain_says_so(database: Cluster) -> None:
    area = await make_area()
    connection = await linked(area)
    row = await row_of(area, connection)
    assert (row.state, row.version, row.last_worked_at) == ("active", 1, None)
    assert row.options["role_tokens"]["principal"] == "headteacher"
    entry = await as_superuser(
        database, "select action, after->>'system' as s from audit.event where subject_id = $1", str(connection)
    )
    assert [tuple(one) for one in entry] == [("connection.link", "schools_oneroster")]


@pytest.mark.parametrize(
    "role", [Role.VIEWER, Role.DELEGATED_SAFEGUARDING_PARTNER, Role.INDEPENDENT_SCRUTINEER, Role.PLATFORM_ADMINISTRATOR]
)
async def test_nobody_else_links_a_system_to_an_area(database: Cluster, role: Role) -> None:
    area = await make_area()
    who = actor(role, area_id=None if role is Role.PLATFORM_ADMINISTRATOR else area.id)
    with pytest.raises(NotAllowed):
        async with tenant_scope(who):
            await service.link_system(by=who, area_id=area.id, draft=SCHOOLS)


async def test_a_national_link_is_the_platforms(database: Cluster) -> None:
    area = await make_area()
    connection, manager = await linked(None), keeper(area)
    assert (await row_of(None, connection)).area_id is None
    with pytest.raises(NotFound):
        async with tenant_scope(manager):
            await service.run_now(by=manager, connection_id=connection)


@pytest.mark.parametrize("who", [official(), actor(Role.VIEWER, area_id=999_999)])
async def test_officials_and_other_areas_see_no_connection(database: Cluster, who: Actor) -> None:
    await linked(await make_area())
    async with tenant_scope(who, readonly=True):
        assert await sql.fetch("select id from agency_connection") == []


async def test_a_secret_is_for_the_worker_of_that_connection_alone(database: Cluster) -> None:
    area, other = await make_area(), await make_area()
    connection = await with_secret(area)
    async with serving(area):
        assert await credentials.opened(connection_id=connection) == {"client_secret": SECRET}
    for elsewhere in (other, None):
        async with serving(elsewhere):
            assert await credentials.opened(connection_id=connection) == {}
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with tenant_scope(keeper(area)):
            await sql.fetch("select sealed from connection_credential")
    kept = await as_superuser(database, "select sealed from connection_credential where connection_id = $1", connection)
    assert SECRET.encode() not in kept[0]["sealed"]


async def test_a_sealed_secret_that_was_moved_to_another_connection_does_not_open(database: Cluster) -> None:
    area = await make_area()
    one, other = await with_secret(area), await with_secret(area, "another")
    await as_superuser(
        database,
        "update connection_credential set sealed = "
        "(select sealed from connection_credential where connection_id = $1) where connection_id = $2",
        one,
        other,
    )
    with pytest.raises(CannotOpen):
        async with serving(area):
            await credentials.opened(connection_id=other)


async def test_the_secret_is_in_no_audit_entry_and_no_log(
    database: Cluster, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level("DEBUG")
    area = await make_area()
    connection = await with_secret(area)
    async with serving(area):
        await credentials.opened(connection_id=connection)
    entries = await as_superuser(
        database, "select coalesce(before::text, '') || coalesce(after::text, '') as said from audit.event "
        "where area_id = $1", area.id
    )  # fmt: skip
    printed = capsys.readouterr()
    said = "".join(entry["said"] for entry in entries) + caplog.text + printed.out + printed.err
    assert "client_secret" in said
    assert SECRET not in said
    assert SECRET not in repr(await row_of(area, connection))


@pytest.mark.parametrize(
    ("change", "field"),
    [({"kind": "api_key"}, "kind"), ({"secret": " "}, "secret"), ({"secret": "a\x00b"}, "secret")],
)
async def test_a_wrong_credential_is_refused(database: Cluster, change: dict[str, Any], field: str) -> None:
    area = await make_area()
    connection, who = await linked(area), keeper(area)
    entered: dict[str, Any] = {"kind": "client_secret", "secret": SECRET, **change}
    with pytest.raises(Invalid) as refused:
        async with tenant_scope(who):
            await service.set_credential(by=who, connection_id=connection, version=1, **entered)
    assert refused.value.field == field


async def test_credentials_do_not_follow_an_address_to_another_host(database: Cluster) -> None:
    area = await make_area()
    connection, who = await with_secret(area), keeper(area)
    elsewhere = replace(SCHOOLS, base_url="https://other.example/api")
    async with tenant_scope(who):
        await service.change_connection(by=who, connection_id=connection, version=2, draft=elsewhere)
    row = await row_of(area, connection)
    assert (row.credentials, row.state) == ((), "reauthorise")
    async with tenant_scope(who):
        await service.set_credential(by=who, connection_id=connection, version=3, kind="client_secret", secret=SECRET)
    assert (await row_of(area, connection)).state == "active"


async def test_pausing_stops_the_run_under_way_and_retiring_forgets_the_secret(database: Cluster) -> None:
    area = await make_area()
    connection, who = await with_secret(area), keeper(area)
    run = await begun(area, await asked(area, connection))
    async with tenant_scope(who):
        await service.pause_connection(by=who, connection_id=connection, version=2, reason="The school asked us to.")
    assert (await row_of(area, connection)).run_state == "stopped"
    with pytest.raises(WrongState, match="paused"):
        await asked(area, connection)
    async with tenant_scope(who):
        await service.resume_connection(by=who, connection_id=connection, version=3)
        await service.retire_connection(by=who, connection_id=connection, version=4, reason="Another system now.")
    assert (await row_of(area, connection)).credentials == ()
    with pytest.raises(WrongState, match="retired"):
        await asked(area, connection, cause="test")
    assert run.fence == 1


async def test_someone_who_was_overtaken_changes_nothing(database: Cluster) -> None:
    area = await make_area()
    connection, who = await with_secret(area), keeper(area)
    with pytest.raises(Conflict):
        async with tenant_scope(who):
            await service.change_connection(by=who, connection_id=connection, version=1, draft=SCHOOLS)


async def test_everything_wrong_is_said_at_once(database: Cluster) -> None:
    area = await make_area()
    with pytest.raises(Problems) as found:
        await linked(area, name="", auth_mode="")
    assert [problem.field for problem in found.value.problems] == ["name", "authMode"]
