"""`concordat serve`: the web process."""

import rich_click as click

from infra.local import ready_settings
from infra.settings import Settings


@click.command()
def serve() -> None:
    """Answer web pages and GraphQL on CONCORDAT_HOST and CONCORDAT_PORT until stopped.

    On SIGTERM requests that have begun are answered first. Run as many as you like behind a load balancer.
    """
    with ready_settings() as settings:
        _run(settings)


def _run(settings: Settings) -> None:
    import uvicorn  # here, so that `concordat --help` need not wait for it

    from backend.web.serving import WholeAnswers

    uvicorn.run(
        "backend.app:create_app",
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
