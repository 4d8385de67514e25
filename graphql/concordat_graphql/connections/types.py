"""Types of connections and of the systems that can be linked."""

from __future__ import annotations

from datetime import date, datetime
from typing import Self

import strawberry

from concordat_graphql import ids
from tenants.connections.permissions import can_keep
from tenants.connections.queries.links import ConnectionRow, CredentialRow
from tenants.connections.rules.drafts import SCHEDULES, as_entered
from tenants.connections.rules.systems import (
    AUTH_MODES,
    CREDENTIALS,
    KINDS,
    MAY_CHANGE,
    SYSTEMS,
    Option,
    System,
)
from tenants.connections.rules.words import RUN_STATES, STATES, WAITS
from tenants.tenancy.actor import Actor


@strawberry.type
class ConnectionChoice:
    """A code, and what people read for it."""

    code: str
    label: str


@strawberry.type
class SystemOption:
    """Something a system has to be told."""

    key: str
    label: str
    hint: str
    kind: str = strawberry.field(description="text, url, whole, yes_no, lines, or mapping: lines of `theirs = ours`")
    required: bool
    default: str

    @classmethod
    def of(cls, option: Option) -> Self:
        """Return the type of an option."""
        return cls(
            key=option.key,
            label=option.label,
            hint=option.hint,
            kind=option.kind,
            required=option.required,
            default=option.default,
        )


@strawberry.type
class LinkableSystem:
    """A system that can be linked."""

    system: str
    label: str
    help: str
    auth_modes: list[ConnectionChoice]
    may_change: list[ConnectionChoice]
    options: list[SystemOption]
    base_url: str
    every_minutes: int | None

    @classmethod
    def of(cls, system: System) -> Self:
        """Return the type of a system."""
        return cls(
            system=system.system,
            label=system.label,
            help=system.help,
            auth_modes=[ConnectionChoice(code=code, label=AUTH_MODES[code]) for code in system.auth_modes],
            may_change=[ConnectionChoice(code=code, label=MAY_CHANGE[code]) for code in system.may_change],
            options=[SystemOption.of(option) for option in system.options],
            base_url=system.base_url,
            every_minutes=system.every_minutes,
        )


@strawberry.type
class ConnectionCredential:
    """A credential that a connection uses: whether it is set, by whom and when. Never what it is."""

    kind: str
    label: str
    needed: bool
    set_at: datetime | None
    set_by_name: str | None
    expires_on: date | None

    @classmethod
    def all_of(cls, row: ConnectionRow) -> list[Self]:
        """Return one for each kind that the connection uses or has."""
        needed = CREDENTIALS.get(row.auth_mode, ()) if row.system in SYSTEMS else ()
        known: dict[str, CredentialRow] = {one.kind: one for one in row.credentials}
        return [
            cls(
                kind=kind,
                label=KINDS.get(kind, kind),
                needed=kind in needed,
                set_at=known[kind].set_at if kind in known else None,
                set_by_name=known[kind].set_by_name if kind in known else None,
                expires_on=known[kind].expires_on if kind in known else None,
            )
            for kind in dict.fromkeys((*needed, *known))
        ]


@strawberry.type
class ConnectionSetting:
    """An option as it is, in the form in which it is entered."""

    key: str
    label: str
    value: str


@strawberry.type
class AgencyConnection:
    """A link to an agency's system: an area's, or a national one."""

    id: strawberry.ID
    area_id: strawberry.ID | None
    system: str
    system_label: str
    name: str
    base_url: str
    auth_mode: str
    auth_mode_label: str
    settings: list[ConnectionSetting]
    credentials: list[ConnectionCredential]
    every_minutes: int | None
    schedule_label: str
    may_change: list[str]
    may_change_labels: list[str]
    state: str
    state_label: str
    state_reason: str | None
    stale_after_hours: int
    last_worked_at: datetime | None
    stale_since: datetime | None
    due_at: datetime | None
    run_id: strawberry.ID | None = strawberry.field(description="The newest run.")
    run_state_label: str | None
    run_problem: str | None
    waiting: int = strawberry.field(description="How many of its proposals wait for a decision.")
    may_keep: bool
    may_tell: bool = strawberry.field(description="Whether the system can tell us that something changed there.")
    version: int

    @classmethod
    def of(cls, row: ConnectionRow, *, actor: Actor) -> Self:
        """Return the type of a row, as the actor sees it."""
        system = SYSTEMS.get(row.system)
        entered = as_entered(row.options, system=system) if system else {}
        labels = {option.key: option.label for option in system.options} if system else {}
        same = (
            "system",
            "name",
            "base_url",
            "auth_mode",
            "every_minutes",
            "state",
            "state_reason",
            "stale_after_hours",
            "last_worked_at",
            "stale_since",
            "due_at",
            "run_problem",
            "waiting",
            "version",
        )
        return cls(
            id=ids.encode("AgencyConnection", row.id),
            area_id=None if row.area_id is None else ids.encode("Area", row.area_id),
            system_label=system.label if system else row.system,
            auth_mode_label=AUTH_MODES.get(row.auth_mode, row.auth_mode),
            settings=[ConnectionSetting(key=key, label=labels[key], value=value) for key, value in entered.items()],
            credentials=ConnectionCredential.all_of(row),
            schedule_label=SCHEDULES.get(row.every_minutes, f"Every {row.every_minutes} minutes"),
            may_change=list(row.may_change),
            may_change_labels=[MAY_CHANGE[code] for code in MAY_CHANGE if code in row.may_change],
            state_label=STATES[row.state],
            run_id=None if row.run_id is None else ids.encode("ConnectionRun", row.run_id),
            run_state_label=_run_state_label(row),
            may_keep=can_keep(actor, area_id=row.area_id),
            may_tell=row.area_id is not None and system is not None and system.hooks,
            **{name: getattr(row, name) for name in same},
        )  # fmt: skip


def _run_state_label(row: ConnectionRow) -> str | None:
    if row.run_state is None:
        return None
    return WAITS if row.run_state == "running" and row.run_problem else RUN_STATES[row.run_state]
