"""An area that was merged into another keeps its history and takes no more changes from anyone."""

from __future__ import annotations

from litestar import Litestar

from concordat_graphql import ids
from infra.database import sql
from tenants.tenancy import service
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import system_scope, tenant_scope
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


async def test_who_ran_it_still_reads_and_exports_its_trail(app: Litestar) -> None:
    area = await make_area()
    manager = await make_actor(Role.BUSINESS_MANAGER, area=area)
    await merge(area)
    async with await signed_in(app, manager) as browser:
        page = await browser.get(f"/area/{area.slug}/audit")
        assert "area.merge" in page.text
        export = await browser.get(f"/area/{area.slug}/audit.csv")
        assert "Council reorganisation" in export.response.text
        page = await browser.get(f"/area/{area.slug}/audit")
        assert "audit.export" in page.text


async def test_who_only_looked_on_still_does_not_read_its_trail(app: Litestar) -> None:
    area = await make_area()
    viewer = await make_actor(Role.VIEWER, area=area)
    await merge(area)
    async with await signed_in(app, viewer) as browser:
        for path in ("audit", "audit.csv"):
            await browser.get(f"/area/{area.slug}/{path}", status=403)


async def test_one_who_runs_another_area_too_reads_only_what_they_ran(app: Litestar) -> None:
    area, other = await make_area(), await make_area()
    someone = await make_actor(Role.VIEWER, area=area)
    async with system_scope("test", powers=["platform"]):
        await sql.execute(
            "insert into role_assignment (person_id, role, area_id, valid_from) values ($1, $2, $3, '2020-01-01')",
            someone.id, Role.BUSINESS_MANAGER.value, other.id,
        )
    await merge(area)
    async with await signed_in(app, someone) as browser:
        await browser.get(f"/area/{area.slug}/audit", status=403)
        await browser.get(f"/area/{other.slug}/audit")
