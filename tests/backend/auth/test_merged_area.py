"""An area that was merged into another keeps its history and takes no more changes from anyone."""

from __future__ import annotations

from litestar import Litestar

from concordat_graphql import ids
from tenants.tenancy import service
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.support.product import api_of, codes, signed_in
from tests.support.world import AreaMade, actor, make_actor, make_area

ADMIN = actor(Role.PLATFORM_ADMINISTRATOR)


async def merge(area: AreaMade) -> None:
    into = await make_area()
    async with tenant_scope(ADMIN):
        await service.merge_area(by=ADMIN, area_id=area.id, into=into.id, reason="Council reorganisation")


async def test_its_manager_reads_on_and_changes_nothing(app: Litestar) -> None:
    area = await make_area()
    manager = await make_actor(Role.BUSINESS_MANAGER, area=area)
    board = {"idempotencyKey": "merged-area-1", "areaId": ids.encode("Area", area.id), "name": "Adults board",
             "kind": "safeguarding_adults"}
    api = await api_of(app, manager)
    assert codes(await api.mutate("LinkBoard", board)) == []
    await merge(area)
    refused = await api.mutate("LinkBoard", {**board, "idempotencyKey": "merged-area-2"})
    assert codes(refused) == ["NOT_ALLOWED"]
    async with await signed_in(app, manager) as browser:
        page = await browser.get(f"/area/{area.slug}/settings")
        assert "Adults board" in page.text
        assert "Add a board" not in page.text
