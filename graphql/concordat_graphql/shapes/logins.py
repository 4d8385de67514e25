"""Whose login reads a root field: the same choice as the ordinary path makes for it."""

from __future__ import annotations

from concordat_graphql.context import Unauthenticated
from concordat_graphql.shapes.shape import NotForThem, Reader
from tenants.tenancy.actor import Actor
from tenants.tenancy.roles import Hat


def as_person(actor: Actor) -> Actor:
    """Return the actor when signed in; raises `Unauthenticated` otherwise."""
    if not actor.signed_in:
        raise Unauthenticated
    return actor


def _by_hat(actor: Actor) -> str:
    if not actor.signed_in:
        return "public"
    return "national" if actor.hat is Hat.NATIONAL else "app"


def _local(actor: Actor) -> str:
    if _by_hat(actor) != "app":
        raise NotForThem
    return "app"


def _own(actor: Actor) -> str:
    as_person(actor)
    return "app"


def _signed_in(actor: Actor) -> str:
    return _by_hat(as_person(actor))


def _national(actor: Actor) -> str:
    if not actor.is_official:
        raise NotForThem
    return "national"


ANYONE = Reader(logins=("app", "national", "public"), choose=_by_hat)
"""As `reading(info)`: nobody on the public login, officials on the national one, everyone else on the application's."""
SIGNED_IN = Reader(logins=("app", "national"), choose=_signed_in)
"""As `reading(info)` once `info.context.person` is certain: nobody is told to sign in by the ordinary path."""
LOCAL = Reader(logins=("app",), choose=_local)
"""As `reading(info)` for people of an area or an agency; the ordinary path answers anyone else."""
OWN = Reader(logins=("app",), choose=_own)
"""As `reading(info, own=True)`: on the application's login whatever the hat."""
OFFICIALS = Reader(logins=("national",), choose=_national)
"""As `national_reading(info, …)`: give the root its `audit`."""
PUBLIC = Reader(logins=("public",), choose=lambda _: "public")
"""As `public_scope()`: whoever asks reads as the public."""
