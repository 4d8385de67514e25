"""`concordat provider`: where people sign in. A fresh installation needs one before anyone can use the pages."""

from typing import IO

import rich_click as click
from rich.table import Table

from backend.cli.console import CONSOLE
from backend.cli.operator import as_operator
from tenants.tenancy.actor import Actor

WAYS = click.Choice(["client_secret_basic", "client_secret_post", "private_key_jwt"])


@click.group()
def provider() -> None:
    """Sign-in providers: list them, describe one, switch one on or off. The rest is on the pages, under Sign-in."""


@provider.command(name="list")
def list_() -> None:
    """List the sign-in providers; secrets are never shown."""
    table = Table("Web name", "Name", "Issuer", "Client id", "Secret", "State")
    for cells in as_operator(_lines):
        table.add_row(*cells)
    CONSOLE.print(table if table.row_count else "No provider yet: concordat provider add WEB-NAME …")


async def _lines(_: Actor) -> list[tuple[str, ...]]:
    from tenants.tenancy.providers import queries

    return [
        (
            one.slug,
            one.name,
            one.issuer,
            one.client_id,
            "stored" if one.sealed_secret else "none",
            "on" if one.enabled else "off",
        )
        for one in await queries.providers(enabled_only=False)
    ]


@provider.command()
@click.argument("slug")
@click.option("--name", required=True, help="What people see on the sign-in page.")
@click.option("--issuer", required=True, help="Exactly as its discovery document states it, to the last character.")
@click.option("--client-id", required=True, help="What the provider calls us.")
@click.option("--client-auth", type=WAYS, default="client_secret_basic", show_default=True)
@click.option("--scopes", default="openid profile email", show_default=True)
@click.option("--secret-file", type=click.File(), help="File with the secret or private key; - reads standard input.")
def add(
    *,
    slug: str,
    name: str,
    issuer: str,
    client_id: str,
    client_auth: str,
    scopes: str,
    secret_file: IO[str] | None,
) -> None:
    """Describe a sign-in provider with the web name SLUG. Its secret is asked for, or read from a file."""
    secret = secret_file.read().strip() if secret_file else click.prompt("Secret", hide_input=True)

    async def work(by: Actor) -> None:
        from tenants.tenancy.providers import service

        await service.save_provider(
            by=by,
            slug=slug,
            name=name,
            issuer=issuer,
            client_id=client_id,
            secret=secret,
            client_auth=client_auth,
            scopes=scopes,
            version=0,
        )

    as_operator(work)
    CONSOLE.print(
        f"{name} is added. Register CONCORDAT_BASE_URL/sign-in/{slug}/callback as its redirect address.", markup=False
    )


@provider.command()
@click.argument("slug")
@click.option("--on/--off", "enabled", required=True, help="Let people sign in there, or stop it.")
def switch(*, slug: str, enabled: bool) -> None:
    """Switch the sign-in provider SLUG on or off: also when nobody can sign in any more to do it on the pages."""

    async def work(by: Actor) -> None:
        from tenants.tenancy.providers import service

        await service.switch_provider(by=by, slug=slug, enabled=enabled)

    as_operator(work)
    CONSOLE.print(f"{slug} is switched {'on' if enabled else 'off'}.", markup=False)
