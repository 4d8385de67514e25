"""Where a role may be held: in an area, for an organisation of the register, or for the whole country."""

from __future__ import annotations

from uuid import UUID

from infra.database import sql
from tenants.tenancy import queries
from tenants.tenancy.errors import Invalid, NotFound
from tenants.tenancy.roles import AGENCY_ROLES, AREA_ROLES, Role

#: roles that are held for one kind of organisation only, and how the register's kind is put to a person
_KIND = {
    Role.TRUST_LEAD: ("trust", "A trust lead speaks for a trust. Choose a trust."),
    Role.ESTABLISHMENT_CONTACT: (
        "establishment",
        "An establishment contact speaks for a school, college or other establishment. Choose one.",
    ),
}


_NAMES = """
select (select name from area where id = $1) as area, (select name from organisation_fact where id = $2) as body
"""


async def place_name(*, area_id: int | None, organisation_id: UUID | None) -> str:
    """Return where a role is held, in words, at most 300 characters: a school in an area, an area, or England."""
    names = await sql.fetch_one(_NAMES, area_id, organisation_id) or {}
    return " in ".join(filter(None, (names["body"], names["area"])))[:300] or "England"


async def check_place(role: Role, *, area_id: int | None, organisation_id: UUID | None) -> None:
    """Check that a role goes with the area and the organisation given, and that both exist.

    Raises `Invalid`, or `NotFound` for an area or an organisation that is not there.
    """
    _check_parts(role, area_id=area_id, organisation_id=organisation_id)
    if area_id is not None and await queries.area(area_id=area_id) is None:
        raise NotFound("area", field="areaId")
    if organisation_id is not None:
        await _check_organisation(role, organisation_id=organisation_id)


def _check_parts(role: Role, *, area_id: int | None, organisation_id: UUID | None) -> None:
    if role in AREA_ROLES and area_id is None:
        raise Invalid("Choose the area in which this role is held.", field="areaId")
    if role in AGENCY_ROLES and organisation_id is None:
        raise Invalid("Choose the organisation that this person speaks for.", field="organisationId")
    if role not in AREA_ROLES | AGENCY_ROLES and area_id is not None:
        raise Invalid("This role is held for the whole country, not in one area.", field="areaId")
    if role not in AGENCY_ROLES and organisation_id is not None:
        raise Invalid("This role is not held for an organisation.", field="organisationId")


async def _check_organisation(role: Role, *, organisation_id: UUID) -> None:
    """The register is another capability's, above this one: its public facts are read, not its tables."""
    found = await sql.fetch_value("select kind from organisation_fact where id = $1", organisation_id)
    if found is None:
        raise NotFound("organisation", field="organisationId")
    kind, sentence = _KIND.get(role, (found, ""))
    if found != kind:
        raise Invalid(sentence, field="organisationId")
