"""How a year's budget with all that belongs to it is read by compiled operations."""

from __future__ import annotations

from collections.abc import Mapping

from concordat_graphql.resourcing.shapes import BY_KIND, CONTRIBUTION, LED, RECEIPTS, RECEIVED, as_lead, of_member
from concordat_graphql.resourcing.types import (
    BudgetAgreement,
    BudgetBalance,
    BudgetLine,
    BudgetSheet,
    FundingShare,
)
from concordat_graphql.shapes.logins import OWN
from concordat_graphql.shapes.shape import Bound, NotForThem, Relation, Root, Shape
from concordat_graphql.shapes.words import PART, labelled, literal, money, opaque
from tenants.resourcing.permissions import can_edit
from tenants.resourcing.rules import LINE_LABELS, LineKind
from tenants.tenancy.actor import Actor

LINES = "array_position(array[" + ", ".join(literal(k) for k in LineKind if k is not LineKind.OTHER) + "], {t}.kind)"
OF_BUDGET = "{t}.area_id = {p}.area_id and {t}.budget_id = {p}.id"
#: whose agreement was needed on the day it was agreed, or is needed today
AGREEMENTS = """partner_body {t} left join appointment {t}_a on {t}_a.area_id = {t}.area_id
        and {t}_a.partner_id = {t}.id and {t}_a.office = 'lead'
        and {t}_a.valid @> coalesce({p}.agreed_on, {today}::date)
    left join funding_agreement {t}_g on {t}_g.area_id = {t}.area_id and {t}_g.partner_id = {t}.id
        and {t}_g.budget_id = {p}.id and {t}_g.contribution_id is null and {t}_g.of_terms = {p}.terms"""
BALANCE = f"""cross join lateral (select line.planned, line.spent, gift.promised, gift.received,
        line.planned - gift.promised as unfunded, gift.promised - gift.received as outstanding
    from (select coalesce(sum(l.planned_pence), 0)::bigint as planned,
            coalesce(sum(l.outturn_pence), 0)::bigint as spent from budget_line l
        where l.area_id = {{p}}.area_id and l.budget_id = {{p}}.id and l.removed_reason is null) line,
    (select coalesce(sum(c.amount_pence), 0)::bigint as promised,
            coalesce(sum((select {RECEIVED} from {RECEIPTS.format(alias="c")})), 0)::bigint as received
        from contribution c
        where c.area_id = {{p}}.area_id and c.budget_id = {{p}}.id and c.state <> 'withdrawn') gift) {{t}}"""
#: `rules.shares`: basis points by largest remainder. What a body gave last year counts for itself or the first after it
#: that gives this year, else for the last after it; who gave last year and gives nothing this year stands with nothing
SHARES = """(with recursive given as (select c.partner_id, coalesce(b.name, c.contributor) as contributor,
            sum(c.amount_pence)::bigint as amount, min(c.id::text) as first
        from contribution c left join partner_body b on b.area_id = c.area_id and b.id = c.partner_id
        where c.area_id = {p}.area_id and c.budget_id = {p}.id and c.state <> 'withdrawn' group by 1, 2),
    line as (
        select b.id as first, b.id, b.succeeded_by, 0 as place from partner_body b where b.area_id = {p}.area_id
        union all select line.first, b.id, b.succeeded_by, line.place + 1
        from line join partner_body b on b.area_id = {p}.area_id and b.id = line.succeeded_by),
    follower as (select distinct on (line.first) line.first, line.id
        from line left join given on given.partner_id = line.id
        order by line.first, given.partner_id is null,
            case when given.partner_id is null then -line.place else line.place end),
    before as (select follower.id as partner_id, c.contributor, sum(c.amount_pence)::bigint as amount
        from budget b join contribution c on c.area_id = b.area_id and c.budget_id = b.id and c.state <> 'withdrawn'
            left join follower on follower.first = c.partner_id
        where b.area_id = {p}.area_id and b.year = {p}.year - 1 group by 1, 2),
    exact as (select given.*, row_number() over (order by partner_id is null, contributor, first) as place,
            div(amount::numeric * 10000, sum(amount) over ())::integer as quotient,
            mod(amount::numeric * 10000, sum(amount) over ()) as rest
        from given)
    select exact.contributor, exact.amount, exact.place,
        exact.quotient + (row_number() over (order by exact.rest desc, exact.place)
            <= 10000 - sum(exact.quotient) over ())::integer as points,
        case when exists (select from budget b where b.area_id = {p}.area_id and b.year = {p}.year - 1) then
            coalesce((select sum(before.amount) from before where before.partner_id = exact.partner_id
                or exact.partner_id is null and before.partner_id is null
                and before.contributor = exact.contributor), 0)::bigint end as last_year
    from exact
    union all
    select coalesce(b.name, before.contributor), 0,
        row_number() over (order by before.partner_id is null, before.partner_id), 0, before.amount
    from before left join partner_body b on b.area_id = {p}.area_id and b.id = before.partner_id
    where not exists (select from given where given.partner_id = before.partner_id
        or given.partner_id is null and before.partner_id is null and given.contributor = before.contributor)) {t}"""


