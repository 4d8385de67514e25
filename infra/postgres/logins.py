"""The five logins: one for each kind of process, none superuser, none exempt from row-level security.

The limits keep a stuck statement of one kind of process from starving the others; PostgreSQL ends the work.
"""

from dataclasses import dataclass

DATABASE = "concordat"
EXTENSIONS = ("btree_gist", "pg_trgm")


@dataclass(frozen=True, kw_only=True)
class Login:
    """One PostgreSQL login: its settings variable and the settings its sessions start with."""

    name: str
    variable: str
    purpose: str
    settings: tuple[tuple[str, str], ...]


def _limits(*, statement: str, lock: str, idle: str, transaction: str) -> tuple[tuple[str, str], ...]:
    return (
        ("statement_timeout", statement),
        ("lock_timeout", lock),
        ("idle_in_transaction_session_timeout", idle),
        ("transaction_timeout", transaction),
    )


_PEOPLE = _limits(statement="5s", lock="3s", idle="15s", transaction="30s")
_READ_ONLY = (*_PEOPLE, ("default_transaction_read_only", "on"))

OWNER = Login(
    name="concordat_owner",
    variable="DATABASE_OWNER_URL",
    purpose="owns the tables; used by migrations only",
    settings=(("lock_timeout", "10s"), ("idle_in_transaction_session_timeout", "5min")),
)
APP = Login(
    name="concordat_app",
    variable="DATABASE_URL",
    purpose="what signed-in people and machine clients do",
    settings=_PEOPLE,
)
WORKER = Login(
    name="concordat_worker",
    variable="DATABASE_WORKER_URL",
    purpose="work that happens later: messages, imports, sweeps",
    settings=_limits(statement="60s", lock="10s", idle="60s", transaction="5min"),
)
NATIONAL = Login(
    name="concordat_national",
    variable="DATABASE_NATIONAL_URL",
    purpose="officials; reads only what areas have referred or published",
    settings=_READ_ONLY,
)
PUBLIC = Login(
    name="concordat_public",
    variable="DATABASE_PUBLIC_URL",
    purpose="pages without sign-in; reads only what is published",
    settings=_READ_ONLY,
)

LOGINS = (OWNER, APP, WORKER, NATIONAL, PUBLIC)
