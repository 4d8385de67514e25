"""Whose login reads a root field: the same choice as the ordinary path's `reading(info)` makes."""

from __future__ import annotations

from concordat_graphql.context import Unauthenticated
from tenants.tenancy.actor import Actor
from tenants.tenancy.roles import Hat


def by_hat(actor: Actor) -> str:
    """Return the public login for nobody, the national one for officials, the application's for everyone else."""
    if not actor.signed_in:
        return "public"
    return "national" if actor.hat is Hat.NATIONAL else "app"


def own(actor: Actor) -> str:
    """Return the application's login; raises `Unauthenticated` for someone not signed in."""
    return as_person(actor) and "app"


def public(actor: Actor) -> str:
    """Return the public login, whoever asks."""
    return "public"


def as_person(actor: Actor) -> str:
    """Return the actor's kind when signed in; raises `Unauthenticated` otherwise."""
    if not actor.signed_in:
        raise Unauthenticated
    return actor.kind
