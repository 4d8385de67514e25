"""People's accounts and roles, and the two places where they sign in."""

from __future__ import annotations

from datetime import date, timedelta

from backend.demo.people import HEALTH_AND_POLICE, SCHOOLS, PersonPlan, people
from backend.demo.world import FOUNDER, World, do
from tenants.organisations import queries as register
from tenants.tenancy.actor import Actor
from tenants.tenancy.people import service
from tenants.tenancy.providers.service import save_machine_client, save_provider
from tenants.tenancy.roles import AGENCY_ROLES, Role
from tenants.tenancy.scope import tenant_scope

ISSUERS = {SCHOOLS: "Schools sign-in", HEALTH_AND_POLICE: "Health and police sign-in"}
CLIENT_ID = "concordat"
MACHINE_CLIENT_ID = "records-system"


async def make_administrator(world: World) -> None:
    """Make the first platform administrator, who then makes everything else."""
    plan = next(one for one in people(world.scale) if one.subject == "platform")
    async with tenant_scope(FOUNDER):
        await _make(world, plan)
        await service.grant_role(
            by=FOUNDER,
            person_id=world.people["platform"],
            role=Role.PLATFORM_ADMINISTRATOR,
            valid_from=_since(world, plan),
        )


async def save_providers(world: World, *, client_secret: str) -> None:
    """Describe the two sign-in pages of the demo's identity provider, and two machine clients."""
    by = await world.platform()
    for slug, name in ISSUERS.items():
        await do(
            by, save_provider, slug=slug, name=name, issuer=world.issuer(slug), client_id=CLIENT_ID,
            secret=client_secret,
        )  # fmt: skip
    for plan in (world.plans[0], world.plans[-1]):
        await do(
            by, save_machine_client, name=f"{plan.name} records system", issuer=world.issuer(SCHOOLS),
            client_id=f"{plan.slug}-{MACHINE_CLIENT_ID}", scope_roles={"partnership:read": Role.VIEWER},
            area_id=world.areas[plan.slug],
        )  # fmt: skip


async def make_people(world: World) -> None:
    """Make everybody and give them their roles, as the administrator does when an area joins: those roles began in
    the past, which an invitation accepted today cannot say."""
    by = await world.platform()
    planned = [one for one in people(world.scale) if one.subject != "platform" and not one.invited]
    await _find_organisations(world, planned)
    for start in range(0, len(planned), 100):
        async with tenant_scope(by):
            for one in planned[start : start + 100]:
                await _make(world, one)
                await _grant(world, by, one)


async def _make(world: World, one: PersonPlan) -> None:
    world.people[one.subject] = await service.create_person(
        name=one.name, email=one.email, issuer=world.issuer(one.issuer), subject=one.subject
    )


async def _find_organisations(world: World, planned: list[PersonPlan]) -> None:
    keys = {grant.organisation for one in planned for grant in one.grants if grant.organisation}
    async with tenant_scope(await world.platform(), readonly=True):
        for key in sorted(keys - set(world.organisations)):
            kind, number = key.split(":")
            read = register.trust(uid=int(number)) if kind == "uid" else register.establishment(urn=int(number))
            found = await read
            assert found is not None, key
            world.organisations[key] = found.id


async def _grant(world: World, by: Actor, one: PersonPlan) -> None:
    for grant in one.grants:
        await service.grant_role(
            by=by,
            person_id=world.people[one.subject],
            role=grant.role,
            area_id=None if grant.area is None else world.areas[grant.area],
            organisation_id=None if grant.organisation is None else world.organisations[grant.organisation],
            post=grant.post,
            valid_from=_since(world, one, agency=grant.role in AGENCY_ROLES),
        )


def _since(world: World, one: PersonPlan, *, agency: bool = False) -> date:
    """Return the first day in the role: some have been there from the beginning, some a few months."""
    if agency:
        return world.days.last_academic_year
    return world.days.two_years_ago + timedelta(days=len(one.subject) * 11 % 300)
