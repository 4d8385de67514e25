"""Who works in the nation, as a plan: the database and the identity provider are both filled from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from backend.demo.names import address_of, name_of
from backend.demo.pace import PACES
from backend.demo.plan import FORCES, ICBS, AreaPlan, Mood, Scale, agencies_of, areas_of
from backend.demo.schools import School, Trust, schools, trusts
from tenants.tenancy.roles import Role

SCHOOLS, HEALTH_AND_POLICE = "schools", "health-and-police"
NATIONAL_GROUP = "The Department and this service"
_DELEGATES_OF_FORCE = "Detective chief superintendent, public protection"


@dataclass(frozen=True, kw_only=True, slots=True)
class GrantPlan:
    """A role to give: in an area or in all, for an organisation by its key in `World`."""

    role: Role
    area: str | None = None
    organisation: str | None = None
    post: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonPlan:
    """Somebody who signs in: their subject at the provider, and the line that introduces them there."""

    subject: str
    name: str
    email: str
    group: str
    description: str
    issuer: str
    grants: tuple[GrantPlan, ...] = field(default=())
    invited: bool = False  #: has no account until they accept an invitation


@lru_cache(maxsize=4)
def people(scale: Scale) -> tuple[PersonPlan, ...]:
    """Return everybody, the most useful to sign in as first; the same every time."""
    every = (*_national(scale), *_shared(scale), *_areas(scale), *_agency_contacts(scale), *_trust_leads(scale))
    planned = (*every, *_school_contacts(scale))
    return tuple(_named(number, one) for number, one in enumerate(planned))


def _named(number: int, one: PersonPlan) -> PersonPlan:
    name = name_of(number)
    domain = "health-and-police" if one.issuer == HEALTH_AND_POLICE else "schools-and-councils"
    return replace(one, name=name, email=address_of(name, domain=domain))


def _person(
    subject: str, group: str, description: str, *grants: GrantPlan, issuer: str = SCHOOLS
) -> PersonPlan:
    return PersonPlan(
        subject=subject, name="", email="", group=group, description=description, issuer=issuer, grants=grants
    )


def _national(scale: Scale) -> Iterator[PersonPlan]:
    group = NATIONAL_GROUP
    yield _person("official", group, "Official, the Department", GrantPlan(role=Role.OFFICIAL))
    yield _person("senior-official", group, "Senior official, the Department", GrantPlan(role=Role.SENIOR_OFFICIAL))
    yield _person(
        "platform", group, "Platform administrator of this service", GrantPlan(role=Role.PLATFORM_ADMINISTRATOR)
    )
    last = areas_of(scale)[-1]
    yield _person(
        "two-hats", group, f"Two roles: official in the Department, and viewer in {last.name} on secondment",
        GrantPlan(role=Role.OFFICIAL),
        GrantPlan(role=Role.VIEWER, area=last.slug, post="Partnership adviser, on secondment"),
    )  # fmt: skip


def _shared(scale: Scale) -> Iterator[PersonPlan]:
    """Chief officers sign for every area that their body serves."""
    areas = areas_of(scale)
    for key, name in FORCES.items():
        yield from _chief(f"chief-{key}", "Chief constable", name, [a for a in areas if a.force == key])
    for key, (name, _) in ICBS.items():
        yield from _chief(f"icb-{key}", "Chief executive", name, [a for a in areas if a.icb == key])


def _chief(subject: str, post: str, body: str, areas: list[AreaPlan]) -> Iterator[PersonPlan]:
    if areas:
        where = areas[0].name if len(areas) == 1 else f"{len(areas)} areas"
        yield _person(
            subject, "Police and health: chief officers", f"{post}, {body}: lead safeguarding partner in {where}",
            *(GrantPlan(role=Role.LEAD_SAFEGUARDING_PARTNER, area=area.slug, post=post) for area in areas),
            issuer=HEALTH_AND_POLICE,
        )  # fmt: skip


def _areas(scale: Scale) -> Iterator[PersonPlan]:
    for area in areas_of(scale):
        yield _person(
            f"{area.slug}-manager", area.name, f"Business manager of {area.name}",
            GrantPlan(role=Role.BUSINESS_MANAGER, area=area.slug, post="Partnership business manager"),
        )  # fmt: skip
        yield from _council_partners(area)
        yield from _delegates(area)
        if scrutinised_with(areas_of(scale), area)[:1] == (area,):
            yield _scrutineer(scrutinised_with(areas_of(scale), area))
        yield _person(
            f"{area.slug}-viewer", area.name, f"Viewer in {area.name}: lay member, reads and changes nothing",
            GrantPlan(role=Role.VIEWER, area=area.slug, post="Lay member"),
        )  # fmt: skip
        yield from _invited(area)


def _council_partners(area: AreaPlan) -> Iterator[PersonPlan]:
    for council in area.councils:
        yield _person(
            f"{area.slug}-lead-{council.code}", area.name,
            f"Chief executive, {council.name}: lead safeguarding partner",
            GrantPlan(role=Role.LEAD_SAFEGUARDING_PARTNER, area=area.slug, post="Chief executive"),
        )  # fmt: skip
        post = "Director of children’s services"
        yield _person(
            f"{area.slug}-delegate-{council.code}", area.name, f"{post}, {council.name}: delegated partner",
            GrantPlan(role=Role.DELEGATED_SAFEGUARDING_PARTNER, area=area.slug, post=post),
        )  # fmt: skip


def _delegates(area: AreaPlan) -> Iterator[PersonPlan]:
    """The board's chief nurse chairs; where the board has just merged, nobody has been named yet."""
    posts = {"icb": "Chief nurse", "police": _DELEGATES_OF_FORCE}
    bodies = {"icb": ICBS[area.icb][0], "police": FORCES[area.force]}
    for kind, post in posts.items():
        if kind == "icb" and area.mood is Mood.MERGING:
            continue
        chairs = kind == "icb" and area.mood is not Mood.SETTING_UP
        grant = GrantPlan(role=Role.DELEGATED_SAFEGUARDING_PARTNER, area=area.slug, post=post)
        chair = GrantPlan(role=Role.PARTNERSHIP_CHAIR, area=area.slug, post="Partnership chair")
        also = " and partnership chair" if chairs else ""
        yield _person(
            f"{area.slug}-delegate-{kind}", area.name, f"{post}, {bodies[kind]}: delegated partner{also}",
            *((grant, chair) if chairs else (grant,)), issuer=HEALTH_AND_POLICE,
        )  # fmt: skip


