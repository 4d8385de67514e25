"""What the database refuses whoever asks and however: tried directly, past every rule of the service."""

from __future__ import annotations

import asyncpg
import pytest

from infra.database import sql
from tenants.membership.rules import Kind
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.membership import complete, make_partnership

# the delegate of the police chairs the partnership
REFUSED = {
    "two leads of one body on one day": (
        "insert into appointment (area_id, office, partner_id, person_name, post, valid_from) "
        "values ({area}, 'lead', {police}, 'Second', 'Chief', '2026-01-01')",
        asyncpg.ExclusionViolationError,
    ),
    "a lead before the body joined": (
        "insert into appointment (area_id, office, partner_id, person_name, post, valid_from, valid_to) "
        "values ({area}, 'lead', {police}, 'Early', 'Chief', '2018-01-01', '2018-12-31')",
        asyncpg.ForeignKeyViolationError,
    ),
    "a body that ends under its people": (
        "update partner_body set valid_to = '2026-01-01' where area_id = {area} and id = {police}",
        asyncpg.ForeignKeyViolationError,
    ),
    "a lead who chairs": (
        "update partnership_chair set appointment_id = {lead} where area_id = {area}",
        asyncpg.ForeignKeyViolationError,
    ),
    "a delegate who leaves and still chairs": (
        "update appointment set valid_to = '2026-01-01' where area_id = {area} and id = {delegate}",
        asyncpg.ForeignKeyViolationError,
    ),
    "a delegate who becomes a lead and still chairs": (
        "update appointment set office = 'lead' where area_id = {area} and id = {delegate}",
        asyncpg.IntegrityConstraintViolationError,
    ),
    "two chairs on one day": (
        "insert into partnership_chair (area_id, appointment_id, valid_from) values ({area}, {delegate}, '2026-01-01')",
        asyncpg.ExclusionViolationError,
    ),
    "a scrutineer without a term": (
        "insert into appointment (area_id, office, person_name, valid_from) "
        "values ({area}, 'scrutineer', 'S', '2026-01-01')",
        asyncpg.CheckViolationError,
    ),
    "a lead of nothing": (
        "insert into appointment (area_id, office, person_name, post, valid_from) "
        "values ({area}, 'lead', 'Loose', 'Chief', '2026-01-01')",
        asyncpg.CheckViolationError,
    ),
    "a lead without a post": (
        "update appointment set post = null where area_id = {area} and id = {lead}",
        asyncpg.CheckViolationError,
    ),
    "an end before the beginning": (
        "update appointment set valid_to = '2001-01-01' where area_id = {area} and id = {lead}",
        asyncpg.DataError,
    ),
    "the same body listed twice": (
        "insert into partner_body (area_id, kind, name, valid_from) "
        "select area_id, kind, upper(name), '2026-01-01' from partner_body where area_id = {area} and id = {police}",
        asyncpg.ExclusionViolationError,
    ),
    "a body that succeeds itself": (
        "update partner_body set succeeded_by = id, valid_to = '2090-01-01' where area_id = {area} and id = {police}",
        asyncpg.IntegrityConstraintViolationError,
    ),
    "a body of another kind": (
        "update partner_body set kind = 'school' where area_id = {area} and id = {police}",
        asyncpg.CheckViolationError,
    ),
    "a seat of nothing": (
        "insert into seat (area_id, title, valid_from) values ({area}, 'Loose seat', '2026-01-01')",
        asyncpg.CheckViolationError,
    ),
}


@pytest.mark.parametrize("case", REFUSED)
async def test_the_database_refuses(database: Cluster, case: str) -> None:
    statement, error = REFUSED[case]
    made = await make_partnership()
    await complete(made)
    ids = {
        "{area}": str(made.area.id),
        "{police}": f"'{made.bodies[Kind.POLICE]}'",
        "{lead}": f"'{made.leads[Kind.POLICE]}'",
        "{delegate}": f"'{made.delegates[Kind.POLICE]}'",
    }
    for name, value in ids.items():
        statement = statement.replace(name, value)
    with pytest.raises(error):
        async with tenant_scope(made.manager):
            await sql.execute(statement)
