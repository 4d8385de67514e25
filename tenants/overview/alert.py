"""A row that held and was wrong: told in the log, counted, and written to the platform administrators."""

from __future__ import annotations

from collections.abc import Sequence

from infra.clock import today
from infra.database import sql
from infra.telemetry.logs import logger
from infra.telemetry.metrics import ALARMS
from tenants.overview.rules import Difference
from tenants.tenancy import queries as tenancy
from tenants.tenancy.actor import Actor
from tenants.tenancy.mail import send_mail

log = logger("overview")

_ONE_AT_A_TIME = "select pg_advisory_xact_lock(1330008663, 0)"
_ADMINISTRATORS = """
select distinct p.id, p.email from person p join role_assignment r on r.person_id = p.id
where r.role = 'platform_administrator' and r.valid_from <= $1 and (r.valid_to is null or r.valid_to >= $1)
    and p.disabled_at is null
    and not exists (select from mail m where m.template = 'overview_differs' and m.area_id is null
        and m.person_id = p.id and m.created_at > now() - interval '20 hours')
"""


async def tell_of_differences(*, by: Actor, area_id: int, differences: Sequence[Difference]) -> None:
    """Log and count each difference, and write to every administrator who had no such mail today.

    Needs the powers `alert` and `mail`: the first shows who the administrators are, the second which mails went.
    """
    for one in differences:
        log.error("overview_differs", area_id=area_id, subject=one.subject.value, kept=one.kept, computed=one.computed)
        ALARMS.labels("overview_differs").inc()
    area = await tenancy.area(area_id=area_id)
    assert area is not None
    subjects = ", ".join(one.subject.value for one in differences)
    await sql.execute(_ONE_AT_A_TIME)
    for row in await sql.fetch(_ADMINISTRATORS, today()):
        await send_mail(
            by=by,
            area_id=None,
            to=row["email"],
            person_id=row["id"],
            template="overview_differs",
            values={"area": area.name, "slug": area.slug, "subjects": subjects},
        )
