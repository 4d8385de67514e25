"""What the mutations of connections are given."""

from __future__ import annotations

from datetime import date

import strawberry

from tenants.connections.rules.drafts import Draft
from tenants.tenancy.errors import Invalid


@strawberry.input
class SettingInput:
    """An option by its key, as it is entered."""

    key: str
    value: str


@strawberry.input
class ConnectionInput:
    """What a connection is to be."""

    system: str
    name: str
    base_url: str
    auth_mode: str
    may_change: list[str]
    stale_after_hours: int
    every_minutes: int | None = None
    settings: list[SettingInput] = strawberry.field(default_factory=list)

    def draft(self) -> Draft:
        """Return the domain's draft; raises `Invalid` when a setting is there twice."""
        options = {one.key: one.value for one in self.settings}
        if len(options) != len(self.settings):
            raise Invalid("Enter each setting once.", field="settings")
        return Draft(
            system=self.system,
            name=self.name,
            base_url=self.base_url,
            auth_mode=self.auth_mode,
            options=options,
            every_minutes=self.every_minutes,
            may_change=tuple(self.may_change),
            stale_after_hours=self.stale_after_hours,
        )


@strawberry.input
class LinkSystemInput:
    """A system to link to an area, or with no area to the whole country."""

    idempotency_key: str
    connection: ConnectionInput
    area_id: strawberry.ID | None = None


@strawberry.input
class ChangeConnectionInput:
    """What a connection is to be instead, by someone who saw `version`."""

    idempotency_key: str
    connection_id: strawberry.ID
    version: int
    connection: ConnectionInput


@strawberry.input
class SetCredentialInput:
    """A credential. It is sealed, and never shown again."""

    idempotency_key: str
    connection_id: strawberry.ID
    version: int
    kind: str
    secret: str
    expires_on: date | None = None


@strawberry.input
class StopConnectionInput:
    """A connection to pause or to retire, and why."""

    idempotency_key: str
    connection_id: strawberry.ID
    version: int
    reason: str


@strawberry.input
class ResumeConnectionInput:
    """A paused connection that may run again."""

    idempotency_key: str
    connection_id: strawberry.ID
    version: int


@strawberry.input
class RunConnectionInput:
    """A connection to test or to run now."""

    idempotency_key: str
    connection_id: strawberry.ID


@strawberry.input
class SeenProposalInput:
    """A proposal as it was seen."""

    id: strawberry.ID
    version: int


@strawberry.input
class AcceptProposalsInput:
    """Proposals to accept, each by itself; with `invite_people` those with an address are invited as well."""

    idempotency_key: str
    area_id: strawberry.ID
    proposals: list[SeenProposalInput]
    reason: str | None = None
    invite_people: bool = False


@strawberry.input
class RefuseProposalsInput:
    """Proposals to refuse, each by itself, and why."""

    idempotency_key: str
    area_id: strawberry.ID
    proposals: list[SeenProposalInput]
    reason: str


@strawberry.input
class ReconsiderProposalsInput:
    """Refused proposals that are to wait for a decision again, each by itself, and why."""

    idempotency_key: str
    area_id: strawberry.ID
    proposals: list[SeenProposalInput]
    reason: str


@strawberry.input
class EnterContactInput:
    """A contact of an organisation in an area."""

    idempotency_key: str
    area_id: strawberry.ID
    organisation_id: strawberry.ID
    post: str
    name: str
    email: str | None = None
    phone: str | None = None


@strawberry.input
class ChangeContactInput:
    """What a contact is to say instead, by someone who saw `version`."""

    idempotency_key: str
    area_id: strawberry.ID
    contact_id: strawberry.ID
    version: int
    post: str
    name: str
    email: str | None = None
    phone: str | None = None


@strawberry.input
class EndContactInput:
    """A contact that is no longer one, and why."""

    idempotency_key: str
    area_id: strawberry.ID
    contact_id: strawberry.ID
    version: int
    reason: str
