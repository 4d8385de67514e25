"""What the servers remember: tokens, credentials, what tests changed, and what was handed out."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from secrets import token_urlsafe
from typing import Any

from integrations.sandbox.agencies.agency import Setup
from integrations.sandbox.agencies.oneroster.dialect import ALL, Dialect
from integrations.sandbox.agencies.oneroster.people import Server

CLIENT_ID, SECRET = "concordat", "a secret: of the & school's system"
CORE = "https://purl.imsglobal.org/spec/or/v1p2/scope/roster-core.readonly"
FULL = "https://purl.imsglobal.org/spec/or/v1p2/scope/roster.readonly"
DEMOGRAPHICS = "https://purl.imsglobal.org/spec/or/v1p2/scope/roster-demographics.readonly"
SCOPES = frozenset({CORE, FULL, DEMOGRAPHICS})


@dataclass
class State:
    """Everything of all servers that changes. `changed` and `gone` are by server and id."""

    setup: Setup
    servers: Mapping[str, Server]
    dialects: dict[str, Dialect] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, tuple[str, frozenset[str], float]] = field(default_factory=dict)
    changed: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    gone: dict[str, set[str]] = field(default_factory=dict)
    handed_out: Counter[str] = field(default_factory=Counter)
    scopes_asked: set[str] = field(default_factory=set)

    def dialect(self, server: Server) -> Dialect:
        """The manners of a server."""
        return self.dialects.get(server.name, ALL[server.number % len(ALL)])

    def change_dialect(self, server: Server, changes: Mapping[str, Any]) -> None:
        """Give a server other manners."""
        told: dict[str, Any] = {k: tuple(value) if isinstance(value, list) else value for k, value in changes.items()}
        self.dialects[server.name] = replace(self.dialect(server), **told)

    def issue(self, server: Server, scopes: frozenset[str]) -> str:
        """A new access token."""
        now = time.monotonic()
        self.tokens = {token: grant for token, grant in self.tokens.items() if grant[2] > now}
        token = token_urlsafe(24)
        self.tokens[token] = (server.name, scopes, now + self.token_seconds)
        return token

    @property
    def token_seconds(self) -> int:
        """How long a token is good for."""
        return self.setup.number("token_seconds", 3600)

    def reset(self) -> None:
        """Forget what tests did; tokens stay good."""
        for kept in (self.dialects, self.secrets, self.changed, self.gone, self.handed_out, self.scopes_asked):
            kept.clear()

    def seen(self) -> dict[str, Any]:
        """How many rows of each kind were handed out, and which scopes were asked for."""
        return {"handed_out": dict(self.handed_out), "scopes": sorted(self.scopes_asked)}


def servers_of(setup: Setup) -> dict[str, Server]:
    """The servers, each with its share of the nation's schools and staff; or those that it is told to hold."""
    if setup.holds is not None:
        return {name: _holding(setup, name, number) for number, name in enumerate(setup.holds)}
    count = setup.number("servers", 6)
    schools, staff = setup.number("schools", count * 8), setup.number("staff", count * 20)
    made: dict[str, Server] = {}
    for number in range(count):
        first, after = number * schools // count, (number + 1) * schools // count
        made[f"s{number + 1}"] = Server(
            name=f"s{number + 1}",
            number=number,
            seed=setup.seed,
            url=f"{setup.base_url}/s{number + 1}/ims/oneroster/rostering/v1p2",
            first_school=first,
            schools=after - first,
            staff=(number + 1) * staff // count - number * staff // count,
            others=setup.number("others", 2),
            pupils=setup.number("pupils", 5),
            first_urn=setup.number("first_urn", 900_001),
        )
    return made


def _holding(setup: Setup, name: str, number: int) -> Server:
    """A server with the schools that are listed for it: `[[urn, name], …]`, each with two further members of staff."""
    schools = tuple((int(urn), str(called)) for urn, called in setup.holds[name])
    return Server(
        name=name,
        number=number,
        seed=setup.seed,
        url=f"{setup.base_url}/{name}/ims/oneroster/rostering/v1p2",
        first_school=sum(len(setup.holds[other]) for other in list(setup.holds)[:number]),
        schools=len(schools),
        staff=len(schools) * 5 // 2,
        others=setup.number("others", 2),
        pupils=setup.number("pupils", 5),
        first_urn=setup.number("first_urn", 900_001),
        listed=schools,
    )
