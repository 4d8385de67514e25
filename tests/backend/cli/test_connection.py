"""`concordat connection rotate-keys`: every area's and the national credentials, with the keys of the environment."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.secrets import use_secret
from tenants.connections import credentials, service
from tenants.tenancy.scope import tenant_scope
from tests.backend.cli.runner import concordat, settings_of
from tests.support.cluster import SECRET_KEY, Cluster
from tests.support.connections import keeper, serving
from tests.support.queue import as_superuser
from tests.support.world import make_area
from tests.tenants.connections.entered import linked

NEW = "the secret key of tomorrow, 0123456789"


SEALED = ("connection_credential", "connection_signing_key", "connection_hook_secret", "webhook_secret")


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    yield
    use_secret(SECRET_KEY.encode())


async def test_it_seals_anew_and_back_again(database: Cluster, tmp_path: Path) -> None:
    area = await make_area()
    connection, who = await linked(area), keeper(area)
    for table in SEALED:  # some of the other tests' open with no key, some were sealed anew
        await as_superuser(database, f"delete from {table}")
    async with tenant_scope(who):
        await service.set_credential(by=who, connection_id=connection, version=1, kind="client_secret", secret="s3cret")
    keys = {**settings_of(database), "SECRET_KEY": NEW, "OLD_SECRET_KEY": SECRET_KEY}
    done = concordat("connection", "rotate-keys", data_dir=tmp_path, **keys)
    assert done.stdout == "1 credential sealed anew, 0 sealed with this key already.\n", done.stderr
    assert SECRET_KEY not in done.stdout + done.stderr
    use_secret(NEW.encode())
    async with serving(area):
        assert await credentials.opened(connection_id=connection) == {"client_secret": "s3cret"}
    back = {**keys, "SECRET_KEY": SECRET_KEY, "OLD_SECRET_KEY": NEW}
    assert concordat("connection", "rotate-keys", data_dir=tmp_path, **back).returncode == 0


def test_without_the_old_key_it_says_so(database: Cluster, tmp_path: Path) -> None:
    refused = concordat("connection", "rotate-keys", data_dir=tmp_path, **settings_of(database))
    assert refused.returncode == 1
    assert refused.stderr.startswith("CONCORDAT_OLD_SECRET_KEY is not set")
