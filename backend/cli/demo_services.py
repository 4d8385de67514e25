"""The processes of the demo, in the order in which they start."""

import sys
from collections.abc import Mapping

from backend.cli import demo_identity, demo_nation
from infra.settings import Settings
from infra.supervisor import Service

HOST = demo_identity.HOST
AGENCIES = "agencies"


def agencies_url(*, port: int) -> str:
    """Where the agencies' systems answer."""
    return f"http://{HOST}:{port}"


def services(
    settings: Settings, *, identity_port: int, agencies_port: int, issuers: Mapping[str, str]
) -> tuple[Service, ...]:
    """The agencies' systems, which the nation is built against; identity provider, web, worker."""
    return (
        _agencies(settings, port=agencies_port),
        _identity_provider(settings, port=identity_port, issuers=issuers),
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


def _identity_provider(settings: Settings, *, port: int, issuers: Mapping[str, str]) -> Service:
    files = demo_identity.folder(settings.data_dir.absolute())
    told = [f"--issuer={path}={title}" for path, title in issuers.items()]
    where = [f"--host={demo_identity.HOST}", f"--port={port}", f"--keys-dir={files / 'keys'}"]
    who = [f"--people={files / 'people.json'}", f"--clients={files / 'clients.json'}"]
    return Service(
        name="identity provider",
        command=_python("-m", "integrations.sandbox.identity_provider", *where, *who, *told),
        host=demo_identity.HOST,
        port=port,
        health=f"/{next(iter(issuers))}/.well-known/openid-configuration",
        other_port=f"make demo ARGS='--identity-port {port + 1}'",
    )


def _agencies(settings: Settings, *, port: int) -> Service:
    nation = demo_nation.agencies_file(settings.data_dir.absolute())
    registered = demo_nation.registered_file(settings.data_dir.absolute())
    where = (f"--host={HOST}", f"--port={port}", f"--nation={nation}", f"--set=nhs.registered={registered}")
    return Service(
        name=AGENCIES,
        command=_python("-m", "integrations.sandbox.agencies", *where),
        host=HOST,
        port=port,
        health="/controls/health",
        other_port=f"make demo ARGS='--agencies-port {port + 1}'",
    )


def _python(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-u", *arguments)