def scrutinised_with(areas: tuple[AreaPlan, ...], area: AreaPlan) -> tuple[AreaPlan, ...]:
    """Return the areas that share this one's scrutineer, its own among them; none when it has no scrutineer."""
    first = areas.index(area) // 2 * 2
    served = tuple(one for one in areas[first : first + 2] if one.mood not in (Mood.SETTING_UP, Mood.STRUGGLING))
    return served if area in served else ()


def _invited(area: AreaPlan) -> Iterator[PersonPlan]:
    """Two that were invited: one came, the other has the link in an email."""
    for subject, description in (
        ("coordinator", f"Partnership coordinator of {area.name}, who came by an invitation"),
        ("newcomer", f"Has an invitation to {area.name} that is still open: the link is in the demo’s emails"),
    ):
        one = _person(f"{area.slug}-{subject}", area.name, description)
        yield replace(one, invited=True)


def _scrutineer(served: tuple[AreaPlan, ...]) -> PersonPlan:
    where = " and ".join(area.name for area in served)
    return _person(
        f"{served[0].slug}-scrutineer", served[0].name, f"Independent scrutineer of {where}",
        *(
            GrantPlan(role=Role.INDEPENDENT_SCRUTINEER, area=area.slug, post="Independent scrutineer")
            for area in served
        ),
    )  # fmt: skip


def _agency_contacts(scale: Scale) -> Iterator[PersonPlan]:
    for agency in agencies_of(scale):
        yield _person(
            f"agency-{agency.key}", "Agencies", f"Named professional, {agency.name}: agency contact",
            GrantPlan(role=Role.AGENCY_CONTACT, organisation=f"agency:{agency.key}", post="Named professional"),
            issuer=HEALTH_AND_POLICE,
        )  # fmt: skip


def _trust_leads(scale: Scale) -> Iterator[PersonPlan]:
    for trust in trusts(scale):
        yield _person(
            f"trust-{trust.uid}", "Academy trusts", f"Safeguarding lead of {trust.name}: {_where(trust, scale)}",
            GrantPlan(role=Role.TRUST_LEAD, organisation=f"uid:{trust.uid}", post="Head of safeguarding"),
        )  # fmt: skip


def _where(trust: Trust, scale: Scale) -> str:
    run = [school for school in schools(scale) if school.trust == trust.uid]
    areas = {area.slug: area.name for area in areas_of(scale)}
    names = [areas[slug] for slug in dict.fromkeys(school.area for school in run)]
    return f"{len(run)} schools in {' and '.join(names) if len(names) < 3 else f'{len(names)} areas'}"


def answering_schools(scale: Scale, area: AreaPlan) -> tuple[School, ...]:
    """Return the schools of an area whose safeguarding leads have accounts: schools that no trust runs."""
    own = [school for school in schools(scale) if school.area == area.slug and school.trust is None]
    return tuple(own[: min(scale.answering, round(len(own) * PACES[area.mood].accounts))])


def _school_contacts(scale: Scale) -> Iterator[PersonPlan]:
    for area in areas_of(scale):
        for school in answering_schools(scale, area):
            yield _person(
                f"school-{school.urn}", f"Schools in {area.name}", f"Designated safeguarding lead, {school.name}",
                GrantPlan(
                    role=Role.ESTABLISHMENT_CONTACT, area=area.slug, organisation=f"urn:{school.urn}",
                    post="Designated safeguarding lead",
                ),
            )  # fmt: skip
