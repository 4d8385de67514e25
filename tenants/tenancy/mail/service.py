"""Writing a mail: a row and a message in the service's own transaction, so it is sent exactly when the change is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from uuid import UUID

from infra.database import sql
from infra.ids import uuid7
from infra.queue import enqueue
from tenants.tenancy import checks
from tenants.tenancy.actor import Actor
from tenants.tenancy.mail.rendering import render

LONGEST_VALUE = 300

_INSERT = """
insert into mail (area_id, id, person_id, address, template, details, caused_by, about)
values ($1, $2, $3, $4, $5, $6::text::jsonb, $7, $8)
"""


async def send_mail(
    *,
    by: Actor,
    area_id: int | None,
    to: str,
    template: str,
    values: Mapping[str, str | int | UUID],
    person_id: UUID | None = None,
    about: UUID | None = None,
) -> UUID:
    """Write a mail to an address, to be sent after the commit; return its id.

    `values` fill the template: ids, names and dates of at most 300 characters, never anything about a child.
    `person_id` lets that person see their own mails; `about` is the request or the invitation that it is about, where
    the area is told when it did not arrive. Raises `Invalid` for a wrong address, `ValueError` for a value
    that is too long, and Jinja's errors when the template lacks a value: those are the caller's mistakes.
    """
    facts = {name: value if isinstance(value, int) else str(value) for name, value in values.items()}
    if too_long := [name for name, value in facts.items() if len(str(value)) > LONGEST_VALUE]:
        raise ValueError(f"mail values must be short facts: {', '.join(too_long)}")
    render(template=template, values=facts, link="")
    mail_id = uuid7()
    address = checks.email(to)
    await sql.execute(_INSERT, area_id, mail_id, person_id, address, template, json.dumps(facts), by.id, about)
    await enqueue("mail.send", area_id=area_id, mail_id=mail_id)
    return mail_id
