"""The oldest PostgreSQL that Concordat runs on, and what is said of an older one."""

from infra.postgres.errors import UnsupportedServerError

MINIMUM_MAJOR = 18


def require_supported(*, major: int) -> None:
    """Raise `UnsupportedServerError` unless a server of this major version is new enough."""
    if major < MINIMUM_MAJOR:
        raise UnsupportedServerError(
            f"This server is PostgreSQL {major}; Concordat needs PostgreSQL {MINIMUM_MAJOR} or newer "
            "(uuidv7, transaction_timeout). Upgrade the server, point CONCORDAT_DATABASE_URL and its four companions "
            "at a newer one, or leave all five unset to use the embedded one."
        )
