"""Three pages of words, the same for everyone."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get

from backend.web.render import render


@get("/help", opt={"access": "public"}, sync_to_thread=False)
def help_page(request: Request[Any, Any, Any]) -> Response[str]:
    """What the service is for, and whom to ask."""
    return render(request, "information/help.html", title="Help")


@get("/accessibility", opt={"access": "public"}, sync_to_thread=False)
def accessibility(request: Request[Any, Any, Any]) -> Response[str]:
    """How the service was made usable, and how it is tested."""
    return render(request, "information/accessibility.html", title="Accessibility")


@get("/privacy", opt={"access": "public"}, sync_to_thread=False)
def privacy(request: Request[Any, Any, Any]) -> Response[str]:
    """What is kept about the people who use the service, and its cookies."""
    cookies = (
        ("concordat-session", "Keeps you signed in", "When you sign out, or after 12 hours at most"),
        ("concordat-csrf", "Makes sure that a form you send is your own", "When you close the browser"),
        ("concordat-flash", "Shows one message, such as “Budget saved”", "After two minutes"),
    )
    return render(request, "information/privacy.html", title="Privacy and cookies", cookies=cookies)


ROUTES = [help_page, accessibility, privacy]
