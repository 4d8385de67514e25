"""`concordat connection`: what whoever runs the service does about connections to agencies."""

from typing import TYPE_CHECKING

import rich_click as click

from backend.cli.console import CONSOLE
from backend.cli.errors import CommandError
from backend.cli.operator import account_name, run
from infra.settings import load_settings

if TYPE_CHECKING:
    from tenants.connections.resealing import Rotated

MOST_AREAS = 100_000


@click.group()
def connection() -> None:
    """Connections to agencies' systems: a new key for what is sealed for them. Anything else is on the pages."""


@connection.command("rotate-keys")
def rotate_keys() -> None:
    """Seal the credentials of connections with a new secret key.

    CONCORDAT_SECRET_KEY is the new key, CONCORDAT_OLD_SECRET_KEY the one before it: run it beside `concordat reseal`.
    An area's are sealed anew all or none; a second run goes on where the first one stopped.
    """
    old = load_settings().old_secret_key.get_secret_value()
    if not old:
        raise CommandError("CONCORDAT_OLD_SECRET_KEY is not set: give the secret key that was used until now.")
    done = run(lambda: rotate_all(old.encode()), logins=("app", "worker"))
    anew, already = sum(one.anew for one in done), sum(one.already for one in done)
    counted = "1 credential" if anew == 1 else f"{anew} credentials"
    CONSOLE.print(f"{counted} sealed anew, {already} sealed with this key already.", markup=False)


async def rotate_all(old_secret: bytes) -> "list[Rotated]":
    """Rotate the national connections' keys and each area's, one transaction each."""
    from tenants.connections import resealing
    from tenants.tenancy import queries
    from tenants.tenancy.scope import system_scope, tenant_scope, worker_actor

    async with system_scope(account_name(), powers=["platform"]):
        areas = [area.id for area in await queries.areas(limit=MOST_AREAS)]
    done = []
    for area_id in (None, *areas):
        by = worker_actor(account_name(), areas=[] if area_id is None else [area_id], powers=["agencies"])
        async with tenant_scope(by):
            done.append(await resealing.rotate(by=by, area_id=area_id, old_secret=old_secret))
    return done
