"""`concordat serve`: the web process."""

import rich_click as click

from backend.cli.errors import CommandError
from infra.health import is_free
from infra.local import ready_settings
from infra.settings import Settings


@click.command()
def serve() -> None:
    """Answer web pages and GraphQL on CONCORDAT_HOST and CONCORDAT_PORT until stopped.

    On SIGTERM requests that have begun are answered first. Run as many as you like behind a load balancer.
    """
    with ready_settings() as settings:
        if settings.port and not is_free(host=settings.host, port=settings.port):
            raise CommandError(
                f"Concordat cannot listen on {settings.host}, port {settings.port}: another program does, or the "
                "address is not this machine's. Stop that program, or set CONCORDAT_HOST and CONCORDAT_PORT to others."
            )
        _run(settings)


def _run(settings: Settings) -> None:
    import uvicorn  # here, so that `concordat --help` need not wait for it

    from backend.web.serving import WholeAnswers

    uvicorn.run(
        "backend.cli.starting:create_app",
        factory=True,
        host=settings.host,
        port=settings.port,
        log_level=settings.log_level,
        access_log=False,
        server_header=False,
        http=WholeAnswers,
        proxy_headers=False,  # the application reads X-Forwarded-For itself, as far as trusted_proxies goes
        timeout_graceful_shutdown=20,
    )
