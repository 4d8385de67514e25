"""A new secret key: every provider's secret is opened with the old one and sealed with the new, all or none."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from infra.sealing import CannotOpen, unseal
from infra.secrets import use_secret
from tenants.audit import queries as audit
from tenants.audit.service import PLATFORM
from tenants.tenancy.errors import Invalid, NotAllowed, WrongState
from tenants.tenancy.providers import queries, service
from tenants.tenancy.providers.resealing import Resealed, reseal
from tenants.tenancy.providers.service import place_of
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import SECRET_KEY, Cluster
from tests.support.sealed import no_secrets
from tests.support.world import actor, make_area, manager

ADMIN = actor(Role.PLATFORM_ADMINISTRATOR)
OLD, NEW = SECRET_KEY.encode(), b"the secret key of tomorrow, 0123456789"
LOST = b"a key that nobody remembers, 0123456789"


@pytest_asyncio.fixture(autouse=True)
async def alone(database: Cluster) -> AsyncIterator[None]:
    """Only this test's providers have a secret."""
    async with no_secrets():
        yield


@pytest.fixture(autouse=True)
def keys() -> Iterator[None]:
    """Begins and ends with the key of the test session."""
    use_secret(OLD)
    yield
    use_secret(OLD)


async def keep(slug: str, *, secret: str | None, under: bytes = OLD) -> None:
    use_secret(under)
    async with tenant_scope(ADMIN):
        await service.save_provider(
            by=ADMIN, slug=slug, name="A provider", issuer="https://id.example", client_id="us", secret=secret
        )
    use_secret(NEW)


async def run(old: bytes = OLD) -> Resealed:
    async with tenant_scope(ADMIN):
        return await reseal(by=ADMIN, old_secret=old)


async def opens(slug: str, *, under: bytes | None = None) -> str:
    async with tenant_scope(ADMIN, readonly=True):
        row = await queries.provider(slug=slug)
    assert row is not None
    return unseal(row.sealed_secret or b"", place=place_of(slug), under=under)


async def test_every_secret_opens_with_the_new_key_and_no_longer_with_the_old(database: Cluster) -> None:
    await keep("first", secret="s3cret")
    await keep("second", secret="hunter2")
    await keep("without", secret=None)
    assert await run() == Resealed(anew=2, already=0)
    assert [await opens("first"), await opens("second")] == ["s3cret", "hunter2"]
    with pytest.raises(CannotOpen):
        await opens("first", under=OLD)


async def test_again_it_changes_nothing(database: Cluster) -> None:
    await keep("first", secret="s3cret")
    await run()
    assert await run() == Resealed(anew=0, already=1)
    assert await opens("first") == "s3cret"


async def test_when_one_does_not_open_it_is_named_and_none_is_changed(database: Cluster) -> None:
    await keep("first", secret="s3cret")
    await keep("lost", secret="hunter2", under=LOST)
    with pytest.raises(WrongState, match="The secret of lost opens neither"):
        await run()
    assert await opens("first", under=OLD) == "s3cret"


async def test_it_is_an_entry_that_names_them_without_a_secret(database: Cluster) -> None:
    await keep("first", secret="s3cret")
    await run()
    async with tenant_scope(ADMIN, readonly=True):
        entry = (await audit.entries(area_id=PLATFORM, limit=1))[0]
    assert (entry.action, entry.after) == ("provider.reseal", {"anew": ["first"], "already": 0})
    assert "s3cret" not in repr(entry)


async def test_a_key_that_is_too_short_is_refused(database: Cluster) -> None:
    with pytest.raises(Invalid, match="at least 32 characters"):
        await run(b"short")


async def test_only_an_administrator_may(database: Cluster) -> None:
    by = manager(await make_area())
    with pytest.raises(NotAllowed):
        async with tenant_scope(by):
            await reseal(by=by, old_secret=OLD)
