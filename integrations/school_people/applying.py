"""Writes one page of a school system, whichever supplier it came from."""

from __future__ import annotations

from integrations.connector import Counts, Link, Page
from integrations.school_people.model import Item, Schools
from integrations.school_people.people import apply_people
from integrations.school_people.schools import apply_schools
from tenants.tenancy.actor import Actor


async def apply(*, by: Actor, link: Link, page: Page[Item]) -> Counts:
    """Write what the page says, inside the transaction that keeps the cursor."""
    total = Counts()
    for item in page.items:
        if isinstance(item, Schools):
            counts = await apply_schools(link=link, page=item)
        else:
            counts = await apply_people(by=by, link=link, page=item)
        total = Counts(
            read=total.read + counts.read,
            proposed=total.proposed + counts.proposed,
            unchanged=total.unchanged + counts.unchanged,
        )
    return total
