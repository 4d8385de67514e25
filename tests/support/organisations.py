"""Organisations for the tests: bodies through the service, schools and trusts as the register would have them."""

from __future__ import annotations

import itertools
from uuid import UUID

from infra.clock import today
from infra.database import sql
from infra.ids import uuid7
from tenants.organisations import service
from tenants.organisations.rules import Kind
from tenants.tenancy.actor import Actor
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import system_scope, tenant_scope
from tests.support.world import AreaMade, actor

_urns = itertools.count(800_001)
_uids = itertools.count(80_001)
_las = itertools.count(1)


def administrator() -> Actor:
    """Return a platform administrator (not stored)."""
    return actor(Role.PLATFORM_ADMINISTRATOR, name="Pat Platform")


async def make_body(kind: Kind = Kind.POLICE_FORCE, name: str = "Northshire Police", **codes: str) -> UUID:
    """Register a partner body with a code of its own."""
    number = next(_las)
    if kind is Kind.LOCAL_AUTHORITY:
        codes.setdefault("la_code", f"{number:03d}")
    if kind is Kind.INTEGRATED_CARE_BOARD:
        codes.setdefault("ods_code", f"Q{number:04d}")
    who = administrator()
    async with tenant_scope(who):
        return await service.register_body(by=who, kind=kind, name=f"{name} {number}", **codes)


async def make_school(
    area: AreaMade | None = None, *, name: str = "Meadow Primary School", trust_id: UUID | None = None
) -> UUID:
    """Put an open school into the register, present in the area that covers its local authority."""
    organisation_id = uuid7()
    async with system_scope("test world", powers=["register"]):
        await sql.execute(
            "insert into organisation (id, kind, name, urn, la_code, phase, category, trust_id) "
            "values ($1, 'establishment', $2, $3, $4, 'primary', 'maintained_school_governing_body', $5)",
            organisation_id,
            name,
            next(_urns),
            area.la_code if area else None,
            trust_id,
        )
        if area is not None:
            await _present(area, organisation_id)
    return organisation_id


async def make_trust(*areas: AreaMade, name: str = "Foxley Learning Trust") -> UUID:
    """Put an open trust into the register, present in the areas."""
    organisation_id = uuid7()
    async with system_scope("test world", powers=["register"]):
        await sql.execute(
            "insert into organisation (id, kind, name, uid) values ($1, 'trust', $2, $3)",
            organisation_id,
            name,
            next(_uids),
        )
        for area in areas:
            await _present(area, organisation_id)
    return organisation_id


async def _present(area: AreaMade, organisation_id: UUID) -> None:
    await sql.execute(
        "insert into area_organisation (area_id, organisation_id, basis, valid_from) values ($1, $2, 'covers_la', $3)",
        area.id,
        organisation_id,
        today(),
    )
