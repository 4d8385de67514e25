"""Cookies of the web edge: named and flagged the same way everywhere."""

from __future__ import annotations

from litestar.datastructures import Cookie


def cookie_name(name: str, *, secure: bool) -> str:
    """Returns `__Host-concordat-NAME` over https; browsers refuse that prefix over plain http."""
    return f"{'__Host-' if secure else ''}concordat-{name}"


def make_cookie(name: str, value: str, *, secure: bool, max_age: int | None = None) -> Cookie:
    """Returns a host-only cookie that scripts cannot read; gone with the browser unless `max_age` seconds."""
    return Cookie(
        key=cookie_name(name, secure=secure),
        value=value,
        path="/",
        httponly=True,
        secure=secure,
        samesite="lax",
        max_age=max_age,
    )
