"""The processes of the demo, in the order in which they start."""

import sys

from infra.settings import Settings
from infra.supervisor import Service

IDENTITY_HOST = "127.0.0.1"


def issuer(*, identity_port: int) -> str:
    """The address of the demo's identity provider."""
    return f"http://{IDENTITY_HOST}:{identity_port}"


def services(settings: Settings, *, identity_port: int) -> tuple[Service, ...]:
    """Identity provider, web, worker."""
    return (
        Service(
            name="identity provider",
            command=_python("-m", "integrations.sandbox.identity_provider", "--port", str(identity_port)),
            port=identity_port,
            health="/.well-known/openid-configuration",
            other_port=f"make demo ARGS='--identity-port {identity_port + 1}'",
        ),
        Service(
            name="web",
            command=_python("-m", "backend.cli", "serve"),
            host=settings.host,
            port=settings.port,
            health="/health/ready",
            other_port=f"make demo CONCORDAT_PORT={settings.port + 1}",
        ),
        Service(name="worker", command=_python("-m", "backend.cli", "worker")),
    )


def _python(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-u", *arguments)
