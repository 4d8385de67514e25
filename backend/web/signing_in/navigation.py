"""What the layout shows of the person: their name, what they act as, and where they can go."""

from __future__ import annotations

from backend.auth.actors import SignedIn
from backend.web.viewer import ActingAs, NavItem, Viewer
from tenants.tenancy.permissions import can_read_trail
from tenants.tenancy.queries import AreaRow
from tenants.tenancy.roles import LABELS, Hat, Role

HAT_LABELS = {
    Hat.LOCAL: "Partnership or agency",
    Hat.NATIONAL: "Department for Education",
    Hat.PLATFORM: "Platform administrator",
}
AREA_PAGES = (
    ("Membership", "membership"),
    ("Resourcing", "resourcing"),
    ("Figures", "indicators"),
    ("Agencies", "agencies"),
    ("Register", "organisations"),
    ("Connections", "connections"),
    ("Contacts", "contacts"),
    ("Flags", "flags"),
    ("People", "people"),
    ("Settings", "settings"),
    ("Audit trail", "audit"),
)
NATIONAL_PAGES = (NavItem(text="All areas", href="/national", prefix="/national/areas"),
                  NavItem(text="Flags", href="/national/flags"))
PLATFORM_PAGES = (
    NavItem(text="Areas", href="/platform", prefix="/platform/areas"),
    NavItem(text="People", href="/platform/people"),
    NavItem(text="Sign-in", href="/platform/providers"),
    NavItem(text="Imports", href="/platform/imports"),
    NavItem(text="Connections", href="/platform/connections"),
    NavItem(text="Jobs", href="/platform/jobs"),
    NavItem(text="Audit trail", href="/platform/audit"),
)


def viewer_for(found: SignedIn, *, path: str) -> Viewer:
    """Returns the layout's view of a signed-in person on that path."""
    actor = found.actor
    area = current_area(found, path=path)
    choices = tuple(
        ActingAs(id=hat.value, label=HAT_LABELS[hat], current=hat is actor.hat) for hat in sorted(actor.hats)
    )
    return Viewer(
        name=actor.name,
        acting_as=_acting_as(found, area),
        choices=choices,
        navigation=_navigation(found, area),
        home=home_of(found),
    )


def current_area(found: SignedIn, *, path: str) -> AreaRow | None:
    """Returns the area that the path is about, else the only one, else None."""
    members = [area for area in found.areas if area.id in found.actor.read_areas]
    parts = path.split("/")
    if len(parts) > 2 and parts[1] == "area":
        return next((area for area in members if area.slug == parts[2]), None)
    return members[0] if len(members) == 1 else None


def home_of(found: SignedIn) -> str:
    """Returns the path of the person's own front page under the hat they wear."""
    actor = found.actor
    if not actor.grants:  # the role of this hat has ended since they signed in
        return "/account"
    if actor.hat is Hat.NATIONAL:
        return "/national"
    if actor.hat is Hat.PLATFORM:
        return "/platform"
    members = [area for area in found.areas if area.id in actor.read_areas]
    if not members:
        return "/duties" if actor.reach else "/account"
    return f"/area/{members[0].slug}" if len(members) == 1 else "/my-areas"


def _acting_as(found: SignedIn, area: AreaRow | None) -> str:
    actor = found.actor
    role = actor.acting_role(area_id=area.id if area else None)
    label = LABELS[Role(role)] if role in set(Role) else HAT_LABELS[actor.hat]
    return f"{label}, {area.name}" if area else label


def _navigation(found: SignedIn, area: AreaRow | None) -> tuple[NavItem, ...]:
    actor = found.actor
    if not actor.grants:
        return ()
    if actor.hat is Hat.NATIONAL:
        return NATIONAL_PAGES
    if actor.hat is Hat.PLATFORM:
        return PLATFORM_PAGES
    items: list[NavItem] = []
    if len(actor.read_areas) > 1:
        items.append(NavItem(text="My areas", href="/my-areas"))
    if any(grant.role is Role.LEAD_SAFEGUARDING_PARTNER for grant in actor.grants):
        items.append(NavItem(text="Agreements", href="/agreements"))
    if area is not None:
        items.append(NavItem(text="Overview", href=f"/area/{area.slug}", prefix=f"/area/{area.slug}/overview"))
        trail = can_read_trail(actor, area_id=area.id)
        pages = [entry for entry in AREA_PAGES if trail or entry[1] != "audit"]
        items += [NavItem(text=text, href=f"/area/{area.slug}/{page}") for text, page in pages]
    if actor.reach:
        items.append(NavItem(text="My duties", href="/duties"))
        items.append(NavItem(text="My contacts", href="/my-contacts", prefix="/mine"))
        if any(grant.role is Role.TRUST_LEAD for grant in actor.grants):
            items.append(NavItem(text="My trust", href="/trust"))
    return tuple(items)
