"""What a login must not be: the process refuses to start rather than run past row-level security."""

from __future__ import annotations

import asyncpg

from infra.postgres.version import require_supported

_FAULTS = """
select r.rolname as login, r.rolsuper, r.rolbypassrls,
       exists (select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace
               where c.relowner = r.oid and c.relkind in ('r', 'p') and c.relpersistence <> 't') as owns,
       exists (select 1 from pg_auth_members m where m.member = r.oid) as member
from pg_roles r where r.rolname = current_user
"""


class UnsafeLogin(RuntimeError):
    """The login could see or change rows that row-level security should hide."""


async def check_login(connection: asyncpg.Connection) -> None:
    """Return when the connection's login is safe to serve people with.

    Raises `UnsupportedServerError` below PostgreSQL 18 and `UnsafeLogin` for a superuser, a table owner, a login that
    bypasses row-level security, or one that is a member of another role.
    """
    check_version(connection)
    row = await connection.fetchrow(_FAULTS)
    assert row is not None
    faults = [text for key, text in _REASONS.items() if row[key]]
    if faults:
        raise UnsafeLogin(
            f"The database login '{row['login']}' {' and '.join(faults)}, so row-level security would not hold. "
            "Create the logins with `concordat migrate --print-logins` and use those."
        )


def check_version(connection: asyncpg.Connection) -> None:
    """Raise `UnsupportedServerError` below PostgreSQL 18."""
    require_supported(major=connection.get_server_version().major)


_REASONS = {
    "rolsuper": "is a superuser",
    "rolbypassrls": "bypasses row-level security",
    "owns": "owns tables",
    "member": "is a member of another role",
}