def _sheet(actor: Actor, area_id: str, year: int) -> Bound:
    if not 2000 <= year <= 2099:
        raise NotForThem
    bound = of_member(actor, area_id)
    area = bound["area_id"]
    return {**bound, **as_lead(actor, area_id=area), "year": year, "may_edit": can_edit(actor, area_id=area)}


TYPES: Mapping[type, Shape] = {
    BudgetLine: Shape(
        table="budget_line",
        columns={"id": opaque("BudgetLine", "{t}.id"), "kind_label": labelled("{t}.kind", LINE_LABELS)},
        relations={"planned": money("{p}.planned_pence"), "outturn": money("{p}.outturn_pence")},
    ),
    BudgetAgreement: Shape(
        columns={
            "partner_id": opaque("PartnerBody", "{t}.id"),
            "partner_name": "{t}.name",
            "lead_name": "{t}_a.person_name",
            "agreed_name": "{t}_g.agreed_name",
            "agreed_on": "{t}_g.agreed_on",
            "mine": f"{{t}}.id in (select p.id from {LED})",
        }
    ),
    FundingShare: Shape(
        columns={"contributor": "{t}.contributor", "basis_points": "{t}.points"},
        relations={
            "amount": money("{p}.amount"),
            "last_year": money("{p}.last_year"),
            "change": money("{p}.amount - {p}.last_year"),
        },
    ),
    BudgetBalance: Shape(
        relations={
            name: money(f"{{p}}.{name}")
            for name in ("planned", "promised", "received", "spent", "unfunded", "outstanding")
        }
    ),
    BudgetSheet: Shape(
        columns={"may_edit": "{may_edit}::boolean", "may_agree": f"exists (select from {LED})"},
        relations={
            "budget": PART,
            "lines": Relation(
                source="budget_line {t}",
                where=f"{OF_BUDGET} and {{t}}.removed_reason is null",
                order=f"{LINES}, {{t}}.id",
            ),
            "contributions": Relation(
                source=CONTRIBUTION,
                where=OF_BUDGET,
                order="{t}.partner_id is null, coalesce({t}_p.name, {t}.contributor), {t}.id",
            ),
            "agreements": Relation(
                source=AGREEMENTS,
                where="{t}.area_id = {p}.area_id and {t}.valid @> coalesce({p}.agreed_on, {today}::date)",
                order=f"{BY_KIND.format(alias='{t}')}, {{t}}.name",
            ),
            "shares": Relation(source=SHARES, order="{t}.amount desc, {t}.contributor, {t}.place"),
            "balance": Relation(beside=BALANCE, one=True),
        },
    ),
}

ROOTS: Mapping[str, Root] = {
    "budgetSheet": Root(
        reader=OWN,
        relation=Relation(
            source="budget {t}", where="{t}.area_id = {area_id} and {t}.year = {year}::integer", one=True, bind=_sheet
        ),
    )
}
