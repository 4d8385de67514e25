"""Who may write the register: platform administrators by hand, and the import with its own power."""

from __future__ import annotations

from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import NotAllowed
from tenants.tenancy.roles import WRITING_ROLES


def can_keep_register(actor: Actor) -> bool:
    """Return whether the actor may register partner bodies and ask for imports."""
    return actor.is_platform or not actor.powers.isdisjoint({"platform", "register"})


def check_can_keep_register(actor: Actor) -> None:
    """Raises `NotAllowed` unless the actor may register partner bodies and ask for imports."""
    if not can_keep_register(actor):
        raise NotAllowed("Only a platform administrator can change the national register.")


def check_can_import(actor: Actor) -> None:
    """Raises `NotAllowed` unless the actor carries out imports: the worker or the command line."""
    if "register" not in actor.powers:
        raise NotAllowed("Only the service itself can carry out a register import.")


def check_can_place(actor: Actor, *, area_id: int) -> None:
    """Raises `NotAllowed` unless the actor may say who works with this area."""
    if area_id not in actor.areas and not actor.holds(*WRITING_ROLES, area_id=area_id):
        raise NotAllowed("Only this area's own people can say which organisations work with it.")
