"""Each route's access rule, held before the handler runs. Refusals of someone signed in are audit entries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from litestar import Request
from litestar.exceptions import HTTPException, NotAuthorizedException, PermissionDeniedException
from litestar.status_codes import HTTP_303_SEE_OTHER

from backend.web.signed_in import actor_of
from backend.web.unsent import keep_unsent
from tenants.audit.service import PLATFORM, record
from tenants.tenancy.actor import Actor
from tenants.tenancy.roles import Hat
from tenants.tenancy.scope import system_scope

RULES: Mapping[str, Callable[[Actor], bool]] = {
    "public": lambda _: True,
    "signed-in": lambda actor: actor.signed_in,
    "area": lambda actor: actor.hat is Hat.LOCAL and bool(actor.read_areas),
    "agency": lambda actor: bool(actor.reach),
    "national": lambda actor: actor.is_official,
    "platform": lambda actor: actor.is_platform,
}


class SignInFirst(HTTPException):
    """Sends someone who is not signed in to sign in, and back afterwards."""

    status_code = HTTP_303_SEE_OTHER

    def __init__(self, path: str) -> None:
        super().__init__(headers={"location": f"/sign-in?next={quote(path, safe='/')}"})


async def check_access(request: Request[Any, Any, Any]) -> None:
    """Raises SignInFirst (303), NotAuthorizedException (401) or PermissionDeniedException (403)."""
    handler = request.scope.get("route_handler")
    rule = (handler.opt if handler is not None else {}).get("access", "public")
    actor = actor_of(request)
    if RULES[rule](actor):
        return
    if not actor.signed_in:
        if request.method == "GET":
            raise SignInFirst(request.url.path + (f"?{request.url.query}" if request.url.query else ""))
        await keep_unsent(request)
        raise NotAuthorizedException
    await record_refusal(request, actor)
    raise PermissionDeniedException


async def record_refusal(request: Request[Any, Any, Any], actor: Actor) -> None:
    """Writes the refusal into the platform's chain: who, and which page by its template."""
    async with system_scope("refusal", powers=["refusal"]):
        await record(
            by=actor,
            area_id=PLATFORM,
            action="authorisation.refuse",
            subject=("page", request.scope.get("path_template") or "unknown"),
        )
