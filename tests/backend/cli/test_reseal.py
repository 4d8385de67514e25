"""`concordat reseal`: the keys come from the environment, and it says how many it sealed anew."""

from __future__ import annotations

import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from infra.sealing import unseal
from infra.secrets import use_secret
from tenants.audit import queries as audit
from tenants.tenancy.providers import queries, service
from tenants.tenancy.queries import areas as areas_of_all
from tenants.tenancy.scope import system_actor, system_scope, tenant_scope
from tenants.tenancy.trail import resealing
from tests.backend.cli.runner import concordat, settings_of
from tests.support.cluster import SECRET_KEY, Cluster
from tests.support.membership import make_partnership
from tests.support.sealed import no_secrets

OPERATOR = system_actor("test", powers=["platform"])
NEW = "the secret key of tomorrow, 0123456789"


@pytest_asyncio.fixture(autouse=True)
async def alone(database: Cluster) -> AsyncIterator[None]:
    """Only this test's providers have a secret; other tests' trails have their keys back afterwards."""
    async with no_secrets():
        yield
    async with system_scope("test", powers=["platform"]):
        areas = [row.id for row in await areas_of_all(limit=100_000)]
    by = system_actor("test", powers=["platform"], areas=areas)
    async with tenant_scope(by):
        await resealing.reseal(by=by, areas=areas, old_secret=NEW.encode())


async def kept(*slugs: str) -> None:
    async with tenant_scope(OPERATOR):
        for slug in slugs:
            await service.save_provider(
                by=OPERATOR, slug=slug, name="A provider", issuer="https://id.example", client_id="us", secret="s3cret"
            )


def reseal(cluster: Cluster, data_dir: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    return concordat("reseal", data_dir=data_dir, **{**settings_of(cluster), "SECRET_KEY": NEW, **settings})


async def test_it_says_how_many_and_they_open_with_the_new_key(database: Cluster, tmp_path: Path) -> None:
    await kept("one-of-two", "two-of-two")
    done = reseal(database, tmp_path, OLD_SECRET_KEY=SECRET_KEY)
    assert done.stdout.splitlines()[0] == "2 credentials sealed anew, 0 sealed with this key already."
    again = reseal(database, tmp_path, OLD_SECRET_KEY=SECRET_KEY)
    assert again.stdout.splitlines()[0] == "0 credentials sealed anew, 2 sealed with this key already."
    async with tenant_scope(OPERATOR):
        row = await queries.provider(slug="one-of-two")
    assert row is not None
    assert row.sealed_secret is not None
    assert unseal(row.sealed_secret, place="identity_provider|one-of-two", under=NEW.encode()) == "s3cret"
    assert SECRET_KEY not in done.stdout + done.stderr


async def test_the_keys_of_audit_trails_are_sealed_anew_beside_them(database: Cluster, tmp_path: Path) -> None:
    made = await make_partnership()
    done = reseal(database, tmp_path, OLD_SECRET_KEY=SECRET_KEY)
    anew, _, rest = done.stdout.splitlines()[1].partition(" keys of personal text in audit trails sealed anew, ")
    assert int(anew) >= 6, "three leads and three delegates, and whoever other tests wrote of"
    assert rest.endswith("sealed with this key already.")
    again = reseal(database, tmp_path, OLD_SECRET_KEY=SECRET_KEY)
    assert again.stdout.splitlines()[1].startswith("0 keys of personal text in audit trails sealed anew, ")
    use_secret(NEW.encode())
    try:
        async with tenant_scope(made.manager, readonly=True):
            entries = await audit.entries(area_id=made.area.id, where=audit.Filter(action="appointment.add"))
    finally:
        use_secret(SECRET_KEY.encode())
    assert {(entry.after or {})["person_name"] for entry in entries} >= {"Lena Police", "Dev Council"}


async def test_a_wrong_old_key_is_a_sentence_and_nothing_is_changed(database: Cluster, tmp_path: Path) -> None:
    await kept("stays")
    refused = reseal(database, tmp_path, OLD_SECRET_KEY="x" * 32)
    assert refused.returncode == 1
    assert refused.stderr.startswith("The secret of stays opens neither with the old key nor with the new one.")
    async with tenant_scope(OPERATOR):
        row = await queries.provider(slug="stays")
    assert row is not None
    assert row.sealed_secret is not None
    assert unseal(row.sealed_secret, place="identity_provider|stays") == "s3cret"


def test_without_the_old_key_it_says_which_variable_is_missing(database: Cluster, tmp_path: Path) -> None:
    refused = reseal(database, tmp_path)
    assert (refused.returncode, refused.stderr.split()[0]) == (1, "CONCORDAT_OLD_SECRET_KEY")


def test_an_old_key_that_is_too_short_to_have_been_one_is_a_sentence(database: Cluster, tmp_path: Path) -> None:
    refused = reseal(database, tmp_path, OLD_SECRET_KEY="short")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.strip() == "The old secret key must have at least 32 characters."


def test_a_new_key_that_is_too_short_is_refused_with_the_settings(database: Cluster, tmp_path: Path) -> None:
    refused = reseal(database, tmp_path, SECRET_KEY="short", OLD_SECRET_KEY=SECRET_KEY)
    assert refused.returncode == 1
    assert "CONCORDAT_SECRET_KEY must have at least 32 characters (it has 5 characters)" in refused.stderr
