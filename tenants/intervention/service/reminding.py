"""When the review date of a decision has come: emails to who decided and to the area's manager, once for each date."""

from __future__ import annotations

from uuid import UUID

from asyncpg import Record

from infra.clock import today
from infra.database import sql
from infra.ids import opaque
from tenants.audit.service import record
from tenants.intervention.service.telling import officials_today
from tenants.tenancy.actor import Actor
from tenants.tenancy.mail.service import send_mail
from tenants.tenancy.roles import Role

TEMPLATE = "flag_review_due"

_DUE = """
select f.id, f.title, f.review_on, a.name as area_name, a.slug,
    (select m.by_id from intervention_flag_move m where m.area_id = f.area_id and m.flag_id = f.id
        and m.move = 'decide' order by m.id desc limit 1) as decided_by
from intervention_flag f join area a on a.id = f.area_id
where f.area_id = $1 and f.state = 'decided' and f.review_on <= $2 and not exists (
    select from flag_review_reminder r where r.area_id = f.area_id and r.flag_id = f.id and r.review_on = f.review_on)
order by f.id
"""
_FIRST = """insert into flag_review_reminder (area_id, flag_id, review_on) values ($1, $2, $3)
on conflict do nothing returning true"""
_MANAGERS = """
select distinct p.id, p.email from role_assignment h join person p on p.id = h.person_id
where h.area_id = $1 and h.role = $2 and p.disabled_at is null
    and h.valid_from <= $3 and (h.valid_to is null or h.valid_to >= $3)
"""


async def remind_of_reviews(*, by: Actor, area_id: int) -> int:
    """Write about each decision whose review date has come; return how many decisions. For the worker.

    Running it again sends nothing more. When the official who decided holds no such role any more, every official is
    written to. Needs the powers `mail` and `officials`.
    """
    reminded = 0
    for due in await sql.fetch(_DUE, area_id, today()):
        if await sql.fetch_value(_FIRST, area_id, due["id"], due["review_on"]):
            await _write(by, area_id, due)
            reminded += 1
    return reminded


async def _write(by: Actor, area_id: int, due: Record) -> None:
    officials = await _who_reviews(due["decided_by"])
    managers = await sql.fetch(_MANAGERS, area_id, Role.BUSINESS_MANAGER, today())
    day = due["review_on"]
    values = {"area": due["area_name"], "title": due["title"], "day": f"{day.day} {day:%B %Y}"}
    flag = opaque("InterventionFlag", f"{area_id}.{due['id']}")
    for person in managers:
        await send_mail(by=by, area_id=area_id, to=person["email"], person_id=person["id"], template=TEMPLATE,
                        values={**values, "national": 0, "page": f"/area/{due['slug']}/flags/{flag}"})  # fmt: skip
    for person in officials:
        await send_mail(by=by, area_id=None, to=person["email"], person_id=person["id"], template=TEMPLATE,
                        values={**values, "national": 1, "page": f"/national/flags/{flag}"})  # fmt: skip
    await record(
        by=by, area_id=area_id, action="flag.remind", subject=("intervention_flag", due["id"]),
        after={"review_on": day},
    )  # fmt: skip


async def _who_reviews(decided_by: UUID | None) -> list[Record]:
    officials = await officials_today()
    return [one for one in officials if one["id"] == decided_by] or officials
