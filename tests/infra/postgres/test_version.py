"""Which servers are accepted, and what is said of the others."""

import asyncpg
import pytest

from infra.postgres.embedded import EmbeddedServer
from infra.postgres.errors import UnsupportedServerError
from infra.postgres.version import check_version, require_supported


async def test_the_embedded_server_is_accepted(server: EmbeddedServer) -> None:
    connection = await asyncpg.connect(server.dsn("concordat_app"))
    await check_version(connection)
    await connection.close()


@pytest.mark.parametrize("number", [170006, 130014, 90624])
def test_an_older_server_is_refused_in_a_sentence(number: int) -> None:
    with pytest.raises(UnsupportedServerError, match=r"PostgreSQL \d+; Concordat needs PostgreSQL 18"):
        require_supported(number=number)


@pytest.mark.parametrize("number", [180000, 180006, 190001])
def test_newer_servers_are_accepted(number: int) -> None:
    require_supported(number=number)
