"""Who holds a role in an area: the accounts that an appointment can be linked to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

import strawberry

from concordat_graphql import ids
from concordat_graphql.context import Info, reading
from tenants.membership.permissions import check_can_read
from tenants.tenancy.people import queries
from tenants.tenancy.people.queries import AssignmentRow
from tenants.tenancy.roles import LABELS, Role


@strawberry.type
class AreaAccount:
    """Somebody who can sign in to the area today, with the roles they hold there."""

    person_id: strawberry.ID
    name: str
    email: str
    roles: list[str]
    role_labels: list[str]

    @classmethod
    def all_of(cls, rows: Iterable[AssignmentRow]) -> list[Self]:
        """Return one account for each person, in the order of the rows."""
        found: dict[object, Self] = {}
        for row in rows:
            person_id = ids.encode("Person", row.person_id)
            new = cls(person_id=person_id, name=row.person_name, email=row.email, roles=[], role_labels=[])
            account = found.setdefault(row.person_id, new)
            account.roles.append(row.role)
            account.role_labels.append(LABELS[Role(row.role)])
        return list(found.values())


@strawberry.type
class AreaAccountsQuery:
    """Reading who can be linked to an appointment."""

    @strawberry.field(description="Who holds a role of the partnership in the area today, by name. For members.")
    async def area_accounts(self, info: Info, area_id: strawberry.ID) -> list[AreaAccount]:
        area = ids.decode_area(area_id)
        check_can_read(info.context.person, area_id=area)
        async with reading(info, own=True):
            return AreaAccount.all_of(await queries.members_of_area(area_id=area))
