"""Emails to agencies about what they are asked: when a cycle opens, and at most once for each reminder day."""

from __future__ import annotations

from uuid import UUID

from asyncpg import Record

from infra.clock import today
from infra.database import sql
from infra.working_days import BeyondCalendar
from tenants.audit.service import record
from tenants.cooperation.queries.recipients import page_of
from tenants.cooperation.rules.follow_up import reminder_due
from tenants.tenancy.actor import Actor
from tenants.tenancy.mail.service import send_mail

REMINDER, ASKED = "cooperation_reminder", "cooperation_asked"

_OPEN = """
select r.id, r.agency_name, r.title, r.due_on, r.state, d.reminder_days, a.name as area_name,
    array(select s.day from reminder s where s.area_id = r.area_id and s.request_id = r.id) as sent,
    array(select distinct lower(address) from (
        select g.contact_email as address from relevant_agency g
            where g.area_id = r.area_id and g.id = r.agency_id and g.contact_email is not null
        union all
        select p.email from role_assignment h join person p on p.id = h.person_id
            where h.area_id = r.area_id and h.organisation_id = r.organisation_id and p.disabled_at is null
                and h.valid_from <= $2 and (h.valid_to is null or h.valid_to >= $2)) known) as addresses
from duty_request r
    join duty d on d.area_id = r.area_id and d.id = r.duty_id
    join area a on a.id = r.area_id
where r.area_id = $1 and r.opens_on <= $2
"""
_OWING = f"""{_OPEN} and r.state in ('not_started', 'draft', 'more_needed')
order by r.id
for update of r skip locked
"""
_ASKED = f"{_OPEN} and r.state = 'not_started' and r.cycle_id = $3 order by r.id"


async def announce_cycle(*, by: Actor, area_id: int, cycle_id: UUID) -> int:
    """Write to every agency that a cycle asks, once it is open; return how many requests were written about.

    The job runs once for each cycle; a cycle that opens later is told by its first reminder.
    """
    told = [asked for asked in await sql.fetch(_ASKED, area_id, today(), cycle_id) if asked["addresses"]]
    for asked in told:
        await _write(by, area_id, asked, template=ASKED)
    return len(told)


async def send_due_reminders(*, by: Actor, area_id: int) -> int:
    """Write the reminders that are due today in an area; return how many requests were reminded of.

    Running it again the same day sends nothing more. An agency with no address is left out: there is nobody to write
    to, and the area sees that no reminder was sent.
    """
    reminded = 0
    for owing in await sql.fetch(_OWING, area_id, today()):
        day = _due(owing)
        if day is not None and owing["addresses"] and await _first_time(area_id, owing, day):
            await _write(by, area_id, owing, template=REMINDER)
            reminded += 1
    if reminded:
        await record(
            by=by, area_id=area_id, action="reminder.send", subject=("area", area_id), after={"requests": reminded}
        )
    return reminded


def _due(owing: Record) -> int | None:
    try:
        return reminder_due(
            days=owing["reminder_days"], state=owing["state"], due_on=owing["due_on"], sent=owing["sent"], on=today()
        )
    except BeyondCalendar:
        return None


async def _first_time(area_id: int, owing: Record, day: int) -> bool:
    return bool(
        await sql.fetch_value(
            "insert into reminder (area_id, request_id, day, sent_to) values ($1, $2, $3, $4) "
            "on conflict (area_id, request_id, day) do nothing returning true",
            area_id,
            owing["id"],
            day,
            ", ".join(owing["addresses"]),
        )
    )


async def _write(by: Actor, area_id: int, owing: Record, *, template: str) -> None:
    due = owing["due_on"]
    for address in owing["addresses"]:
        await send_mail(
            by=by,
            area_id=area_id,
            to=address,
            about=owing["id"],
            template=template,
            values={
                "area": owing["area_name"],
                "agency": owing["agency_name"],
                "title": owing["title"],
                "due": f"{due.day} {due:%B %Y}",
                "late": int(due < today()),
                "page": page_of(area_id=area_id, request_id=owing["id"]),
            },
        )
