"""Who is told of a move by email: the area's side, the officials who acted on the flag, every official of a referral.

An email says which flag moved, how and by whom; what was said is read after signing in.
"""

from __future__ import annotations

from uuid import UUID

from asyncpg import Record

from infra.clock import today
from infra.database import sql
from infra.ids import opaque
from infra.queue import enqueue
from tenants.intervention.permissions import AREA_SIDE
from tenants.intervention.rules.states import LABELS, Move, State
from tenants.tenancy.actor import Actor
from tenants.tenancy.mail.service import send_mail
from tenants.tenancy.roles import LABELS as ROLES
from tenants.tenancy.roles import NATIONAL_ROLES, Role

TEMPLATE, REFERRED = "flag_moved", "flag_referred"
UNTOLD = frozenset({Move.AMEND})

_MOVE = """
select m.flag_id, m.move, m.after, m.by_id, m.by_name, m.by_role, m.shared, f.title, a.name as area_name, a.slug
from intervention_flag_move m
    join intervention_flag f on f.area_id = m.area_id and f.id = m.flag_id
    join area a on a.id = m.area_id
where m.area_id = $1 and m.id = $2
"""
_AREA_SIDE = """
select distinct p.id, p.email from role_assignment h join person p on p.id = h.person_id
where h.area_id = $1 and h.role = any ($2) and h.organisation_id is null and p.disabled_at is null and p.id <> $3
    and h.valid_from <= $4 and (h.valid_to is null or h.valid_to >= $4)
"""
_EVERY_OFFICIAL = """
select distinct p.id, p.email from role_assignment h join person p on p.id = h.person_id
where h.role = any ($1) and p.disabled_at is null and h.valid_from <= $2 and (h.valid_to is null or h.valid_to >= $2)
order by p.id
"""
_OFFICIALS = """
select distinct p.id, p.email from intervention_flag_move m join person p on p.id = m.by_id
where m.area_id = $1 and m.flag_id = $2 and m.by_role = any ($3) and m.shared and p.disabled_at is null and p.id <> $4
"""


async def ask_to_tell(*, area_id: int, move: Move, move_id: UUID) -> None:
    """Write the message by which the worker tells those concerned, in the transaction of the move."""
    if move not in UNTOLD:
        await enqueue("flag.tell", area_id=area_id, move_id=move_id)


async def tell_of_move(*, by: Actor, area_id: int, move_id: UUID) -> int:
    """Write the emails about a move; return how many. For the worker, in the area's scope."""
    made = await sql.fetch_one(_MOVE, area_id, move_id)
    if made is None:
        return 0
    roles = [role.value for role in (*AREA_SIDE, Role.INDEPENDENT_SCRUTINEER)]
    members = await sql.fetch(_AREA_SIDE, area_id, roles, made["by_id"], today())
    officials = await sql.fetch(
        _OFFICIALS, area_id, made["flag_id"], [role.value for role in NATIONAL_ROLES], made["by_id"]
    )
    values = {
        "title": made["title"],
        "area": made["area_name"],
        "stands": LABELS[State(made["after"])].lower(),
        "who": made["by_name"],
        "role": ROLES[Role(made["by_role"])].lower(),
    }
    flag = opaque("InterventionFlag", f"{area_id}.{made['flag_id']}")
    for person in members:
        # the area sees which mails went to its own people, and none that went to an official
        await send_mail(by=by, area_id=area_id, to=person["email"], person_id=person["id"], template=TEMPLATE,
                        values={**values, "page": f"/area/{made['slug']}/flags/{flag}"})  # fmt: skip
    for person in officials if made["shared"] else ():
        await send_mail(by=by, area_id=None, to=person["email"], person_id=person["id"], template=TEMPLATE,
                        values={**values, "page": f"/national/flags/{flag}"})  # fmt: skip
    referral = await _tell_of_referral(by, made["area_name"], flag) if made["move"] == Move.REFER else 0
    return len(members) + len(officials) + referral


async def _tell_of_referral(by: Actor, area_name: str, flag: str) -> int:
    """Write to every official that an area has referred something; what it is, is read after signing in."""
    officials = await officials_today()
    for person in officials:
        await send_mail(by=by, area_id=None, to=person["email"], person_id=person["id"], template=REFERRED,
                        values={"area": area_name, "page": f"/national/flags/{flag}"})  # fmt: skip
    return len(officials)


async def officials_today() -> list[Record]:
    """Return the id and address of everyone who is an official today; nobody without the power `officials`."""
    return await sql.fetch(_EVERY_OFFICIAL, [role.value for role in NATIONAL_ROLES], today())
