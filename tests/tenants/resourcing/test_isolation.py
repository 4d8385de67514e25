"""Nobody reads or writes another area's budget; the manager keeps it, leads agree for their own body only."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

import asyncpg
import pytest

from infra.database import Scope, sql
from tenants.membership.queries.rows import LeadPartner
from tenants.membership.rules import Kind
from tenants.resourcing import permissions, queries, service
from tenants.resourcing.service import Pledge
from tenants.tenancy.actor import Actor, Grant
from tenants.tenancy.errors import NotAllowed
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import national_scope, public_scope, tenant_scope
from tests.support.cluster import Cluster
from tests.support.membership import make_bodies, make_partnership
from tests.support.resourcing import YEAR, act, agree_budget_by_all, open_budget, pledge, sheet
from tests.support.world import AreaMade, actor, make_area, manager

NIL = UUID(int=1)
TABLES = ["budget", "budget_line", "contribution", "receipt", "funding_agreement"]


async def test_another_area_finds_nothing(database: Cluster) -> None:
    made, other = await make_bodies(), await make_area()
    budget_id = await open_budget(made)
    given = await pledge(made, budget_id)
    line = (await sheet(made)).lines[0]
    area_id = made.area.id
    reads: list[Callable[[], Awaitable[object]]] = [
        lambda: queries.years(area_id=area_id),
        lambda: queries.budget(area_id=area_id, budget_id=budget_id),
        lambda: queries.sheet(area_id=area_id, year=YEAR),
        lambda: queries.contributions(area_id=area_id, budget_id=budget_id),
        lambda: queries.contribution(area_id=area_id, contribution_id=given),
        lambda: queries.line(area_id=area_id, line_id=line.id),
    ]
    for read in reads:
        async with tenant_scope(made.manager, readonly=True):
            assert await read()
        async with tenant_scope(manager(other), readonly=True):
            assert not await read()


def verbs(area_id: int, by: Actor) -> dict[str, Callable[[], Awaitable[UUID]]]:
    common = {"by": by, "area_id": area_id}
    what = Pledge(form="cash", amount_pence=1, contributor="Somebody")
    of_line = {**common, "line_id": NIL, "version": 1}
    given = {**common, "contribution_id": NIL, "version": 1}
    line = {"kind": "other", "description": "Room", "planned_pence": 1}
    return {
        "open_budget": lambda: service.open_budget(**common, year=2030),
        "add_line": lambda: service.add_line(**common, budget_id=NIL, **line),
        "change_line": lambda: service.change_line(**of_line, **line),
        "remove_line": lambda: service.remove_line(**of_line, reason="A reason."),
        "record_outturn": lambda: service.record_outturn(**of_line, outturn_pence=1),
        "reopen_budget": lambda: service.reopen_budget(**common, budget_id=NIL, version=1, reason="A reason."),
        "pledge": lambda: service.pledge(**common, budget_id=NIL, what=what),
        "change_pledge": lambda: service.change_pledge(**given, what=what, reason="A reason."),
        "invoice": lambda: service.invoice(**given, reference="1", invoiced_on=date(2026, 1, 1)),
        "correct_invoice": lambda: service.correct_invoice(
            **given, reference="1", invoiced_on=date(2026, 1, 1), reason="A reason."
        ),
        "reduce": lambda: service.reduce(**given, amount_pence=1, reason="A reason."),
        "receive": lambda: service.receive(**given, amount_pence=1, received_on=date(2026, 1, 1)),
        "reverse_receipt": lambda: service.reverse_receipt(**common, receipt_id=NIL, version=1, reason="A reason."),
        "withdraw": lambda: service.withdraw(**given, reason="A reason."),
        "agree_budget": lambda: service.agree_budget(**common, budget_id=NIL, version=1),
        "agree_contribution": lambda: service.agree_contribution(**given),
        "agree_each": lambda: service.agree_each(**common, items=[]),  # type: ignore[dict-item]
    }


AGREEING = {"agree_budget", "agree_contribution", "agree_each"}


def test_every_verb_of_the_service_is_tried_below() -> None:
    area = AreaMade(id=1, slug="testshire", name="Testshire", la_code="100")
    assert set(verbs(1, manager(area))) == set(service.__all__) - {"Pledge", "ToAgree", "AgreeOutcome"}


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.BUSINESS_MANAGER}))
async def test_nobody_but_the_business_manager_keeps_the_budget(database: Cluster, role: Role) -> None:
    area = await make_area()
    who = actor(role, area_id=area.id)
    for verb in verbs(area.id, who).values():
        with pytest.raises(NotAllowed):
            async with tenant_scope(who):
                await verb()


async def test_a_manager_of_another_area_or_whose_role_has_ended_does_nothing(database: Cluster) -> None:
    area, other = await make_area(), await make_area()
    for who in (manager(other), replace(manager(area), grants=())):
        for verb in verbs(area.id, who).values():
            with pytest.raises(NotAllowed):
                async with tenant_scope(who):
                    await verb()


async def test_the_manager_cannot_agree_for_a_lead(database: Cluster) -> None:
    area = await make_area()
    for name in AGREEING:
        with pytest.raises(NotAllowed, match="Only the lead safeguarding partner"):
            async with tenant_scope(manager(area)):
                await verbs(area.id, manager(area))[name]()


BODY, FORCE, ACCOUNT = UUID(int=10), UUID(int=11), UUID(int=12)
LEAD = Grant(role=Role.LEAD_SAFEGUARDING_PARTNER, area_id=1)


def lead_of(*, person_id: UUID | None = None, organisation_id: UUID | None = None, held: bool = True) -> LeadPartner:
    return LeadPartner(
        partner_id=BODY,
        kind=Kind.POLICE,
        name="Police",
        organisation_id=organisation_id,
        appointment_id=UUID(int=13) if held else None,
        person_name="Lena",
        person_id=person_id,
    )


@pytest.mark.parametrize(
    ("lead", "grants", "reach", "may"),
    [
        (lead_of(person_id=ACCOUNT), (LEAD,), (), True),
        (lead_of(person_id=ACCOUNT), (), (), False),
        (lead_of(person_id=ACCOUNT), (Grant(role=Role.LEAD_SAFEGUARDING_PARTNER, area_id=2),), (), False),
        (lead_of(person_id=ACCOUNT), (Grant(role=Role.DELEGATED_SAFEGUARDING_PARTNER, area_id=1),), (), False),
        (lead_of(person_id=UUID(int=99)), (LEAD,), (), False),
        (lead_of(organisation_id=FORCE), (LEAD,), ((1, FORCE),), True),
        (lead_of(organisation_id=FORCE), (LEAD,), ((None, FORCE),), True),
        (lead_of(organisation_id=FORCE), (LEAD,), ((2, FORCE),), False),
        (lead_of(organisation_id=FORCE), (), ((None, FORCE),), False),
        (lead_of(person_id=UUID(int=99), organisation_id=FORCE), (LEAD,), ((1, FORCE),), False),
        (lead_of(person_id=ACCOUNT, held=False), (LEAD,), (), False),
        (lead_of(), (LEAD,), (), False),
    ],
)
def test_who_leads_a_body_today(
    lead: LeadPartner, grants: tuple[Grant, ...], reach: tuple[tuple[int | None, UUID], ...], may: bool
) -> None:
    who = Actor(kind="person", name="Lena", id=ACCOUNT, grants=grants, reach=frozenset(reach))
    assert bool(permissions.led_by(who, area_id=1, leads=[lead])) is may


async def test_a_lead_whose_role_has_ended_cannot_agree(database: Cluster) -> None:
    made = await make_partnership()
    budget_id = await open_budget(made)
    former = replace(made.lead_actors[Kind.POLICE], grants=())
    with pytest.raises(NotAllowed):
        await act(former, service.agree_budget, made.area.id, budget_id=budget_id, version=1)
    assert [row.agreed_name for row in (await sheet(made)).agreements] == [None, None, None]


async def test_the_scrutineer_reads_the_budget(database: Cluster) -> None:
    made = await make_bodies()
    await open_budget(made)
    scrutineer = actor(Role.INDEPENDENT_SCRUTINEER, area_id=made.area.id)
    async with tenant_scope(scrutineer, readonly=True):
        assert await queries.sheet(area_id=made.area.id, year=YEAR) is not None


@pytest.mark.parametrize("table", TABLES)
async def test_the_public_login_cannot_ask(database: Cluster, table: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with public_scope():
            await sql.fetch(f"select area_id from {table}")


async def national(statement: str, area_id: int) -> list[asyncpg.Record]:
    async with national_scope():
        return await sql.fetch(statement, area_id)


async def test_the_department_reads_amounts_of_agreed_budgets_only(database: Cluster) -> None:
    made = await make_partnership()
    budget_id = await open_budget(made)
    await pledge(made, budget_id)
    counted = "select id from contribution where area_id = $1"
    async with national_scope():
        [draft, none] = await queries.totals_of(area_ids=[made.area.id, 999_999], year=YEAR)
    assert (draft.state, draft.planned_pence, none.state) == ("draft", None, None)
    assert await national(counted, made.area.id) == []
    await agree_budget_by_all(made, budget_id)
    async with national_scope():
        [agreed] = await queries.totals_of(area_ids=[made.area.id], year=YEAR)
    assert (agreed.state, agreed.planned_pence, agreed.promised_pence, agreed.received_pence) == (
        "agreed",
        100_000_00,
        10_000_00,
        None,
    )
    assert len(await national(counted, made.area.id)) == 1


WORDS = [
    ("budget", "note"),
    ("budget_line", "description"),
    ("contribution", "description"),
    ("contribution", "contributor"),
    ("contribution", "valuation_method"),
    ("contribution", "withdrawn_reason"),
    ("contribution", "reduced_reason"),
    ("contribution", "reduced_from_pence"),
    ("receipt", "reference"),
    ("funding_agreement", "agreed_name"),
]


@pytest.mark.parametrize(("table", "column"), WORDS)
async def test_the_department_reads_no_words(database: Cluster, table: str, column: str) -> None:
    scope: Scope = national_scope()
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with scope:
            await sql.fetch(f"select {column} from {table}")


@pytest.mark.parametrize("table", TABLES)
async def test_no_login_deletes(database: Cluster, table: str) -> None:
    area = await make_area()
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with tenant_scope(manager(area)):
            await sql.execute(f"delete from {table}")
