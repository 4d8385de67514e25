"""What `concordat user` reads and makes."""

from uuid import UUID

from tenants.tenancy import queries as tenancy
from tenants.tenancy.actor import Actor
from tenants.tenancy.people import accounts, queries
from tenants.tenancy.people.queries import AssignmentRow
from tenants.tenancy.providers import queries as providers
from tenants.tenancy.roles import LABELS, Role

MOST = 1000


async def lines(_: Actor, *, search: str | None) -> list[tuple[str, str, str, str]]:
    """Return a row for each person: name, email, account, roles held today; at most a thousand."""
    people = await queries.search_people(text=search, limit=MOST)
    held = await queries.every_assignment_of(person_ids=[one.id for one in people])
    areas = {area.id: area.slug for area in await tenancy.areas(limit=10_000)}
    roles: dict[UUID, list[str]] = {}
    for one in held:
        if one.valid_to is None:
            roles.setdefault(one.person_id, []).append(_role(one, areas))
    return [
        (one.name, one.email, "disabled" if one.disabled_at else "open", ", ".join(roles.get(one.id, [])))
        for one in people
    ]


def _role(one: AssignmentRow, areas: dict[int, str]) -> str:
    label = LABELS[Role(one.role)]
    return label if one.area_id is None else f"{label} in {areas.get(one.area_id, one.area_id)}"


async def add(by: Actor, *, email: str, name: str, issuer: str, subject: str) -> UUID:
    """Make the account and return its id."""
    return await accounts.add_person(by=by, name=name, email=email, issuer=issuer, subject=subject)


async def next_step(_: Actor, *, name: str, issuer: str) -> str:
    """Return what whoever made the account should do now."""
    known = [one for one in await providers.providers(enabled_only=False) if one.issuer == issuer]
    if not known:
        return (
            f"{name} has an account. No sign-in provider with the issuer {issuer} is described yet. Next:\n"
            f"  concordat provider add WEB-NAME --name 'What people see' --issuer {issuer} --client-id ID"
        )
    if not known[0].enabled:
        return f"{name} has an account, but the provider {known[0].name} is switched off."
    return f"{name} has an account and can sign in at {known[0].name}."
