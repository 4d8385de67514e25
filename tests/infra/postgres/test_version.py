"""Which servers are accepted, and what is said of the others, whoever meets them first."""

import asyncpg
import pytest

from infra.database import guards
from infra.postgres.embedded import EmbeddedServer
from infra.postgres.errors import UnsupportedServerError
from infra.postgres.version import MINIMUM_MAJOR, require_supported


async def test_the_embedded_server_is_accepted(server: EmbeddedServer) -> None:
    connection = await asyncpg.connect(server.dsn("concordat_app"))
    guards.check_version(connection)
    await connection.close()


async def test_a_process_that_serves_or_migrates_says_the_same_as_one_that_provisions(
    server: EmbeddedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ours is taken for an old one."""
    connection = await asyncpg.connect(server.dsn("concordat_app"))
    monkeypatch.setattr("infra.postgres.version.MINIMUM_MAJOR", 99)
    with pytest.raises(UnsupportedServerError) as served:
        guards.check_version(connection)
    with pytest.raises(UnsupportedServerError) as provisioned:
        require_supported(major=connection.get_server_version().major)
    await connection.close()
    assert str(served.value) == str(provisioned.value)


@pytest.mark.parametrize("major", [17, 13, 9])
def test_an_older_server_is_refused_in_a_sentence(major: int) -> None:
    with pytest.raises(UnsupportedServerError, match=rf"PostgreSQL {major}; Concordat needs PostgreSQL 18"):
        require_supported(major=major)


@pytest.mark.parametrize("major", [MINIMUM_MAJOR, MINIMUM_MAJOR + 1])
def test_newer_servers_are_accepted(major: int) -> None:
    require_supported(major=major)
