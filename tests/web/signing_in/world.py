"""A provider that the application knows, and a browser that goes through it."""

from __future__ import annotations

from uuid import UUID

from tenants.tenancy.people.service import create_person
from tenants.tenancy.providers.service import save_provider
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import system_scope, tenant_scope
from tests.support.identity_provider import SECRET, RunningProvider
from tests.support.world import actor
from tests.web.page_client import Page, PageClient
from tests.web.settings import BASE_URL

REDIRECT = f"{BASE_URL}/sign-in/schools/callback"
CLIENT = {
    "client_id": "concordat",
    "client_secret": SECRET,
    "redirect_uris": [REDIRECT, *(f"{BASE_URL}/sign-in/{slug}/callback" for slug in ("health", "dfe"))],
    "post_logout_redirect_uris": [f"{BASE_URL}/signed-out"],
}


async def know(
    provider: RunningProvider, *, slug: str = "schools", issuer: str = "a", scopes: str = "openid profile email"
) -> None:
    """Describe the provider as a platform administrator would."""
    admin = actor(Role.PLATFORM_ADMINISTRATOR)
    async with tenant_scope(admin):
        await save_provider(
            by=admin,
            slug=slug,
            name=f"{slug.title()} sign-in",
            issuer=provider.issuer(issuer),
            client_id="concordat",
            secret=SECRET,
            scopes=scopes,
        )


async def account(provider: RunningProvider, *, subject: str, name: str, issuer: str = "a") -> UUID:
    """Make an account that signs in at the provider as that subject."""
    async with system_scope("test", powers=["platform", "signin"]):
        return await create_person(
            name=name, email=f"{subject}@example.org", issuer=provider.issuer(issuer), subject=subject
        )


async def go_through(
    browser: PageClient, provider: RunningProvider, *, subject: str, start: str = "/sign-in/schools", status: int = 303
) -> Page:
    """Start at a sign-in address, pick the person at the provider, and come back."""
    begun = await browser.get(start, status=303)
    back = await provider.answer(begun.location, sub=subject)
    return await browser.get(back.removeprefix(BASE_URL), status=status)
