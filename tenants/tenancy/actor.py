"""Who is asking: a person under one hat, a machine client, the system itself, or nobody."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from tenants.tenancy.roles import NATIONAL_ROLES, WRITING_ROLES, Hat, Role

Kind = Literal["person", "client", "worker", "system", "anonymous"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Grant:
    """One role held today: in an area, or for an organisation (in one area; in all when `area_id` is None)."""

    role: Role
    area_id: int | None = None
    organisation_id: UUID | None = None
    once: Role | None = None  #: what was held in an area that has since been merged into another


@dataclass(frozen=True, kw_only=True, slots=True)
class Actor:
    """Everything a decision may ask about who is asking. Grants are those valid today under `hat`."""

    kind: Kind
    name: str
    id: UUID | None = None
    hat: Hat = Hat.LOCAL
    grants: tuple[Grant, ...] = ()
    #: organisations reached through the grants, with where: (None, id) in every area, (area, id) in that area only
    reach: frozenset[tuple[int | None, UUID]] = frozenset()
    visits: frozenset[int] = frozenset()  #: areas in which a reached organisation is present
    powers: frozenset[str] = frozenset()
    areas: frozenset[int] = frozenset()  #: areas a worker or system actor may read and write
    session_id: UUID | None = None
    request_id: str | None = None
    hats: frozenset[Hat] = field(default=frozenset())  #: every hat this person could wear

    @property
    def signed_in(self) -> bool:
        """Return whether this is a person or a machine client rather than nobody."""
        return self.kind in ("person", "client")

    @property
    def read_areas(self) -> frozenset[int]:
        """Return the areas whose rows this actor may read as a member."""
        if self.hat is not Hat.LOCAL:
            return self.areas
        return self.areas | {g.area_id for g in self.grants if g.area_id is not None and g.organisation_id is None}

    @property
    def unopened_areas(self) -> frozenset[int] | None:
        """Return the areas that are there for this actor while they are being set up: those where they, or an
        organisation that they act for, have a place; None means all, for officials, administrators and the worker."""
        if self.kind in ("worker", "system") or (self.signed_in and self.hat is not Hat.LOCAL):
            return None
        return self.read_areas | self.visits

    @property
    def write_areas(self) -> frozenset[int]:
        """Return the areas whose rows this actor may write at all; permissions decide which rows."""
        if self.hat is not Hat.LOCAL:
            return self.areas
        return self.areas | {
            g.area_id
            for g in self.grants
            if g.area_id is not None and g.organisation_id is None and g.role in WRITING_ROLES
        }

    @property
    def organisations(self) -> frozenset[UUID]:
        """Return the organisations this actor may act for."""
        return frozenset(organisation for _, organisation in self.reach)

    def roles_in(self, area_id: int) -> frozenset[Role]:
        """Return the area roles held today in that area."""
        if self.hat is not Hat.LOCAL:
            return frozenset()
        return frozenset(g.role for g in self.grants if g.area_id == area_id and g.organisation_id is None)

    def ran(self, area_id: int) -> bool:
        """Return whether a role that runs the area is held today, or was held until the area was merged."""
        once = {g.once for g in self.grants if g.area_id == area_id and g.once is not None}
        return not (self.roles_in(area_id) | once).isdisjoint(WRITING_ROLES)

    def holds(self, *roles: Role, area_id: int) -> bool:
        """Return whether any of the roles is held today in that area."""
        return not self.roles_in(area_id).isdisjoint(roles)

    def acts_for(self, organisation_id: UUID, *, area_id: int) -> bool:
        """Return whether this actor may act for the organisation in that area."""
        return (None, organisation_id) in self.reach or (area_id, organisation_id) in self.reach

    @property
    def is_official(self) -> bool:
        """Return whether this actor wears the national hat with a national role."""
        return self.hat is Hat.NATIONAL and any(g.role in NATIONAL_ROLES for g in self.grants)

    @property
    def is_senior_official(self) -> bool:
        """Return whether this actor wears the national hat as a senior official."""
        return self.hat is Hat.NATIONAL and any(g.role is Role.SENIOR_OFFICIAL for g in self.grants)

    @property
    def is_platform(self) -> bool:
        """Return whether this actor wears the platform administrator's hat."""
        return self.hat is Hat.PLATFORM and any(g.role is Role.PLATFORM_ADMINISTRATOR for g in self.grants)

    def acting_role(self, *, area_id: int | None = None) -> str:
        """Return the role to write into an audit entry: the strongest held in that area, else what the hat gives."""
        if self.kind in ("worker", "system", "anonymous"):
            return self.kind
        local = [g.role for g in self.grants if g.area_id == area_id and g.organisation_id is None]
        agency = [g.role for g in self.grants if g.organisation_id is not None]
        chosen = local or agency or [g.role for g in self.grants]
        return min(chosen, key=list(Role).index).value if chosen else self.kind


ANONYMOUS = Actor(kind="anonymous", name="Someone not signed in")
