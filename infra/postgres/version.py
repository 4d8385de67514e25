"""The oldest PostgreSQL that Concordat runs on, and the check every entry point makes before it works."""

import asyncpg

from infra.postgres.errors import UnsupportedServerError

MINIMUM_MAJOR = 18


async def check_version(connection: asyncpg.Connection) -> None:
    """Raise `UnsupportedServerError` unless the server behind `connection` is new enough."""
    require_supported(number=int(await connection.fetchval("show server_version_num")))


def require_supported(*, number: int) -> None:
    """Judge a `server_version_num` such as 180006."""
    major = number // 10000
    if major < MINIMUM_MAJOR:
        raise UnsupportedServerError(
            f"This server is PostgreSQL {major}; Concordat needs PostgreSQL {MINIMUM_MAJOR} or newer. "
            "Upgrade the server, or point CONCORDAT_DATABASE_URL and its four companions at a newer one."
        )
