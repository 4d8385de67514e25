"""Who may sign in here, to which clients, under which issuers: read from JSON files."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody to sign in as. Without `issuers` they are known at every issuer.

    `organisation` is DfE Sign-in's claim as it will be sent: an object, a JSON string of one, or `{}`.
    """

    sub: str
    name: str
    email: str
    group: str = "People"
    description: str = ""
    issuers: tuple[str, ...] = ()
    organisation: Any = None


@dataclass(frozen=True, kw_only=True)
class Client:
    """A service that people sign in to, or (with `scopes` and `audience`) a machine that asks for tokens.

    `claims_in_id_token` False is DfE Sign-in's way: only the subject in the ID token, the rest at userinfo.
    """

    client_id: str
    client_secret: str | None = None
    public_key: dict[str, Any] | None = None
    redirect_uris: tuple[str, ...] = ()
    post_logout_redirect_uris: tuple[str, ...] = ()
    backchannel_logout_uri: str | None = None
    issuers: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    audience: str | None = None
    algorithm: str = "RS256"
    claims_in_id_token: bool = True


@dataclass(frozen=True, kw_only=True)
class Config:
    """`issuers` maps a path segment to the title on its page; `base_url` has no slash at its end."""

    base_url: str
    issuers: dict[str, str]
    people: dict[str, Person] = field(repr=False)
    clients: dict[str, Client] = field(repr=False)
    keys_dir: Path | None = None
    controls: bool = False

    def issuer_url(self, issuer: str) -> str:
        return f"{self.base_url}/{issuer}"

    def client(self, issuer: str, client_id: str) -> Client | None:
        """The client, if it is registered with this issuer."""
        found = self.clients.get(client_id)
        return found if found and (not found.issuers or issuer in found.issuers) else None

    def person(self, issuer: str, sub: str) -> Person | None:
        """The person, if this issuer knows them."""
        found = self.people.get(sub)
        return found if found and (not found.issuers or issuer in found.issuers) else None


def read_people(path: Path) -> dict[str, Person]:
    """People by subject, in the order of the file."""
    return {entry["sub"]: Person(**_tuples(entry)) for entry in json.loads(path.read_text("utf-8"))}


def read_clients(path: Path) -> dict[str, Client]:
    """Clients by id."""
    return {entry["client_id"]: Client(**_tuples(entry)) for entry in json.loads(path.read_text("utf-8"))}


def _tuples(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}
