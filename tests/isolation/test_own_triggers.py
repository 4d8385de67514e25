"""A function that works with the owner's rights is hung on no table but ours: the worker can make temporary ones."""

from __future__ import annotations

import asyncpg
import pytest

from tests.isolation import catalogue
from tests.support.cluster import Cluster, looking_on

OWNERS_RIGHTS = """
select n.nspname || '.' || p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
where n.nspname = any ($1) and p.prosecdef and p.prorettype = 'trigger'::regtype
    and exists (select 1 from pg_roles r where r.rolname like 'concordat\\_%' and r.rolname <> 'concordat_owner'
        and has_function_privilege(r.oid, p.oid, 'execute'))
"""


async def test_no_login_may_make_a_trigger_with_the_owners_rights(database: Cluster) -> None:
    superuser = await looking_on(database)
    assert [row[0] for row in await superuser.fetch(OWNERS_RIGHTS, list(catalogue.OURS))] == []


async def test_the_worker_moves_no_chain_by_a_table_of_its_own(database: Cluster) -> None:
    worker = await asyncpg.connect(database.dsns["worker"])
    try:
        await worker.execute("create temporary table mine (like audit.event)")
        with pytest.raises(asyncpg.InsufficientPrivilegeError, match="link"):
            await worker.execute("create trigger own before insert on mine for each row execute function audit.link()")
    finally:
        await worker.close()
