"""The files from which the demo's identity provider reads who may sign in, and to which service."""

import json
from collections.abc import Mapping
from pathlib import Path

from backend.cli.demo_nation import NationBuilder
from infra.postgres.secrets_file import load_or_create

HOST = "127.0.0.1"
_NOBODY_YET = {"demo": "Demonstration sign-in"}


def url(*, port: int) -> str:
    """The provider's address; an issuer is a path segment below it."""
    return f"http://{HOST}:{port}"


def issuers(nation: NationBuilder | None) -> Mapping[str, str]:
    """Path segment → title of the sign-in page."""
    return _NOBODY_YET if nation is None else nation.ISSUERS


def folder(data_dir: Path) -> Path:
    """Where the provider's files and keys lie."""
    return data_dir / "identity"


def client_secret(data_dir: Path) -> str:
    """The secret between web and provider: made at the first start, kept with the nation."""
    folder(data_dir).mkdir(exist_ok=True)
    return load_or_create(folder(data_dir) / "secret.json", names=["client_secret"])["client_secret"]


def write(data_dir: Path, *, nation: NationBuilder | None, base_url: str) -> None:
    """Write people and clients anew: the web's address may differ from the last start's."""
    secret = client_secret(data_dir)
    people = [] if nation is None else nation.identity_people()
    clients = [] if nation is None else nation.identity_clients(base_url=base_url, client_secret=secret)
    for name, entries in (("people", people), ("clients", clients)):
        file = folder(data_dir) / f"{name}.json"
        file.touch(mode=0o600)
        file.write_text(json.dumps([dict(entry) for entry in entries], indent=1))
