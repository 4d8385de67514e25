"""Writes pages of a school system, whichever supplier they came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from integrations.connector import Counts, Link, Page
from integrations.school_people.model import Item, People, Schools
from integrations.school_people.people import apply_people
from integrations.school_people.schools import apply_schools
from tenants.tenancy.actor import Actor

#: pages that came meanwhile and are written at once
TOGETHER = 8


async def apply(*, by: Actor, link: Link, page: Page[Item]) -> Counts:
    """Write what the page says, inside the transaction that keeps the cursor."""
    total = Counts()
    for batch in batches(page.items):
        if batch.schools:
            total += await apply_schools(link=link, pages=batch.schools)
        if batch.people:
            total += await apply_people(by=by, link=link, pages=batch.people)
    return total


@dataclass
class Batch:
    """Pages of schools and, after them, pages of people, none of which speaks of somebody another speaks of."""

    schools: list[Schools] = field(default_factory=list)
    people: list[People] = field(default_factory=list)
    _spoken: dict[str, set[str]] = field(default_factory=dict)

    def takes(self, item: Item) -> bool:
        """Return whether the item was added: who is on the listings of two posts is told apart by the post."""
        ids = {each.id for each in (item.schools if isinstance(item, Schools) else item.people)}
        words = [""] if isinstance(item, Schools) else list(item.posts)
        spoken = [self._spoken.setdefault(word, set()) for word in words]
        if not all(ids.isdisjoint(before) for before in spoken) or (self.people and isinstance(item, Schools)):
            return False
        for before in spoken:
            before |= ids
        if isinstance(item, Schools):
            self.schools.append(item)
        else:
            self.people.append(item)
        return True


def batches(items: Sequence[Item]) -> list[Batch]:
    """Return the items in their order, as many as can be looked up before any of them is written."""
    made = [Batch()]
    for item in items:
        if not made[-1].takes(item):
            made.append(Batch())
            made[-1].takes(item)
    return made
