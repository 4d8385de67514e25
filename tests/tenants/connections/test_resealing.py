"""Rotating the keys: what was sealed under the old secret key opens under the new one, area by area, all or none."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest

from infra.secrets import use_secret
from infra.standard_webhooks import key_of
from tenants.connections import credentials, service
from tenants.connections.resealing import Rotated, rotate
from tenants.connections.sealing import CannotOpen
from tenants.tenancy.errors import Invalid, WrongState
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import SECRET_KEY, Cluster
from tests.support.connections import engine, keeper, serving
from tests.support.hooks import told
from tests.support.world import AreaMade, make_area
from tests.tenants.connections.entered import linked
from tests.tenants.connections.hooks.test_secrets import good_at

NEW = b"the secret key of tomorrow, 0123456789"


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    yield
    use_secret(SECRET_KEY.encode())


async def kept(area: AreaMade) -> UUID:
    connection, who = await linked(area), keeper(area)
    async with tenant_scope(who):
        await service.set_credential(by=who, connection_id=connection, version=1, kind="client_secret", secret="s3cret")
    return connection


async def rotated(area: AreaMade, old: bytes) -> Rotated:
    async with serving(area):
        return await rotate(by=engine(area), area_id=area.id, old_secret=old)


async def test_a_credential_is_sealed_anew_once(database: Cluster) -> None:
    area = await make_area()
    connection = await kept(area)
    use_secret(NEW)
    with pytest.raises(CannotOpen, match="another key"):
        async with serving(area):
            await credentials.opened(connection_id=connection)
    assert await rotated(area, SECRET_KEY.encode()) == Rotated(anew=1, already=0)
    assert await rotated(area, SECRET_KEY.encode()) == Rotated(anew=0, already=1)
    async with serving(area):
        assert await credentials.opened(connection_id=connection) == {"client_secret": "s3cret"}


async def test_with_the_wrong_old_key_nothing_changes(database: Cluster) -> None:
    area = await make_area()
    connection = await kept(area)
    use_secret(NEW)
    with pytest.raises(WrongState, match="School information system"):
        await rotated(area, b"x" * 32)
    with pytest.raises(Invalid):
        await rotated(area, b"short")
    use_secret(SECRET_KEY.encode())
    async with serving(area):
        assert await credentials.opened(connection_id=connection) == {"client_secret": "s3cret"}


async def test_the_secret_of_a_hook_is_sealed_anew_as_well(database: Cluster) -> None:
    hook = await told()
    use_secret(NEW)
    assert await good_at(hook) == [], "a message is refused until the keys are rotated"
    assert await rotated(hook.area, SECRET_KEY.encode()) == Rotated(anew=1, already=0)
    assert await good_at(hook) == [key_of(hook.secret)]
