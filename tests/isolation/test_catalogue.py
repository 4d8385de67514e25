"""Guards over PostgreSQL's catalogue: a table someone forgot to protect fails here by name."""

from __future__ import annotations

from collections.abc import AsyncIterator

import asyncpg
import pytest_asyncio

from tests.isolation import catalogue
from tests.support.cluster import Cluster

# tables of an area that have a key of their own beside the one that starts with the area, and why that tells nothing
OTHER_KEYS = {
    "local_authority_in_one_area": "the map of local authorities is public",
}


@pytest_asyncio.fixture(scope="module")
async def superuser(cluster: Cluster) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(cluster.superuser)
    yield connection
    await connection.close()


async def test_every_table_is_under_row_level_security_even_for_its_owner(superuser: asyncpg.Connection) -> None:
    bare = [t.full_name for t in await catalogue.tables(superuser) if not (t.enabled and t.forced)]
    # the signing key has no grant to anyone: no policy is stricter than no access
    assert bare == ["security.context_key"]


async def test_every_table_has_a_policy(superuser: asyncpg.Connection) -> None:
    none = [t.full_name for t in await catalogue.tables(superuser) if t.policies == 0]
    assert none == ["security.context_key"]


async def test_foreign_keys_between_tables_of_an_area_carry_the_area(superuser: asyncpg.Connection) -> None:
    of_area = {t.name for t in await catalogue.tables(superuser) if t.of_area}
    crossing = [
        key["name"]
        for key in await catalogue.foreign_keys(superuser)
        if key["table"] in of_area and key["refers_to"] in of_area and "area_id" not in key["columns"]
    ]
    assert crossing == [], "PostgreSQL does not apply row-level security to foreign keys: make them composite"


async def test_no_foreign_key_deletes_by_itself(superuser: asyncpg.Connection) -> None:
    cascading = [key["name"] for key in await catalogue.foreign_keys(superuser) if key["on_delete"] not in "ar"]
    assert cascading == []


async def test_unique_keys_of_an_area_begin_with_the_area(superuser: asyncpg.Connection) -> None:
    of_area = {t.name for t in await catalogue.tables(superuser) if t.of_area}
    oracles = [
        index["index"]
        for index in await catalogue.unique_indexes(superuser)
        if index["table"] in of_area and index["columns"][0] != "area_id" and index["index"] not in OTHER_KEYS
    ]
    assert oracles == [], "a unique key without the area tells one tenant what another has"


async def test_the_logins_can_bypass_nothing(superuser: asyncpg.Connection) -> None:
    rows = await superuser.fetch(
        "select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication, "
        "(select count(*) from pg_auth_members m where m.member = r.oid) as memberships "
        "from pg_roles r where rolname like 'concordat\\_%' order by 1"
    )
    assert [row["rolname"] for row in rows] == [
        "concordat_app",
        "concordat_national",
        "concordat_owner",
        "concordat_public",
        "concordat_worker",
    ]
    assert not [row["rolname"] for row in rows if any(value for key, value in row.items() if key != "rolname")]


async def test_no_view_or_function_lends_out_the_superusers_rights(superuser: asyncpg.Connection) -> None:
    lent = await superuser.fetch(
        """select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where n.nspname = any ($1) and p.prosecdef and p.proowner <> 'concordat_owner'::regrole
            and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')""",
        list(catalogue.OURS),
    )
    views = await superuser.fetch(
        """select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = any ($1) and (c.relkind = 'm' or (c.relkind = 'v'
            and not coalesce(c.reloptions @> array['security_invoker=true'], false)))""",
        list(catalogue.OURS),
    )
    assert [row["proname"] for row in lent] == []
    assert [row["relname"] for row in views] == []


async def test_functions_with_the_owners_rights_fix_their_search_path(superuser: asyncpg.Connection) -> None:
    loose = await superuser.fetch(
        """select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where n.nspname = any ($1) and p.prosecdef
            and not exists (select 1 from unnest(p.proconfig) c where c like 'search_path=%')""",
        list(catalogue.OURS),
    )
    assert [row["proname"] for row in loose] == []


async def test_the_public_and_national_logins_can_write_nothing(superuser: asyncpg.Connection) -> None:
    grants = await superuser.fetch(
        """select grantee, table_name, privilege_type from information_schema.role_table_grants
        where grantee in ('concordat_public', 'concordat_national') and privilege_type <> 'SELECT'"""
    )
    assert [tuple(row) for row in grants] == []
