"""`concordat reseal`: after the secret key was changed, seal what is stored under the old one with the new one."""

from typing import TYPE_CHECKING

import rich_click as click

from backend.cli.console import CONSOLE
from backend.cli.errors import CommandError
from backend.cli.operator import as_operator
from infra.settings import load_settings
from tenants.tenancy.actor import Actor

if TYPE_CHECKING:
    from tenants.tenancy.providers.resealing import Resealed


@click.command()
def reseal() -> None:
    """Seal the credentials of sign-in providers with a new secret key.

    CONCORDAT_SECRET_KEY is the new key, CONCORDAT_OLD_SECRET_KEY the one before it. All are sealed anew or, when one
    opens with neither key, none. Restart web and worker processes with the new key afterwards.
    """
    done = as_operator(_work)
    CONSOLE.print(f"{_counted(done.anew)} sealed anew, {done.already} sealed with this key already.", markup=False)


async def _work(by: Actor) -> "Resealed":
    from tenants.tenancy.providers import resealing

    old = load_settings().old_secret_key.get_secret_value()
    if not old:
        raise CommandError("CONCORDAT_OLD_SECRET_KEY is not set: give the secret key that was used until now.")
    return await resealing.reseal(by=by, old_secret=old.encode())


def _counted(number: int) -> str:
    return "1 credential" if number == 1 else f"{number} credentials"
