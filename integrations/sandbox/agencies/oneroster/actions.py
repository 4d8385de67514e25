"""What a test can let happen at a server: people come, change and go, and the server gets other manners."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any

from integrations.sandbox.agencies.agency import Action
from integrations.sandbox.agencies.invented import stamp
from integrations.sandbox.agencies.oneroster.people import Server
from integrations.sandbox.agencies.oneroster.state import State

Values = Mapping[str, Any]


def of(state: State) -> Mapping[str, Action]:
    """`change`, `add`, `remove` (tobedeleted), `vanish` (not listed any more), `manners`, `new_secret`, `schools`."""
    return {
        "change": partial(_change, state),
        "add": partial(_add, state),
        "remove": partial(_remove, state),
        "vanish": partial(_vanish, state),
        "manners": partial(_manners, state),
        "new_secret": partial(_new_secret, state),
        "servers": lambda _: _servers(state),
    }


def _change(state: State, values: Values) -> Values:
    """{"server", "id", "fields": {...}, "at"}: the fields of a user or org become these."""
    changed = {"dateLastModified": values.get("at") or _now(), "_kind": _kind(values["id"]), **values["fields"]}
    of_server = state.changed.setdefault(values["server"], {})
    of_server[values["id"]] = {**of_server.get(values["id"], {}), **changed}
    return {"at": changed["dateLastModified"]}


def _add(state: State, values: Values) -> Values:
    """{"server", "row"}: a new user or org."""
    row = {"status": "active", "dateLastModified": _now(), **values["row"]}
    kept = {**row, "_kind": "user" if "roles" in row else "org", "_new": True}
    state.changed.setdefault(values["server"], {})[row["sourcedId"]] = kept
    return {"at": row["dateLastModified"]}


def _remove(state: State, values: Values) -> Values:
    """{"server", "id"}: gone as OneRoster says it, by its status."""
    return _change(state, {**values, "fields": {"status": "tobedeleted"}})


def _vanish(state: State, values: Values) -> Values:
    """{"server", "id"}: gone without a word."""
    state.gone.setdefault(values["server"], set()).add(values["id"])
    return {}


def _manners(state: State, values: Values) -> Values:
    """{"server", "dialect": {...}}"""
    state.change_dialect(state.servers[values["server"]], values["dialect"])
    return {}


def _new_secret(state: State, values: Values) -> Values:
    """{"server", "secret"}: the old one no longer opens it, nor do its tokens."""
    state.secrets[values["server"]] = values["secret"]
    state.tokens = {token: grant for token, grant in state.tokens.items() if grant[0] != values["server"]}
    return {}


def _servers(state: State) -> Values:
    """{}: what there is, by server: first URN, schools and staff."""
    return {"servers": [_told(server) for server in state.servers.values()]}


def _told(server: Server) -> dict[str, Any]:
    staff = sum(server.count(kind) for kind in ("dsl", "dep", "head"))
    return {"name": server.name, "first_urn": server.urn(0), "schools": server.schools, "staff": staff}


def _kind(identifier: str) -> str:
    return "org" if identifier.startswith(("s-", "d-")) else "user"


def _now() -> str:
    return stamp(datetime.now(UTC))
