"""`concordat reseal`: after the secret key was changed, seal what is stored under the old one with the new one."""

from typing import TYPE_CHECKING

import rich_click as click

from backend.cli.console import CONSOLE
from backend.cli.errors import CommandError
from backend.cli.operator import in_scope, run
from infra.settings import load_settings
from tenants.tenancy.actor import Actor

if TYPE_CHECKING:
    from tenants.tenancy.providers.resealing import Resealed
    from tenants.tenancy.trail.resealing import TrailKeys

MOST_AREAS = 100_000


@click.command()
def reseal() -> None:
    """Seal the credentials of sign-in providers, and the keys of personal text in audit trails, with a new secret key.

    CONCORDAT_SECRET_KEY is the new key, CONCORDAT_OLD_SECRET_KEY the one before it. All credentials are sealed anew
    or, when one opens with neither key, nothing is. Restart web and worker processes with the new key afterwards.
    """
    done, keys = run(_both)
    CONSOLE.print(
        f"{_counted(done.anew, 'credential')} sealed anew, {done.already} sealed with this key already.", markup=False
    )
    CONSOLE.print(
        f"{_counted(keys.anew, 'key')} of personal text in audit trails sealed anew, "
        f"{keys.already} sealed with this key already.",
        markup=False,
        soft_wrap=True,
    )
    if keys.lost:
        raise CommandError(
            f"{_counted(len(keys.lost), 'key')} of audit trails opened with neither key and stay as they were "
            f"(areas {', '.join(map(str, sorted(set(keys.lost))))}). Run this again with the key before as the old one."
        )


async def _both() -> "tuple[Resealed, TrailKeys]":
    from tenants.tenancy import queries
    from tenants.tenancy.providers import resealing
    from tenants.tenancy.trail import resealing as trail

    old = load_settings().old_secret_key.get_secret_value()
    if not old:
        raise CommandError("CONCORDAT_OLD_SECRET_KEY is not set: give the secret key that was used until now.")
    areas = [area.id for area in await in_scope(lambda _: queries.areas(limit=MOST_AREAS))]

    async def work(by: Actor) -> "tuple[Resealed, TrailKeys]":
        done = await resealing.reseal(by=by, old_secret=old.encode())
        return done, await trail.reseal(by=by, areas=areas, old_secret=old.encode())

    return await in_scope(work, areas=areas)


def _counted(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number} {what}s"
