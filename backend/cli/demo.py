"""`concordat demo`: an invented nation on one's own machine."""

from urllib.parse import urlsplit

import rich_click as click

from backend.cli.errors import CommandError
from infra.settings import Settings, load_settings


@click.command()
@click.option("--fresh", is_flag=True, help="Start over: remove the demo's data first.")
@click.option(
    "--identity-port",
    type=click.IntRange(1, 65535),
    default=8010,
    show_default=True,
    help="Port of the demo's identity provider.",
)
@click.option(
    "--agencies-port",
    type=click.IntRange(1, 65535),
    default=8020,
    show_default=True,
    help="Port of the agencies' invented systems.",
)
def demo(*, fresh: bool, identity_port: int, agencies_port: int) -> None:
    """Run an invented nation on this machine: PostgreSQL, sign-in, agencies, web and worker, until Ctrl-C.

    The data is kept in CONCORDAT_DATA_DIR and used again the next time.
    """
    from backend.cli import demo_identity, demo_nation  # here: the other commands need not wait for Piccolo
    from backend.cli.demo_run import run
    from backend.cli.demo_services import agencies_url, services

    settings = load_settings()
    if not settings.is_embedded:
        raise CommandError(
            "The demo fills a database with invented areas, so it only runs on its own embedded server. "
            "Unset the five CONCORDAT_DATABASE_*URL variables, or use: concordat serve"
        )
    _check_address(settings)
    issuers = demo_identity.issuers(demo_nation.builder())
    run(
        settings,
        services=services(settings, identity_port=identity_port, agencies_port=agencies_port, issuers=issuers),
        identity_url=demo_identity.url(port=identity_port),
        agencies_url=agencies_url(port=agencies_port),
        fresh=fresh,
    )


def _check_address(settings: Settings) -> None:
    """Raise `CommandError` for an address on this machine where nothing would listen: people would be sent there."""
    address = urlsplit(settings.base_url)
    here = "base_url" in settings.model_fields_set and address.hostname in ("127.0.0.1", "localhost")
    if here and (address.port or 80) != settings.port:
        raise CommandError(
            f"People would be sent to {settings.base_url}, but the web process listens on port {settings.port}. "
            f"Set CONCORDAT_PORT={address.port or 80} as well, or leave CONCORDAT_BASE_URL out."
        )
