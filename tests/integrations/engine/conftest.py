"""An agency with numbers over real HTTP, and an area that is linked to it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest

from integrations.neighbour import forget_neighbours
from tests.support.cluster import Cluster
from tests.support.connections import make_connection, set_credential
from tests.support.hostile_provider import HostileProvider, hostile_provider, says
from tests.support.world import AreaMade, make_area


@dataclass(frozen=True)
class Linked:
    """An area, its connection, and the agency behind it."""

    area: AreaMade
    connection: UUID
    agency: HostileProvider

    def has(self, *pages: list[int], **changed: Any) -> None:
        """Let the agency have these pages of numbers."""
        for number, page in enumerate(pages, start=1):
            self.agency.scripts[f"/page-{number}"] = says(
                {"numbers": page, "more": number < len(pages), "total": sum(map(len, pages)), **changed}
            )

    def asked(self) -> dict[str, int]:
        """How often each page was asked for."""
        return {path: times for path, times in self.agency.asked.items() if path.startswith("/page")}


@pytest.fixture
async def linked(database: Cluster) -> AsyncIterator[Linked]:
    forget_neighbours()
    async with hostile_provider() as agency:
        agency.token_body = {"access_token": "first", "expires_in": "599"}
        area = await make_area()
        connection = await make_connection(
            area, system="numbers", base_url=agency.base_url, options={"calls_per_second": 1000}
        )
        await set_credential(area, connection, kind="client_secret", value="hush-hush")
        yield Linked(area, connection, agency)
    forget_neighbours()
