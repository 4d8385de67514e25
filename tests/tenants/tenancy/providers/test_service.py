"""Sign-in providers and machine clients: an administrator's, with secrets that no one reads again."""

from __future__ import annotations

import pytest

from backend.auth.stores import sign_in_provider, sign_in_providers
from infra.database import sql
from infra.sealing import CannotOpen, seal, unseal
from tenants.tenancy.errors import NotAllowed, Problems
from tenants.tenancy.providers import queries, service
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import system_scope, tenant_scope
from tests.support.cluster import Cluster
from tests.support.world import actor, make_area, manager

ADMIN = actor(Role.PLATFORM_ADMINISTRATOR)
PROVIDER = {
    "slug": "colleges",
    "name": "Colleges",
    "issuer": "https://id.example",
    "client_id": "us",
    "secret": "s3cret",
}


async def test_a_provider_is_kept_with_its_secret_sealed_for_its_own_place(database: Cluster) -> None:
    async with tenant_scope(ADMIN):
        await service.save_provider(by=ADMIN, **PROVIDER)  # type: ignore[arg-type]
        kept = await queries.provider(slug="colleges")
    assert kept is not None
    assert kept.sealed_secret is not None
    assert b"s3cret" not in kept.sealed_secret
    assert "s3cret" not in repr(kept)
    assert unseal(kept.sealed_secret, place="identity_provider|colleges") == "s3cret"
    with pytest.raises(CannotOpen):
        unseal(kept.sealed_secret, place="identity_provider|schools")


async def test_saving_without_a_secret_keeps_the_one_there_is(database: Cluster) -> None:
    async with tenant_scope(ADMIN):
        await service.save_provider(by=ADMIN, **PROVIDER)  # type: ignore[arg-type]
        before = await queries.provider(slug="colleges")
        await service.save_provider(by=ADMIN, **{**PROVIDER, "name": "FE colleges", "secret": None})  # type: ignore[arg-type]
        after = await queries.provider(slug="colleges")
    assert before is not None
    assert after is not None
    assert (after.name, after.sealed_secret) == ("FE colleges", before.sealed_secret)


async def test_a_business_manager_neither_writes_nor_reads_providers(database: Cluster) -> None:
    area = await make_area()
    async with tenant_scope(manager(area)):
        with pytest.raises(NotAllowed):
            await service.save_provider(by=manager(area), **PROVIDER)  # type: ignore[arg-type]
        assert await sql.fetch("select * from identity_provider") == []


def test_sealing_twice_gives_two_texts() -> None:
    assert seal("s3cret", place="a") != seal("s3cret", place="a")


@pytest.mark.parametrize(
    ("scope_roles", "area", "field"),
    [
        ({}, False, "scopeRoles"),
        ({"read": "platform_administrator"}, False, "scopeRoles"),
        ({"read": "viewer"}, False, "areaId"),
        ({"read": "official"}, True, "areaId"),
    ],
)
async def test_a_machine_never_gets_a_role_it_may_not_hold(
    database: Cluster, scope_roles: dict[str, str], area: bool, field: str
) -> None:
    area_id = (await make_area()).id if area else None
    async with tenant_scope(ADMIN):
        with pytest.raises(Problems) as refused:
            await service.save_machine_client(
                by=ADMIN, name="A system", issuer="https://id.example", client_id="x", scope_roles=scope_roles,
                area_id=area_id,
            )
    assert [problem.field for problem in refused.value.problems] == [field]


async def test_all_that_is_wrong_with_a_provider_is_said_at_once(database: Cluster) -> None:
    with pytest.raises(Problems) as refused:
        async with tenant_scope(ADMIN):
            await service.save_provider(
                by=ADMIN, slug="Our Schools", name="", issuer="ldap://id.example", client_id=" ", secret="s" * 9000,
                client_auth="by letter", scopes="", version=0,
            )  # fmt: skip
    said = [problem.field for problem in refused.value.problems]
    assert said == ["slug", "name", "issuer", "clientId", "secret", "clientAuth", "scopes"]


async def test_all_that_is_wrong_with_a_system_is_said_at_once(database: Cluster) -> None:
    with pytest.raises(Problems) as refused:
        async with tenant_scope(ADMIN):
            await service.save_machine_client(
                by=ADMIN, name="", issuer="", client_id="", scope_roles={}, area_id=None, version=0
            )
    assert [problem.field for problem in refused.value.problems] == ["name", "issuer", "clientId", "scopeRoles"]


async def test_a_machine_client_is_found_at_sign_in(database: Cluster) -> None:
    async with tenant_scope(ADMIN):
        await service.save_machine_client(
            by=ADMIN, name="A system", issuer="https://id.example", client_id="found", area_id=None,
            scope_roles={"national:read": "official"},
        )
    async with system_scope("signing in", powers=["signin"]):
        found = await queries.machine_client(issuer="https://id.example", client_id="found")
    assert found is not None
    assert found.scope_roles == {"national:read": "official"}


async def test_a_provider_whose_secret_does_not_open_leaves_the_others_working(database: Cluster) -> None:
    elsewhere = seal("s3cret", place="identity_provider|somewhere-else")
    async with tenant_scope(ADMIN):
        await service.save_provider(by=ADMIN, **{**PROVIDER, "slug": "moved"})  # type: ignore[arg-type]
        await service.save_provider(by=ADMIN, **{**PROVIDER, "slug": "whole"})  # type: ignore[arg-type]
        await sql.execute("update identity_provider set sealed_secret = $1 where slug = 'moved'", elsewhere)
    slugs = [provider.slug for provider in await sign_in_providers()]
    assert "whole" in slugs
    assert "moved" not in slugs
    assert await sign_in_provider("moved") is None
