"""What a test can let happen at Wonde: employees change, come and go."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any

from integrations.sandbox.agencies.agency import Action
from integrations.sandbox.agencies.wonde.people import school_id, wonde_date
from integrations.sandbox.agencies.wonde.state import State

Values = Mapping[str, Any]


def of(state: State) -> Mapping[str, Action]:
    """`change`, `delete`, `new_token`, `who`."""
    return {
        "change": partial(_change, state),
        "delete": partial(_delete, state),
        "new_token": partial(_new_token, state),
        "who": partial(_who, state),
    }


def _change(state: State, values: Values) -> Values:
    """{"school", "id", "fields": {...}}: the fields of an employee become these, or someone new comes."""
    key = (_place(values), str(values["id"]))
    changed = {"id": values["id"], "updated_at": wonde_date(datetime.now(UTC)), **values["fields"]}
    state.changed[key] = {**state.changed.get(key, {}), **changed}
    return {}


def _delete(state: State, values: Values) -> Values:
    """{"school", "id"}: gone, and listed among the deletions."""
    row = {"id": values["id"], "type": "employee", "deleted_at": wonde_date(datetime.now(UTC))}
    state.deleted.setdefault(_place(values), []).append(row)
    return {}


def _new_token(state: State, values: Values) -> Values:
    """{"token"}: the old one no longer opens anything."""
    state.token = str(values["token"])
    return {}


def _who(state: State, values: Values) -> Values:
    """{"school"}: its id, URN, and the ids of its employees by role."""
    place = _place(values)
    people = {role["name"]: row["id"] for row in state.employees(place) for role in row["roles"]["data"][:1]}
    return {"id": school_id(place), "urn": state.nation.urn(place), "people": people}


def _place(values: Values) -> int:
    return int(values["school"])
