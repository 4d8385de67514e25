"""Reading the register: bodies, schools, trusts, who followed whom, and who is present where."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from asyncpg import Record

from infra.clock import today
from infra.database import sql

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True, slots=True)
class Organisation:
    """A body of the register. `category` is the statutory relevant-agency category of an establishment."""

    id: UUID
    kind: str
    name: str
    legal_name: str | None
    status: str
    proposed_to_close: bool
    opened_on: date | None
    closed_on: date | None
    urn: int | None
    uid: int | None
    ukprn: str | None
    ods_code: str | None
    companies_house: str | None
    la_code: str | None
    la_name: str | None
    type_label: str | None
    phase: str | None
    category: str | None
    trust_id: UUID | None
    trust_since: date | None
    town: str | None
    postcode: str | None
    website: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """What a sync asks of each of many thousand establishments: which it is, its name, and whether it is open."""

    id: UUID
    name: str
    status: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Relative:
    """A predecessor or successor of an organisation."""

    id: UUID
    name: str
    status: str
    kind: str
    on_date: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Membership:
    """A trust that runs (`valid_to` None) or ran an establishment."""

    trust_id: UUID
    name: str
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One fact of an organisation that changed."""

    field: str
    before: str | None
    after: str | None
    effective_on: date
    recorded_at: datetime


async def organisation(*, organisation_id: UUID) -> Organisation | None:
    """Return the organisation, open or closed, or None."""
    return _one(await sql.fetch_one("select * from organisation_fact o where o.id = $1", organisation_id))


async def establishment(*, urn: int) -> Organisation | None:
    """Return the establishment of that URN, open or closed, or None."""
    return _one(await sql.fetch_one("select * from organisation_fact o where o.urn = $1", urn))


async def trust(*, uid: int) -> Organisation | None:
    """Return the trust of that group UID, open or closed, or None."""
    return _one(await sql.fetch_one("select * from organisation_fact o where o.uid = $1", uid))


async def names(*, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the names of these organisations by id; unknown ids are left out."""
    rows = await sql.fetch("select id, name from organisation_fact where id = any ($1)", list(ids))
    return {row["id"]: row["name"] for row in rows}


_SEARCH = """
select * from organisation_fact o
where ($1::text[] is null or o.kind = any ($1))
    and ($2::text is null or o.name ilike '%' || $2 || '%' or o.urn::text = $2 or o.postcode ilike $2 || '%')
    and ($3 or o.status <> 'closed')
    and ($4::text is null or (o.name, o.id) > ($4, $5::uuid))
order by o.name, o.id
limit $6
"""


async def search(
    *,
    text: str | None = None,
    kinds: tuple[str, ...] | None = None,
    closed: bool = False,
    after: tuple[str, UUID] | None = None,
    limit: int = 50,
) -> list[Organisation]:
    """Return organisations by name, URN or postcode, in order of name; `after` is the last (name, id) seen."""
    name, last = after or (None, None)
    chosen = None if kinds is None else list(kinds)
    plain = None if text is None else _literal(text.strip())
    rows = await sql.fetch(_SEARCH, chosen, plain or None, closed, name, last, limit)
    return [_organisation(row) for row in rows]


_IN_AREA = """
select * from organisation_fact o
where o.id in (
        select p.organisation_id from area_organisation p
        where p.area_id = $1 and p.valid_from <= $2 and (p.valid_to is null or p.valid_to >= $2)
            and ($3::text is null or p.basis = $3))
    and ($4::text is null or o.kind = $4)
    and ($5::text is null or (o.name, o.id) > ($5, $6::uuid))
    and ($8::text is null or o.name ilike '%' || $8 || '%' or o.urn::text = $8 or o.postcode ilike $8 || '%')
order by o.name, o.id
limit $7
"""


async def organisations_in_area(
    *,
    area_id: int,
    kind: str | None = None,
    basis: str | None = None,
    on: date | None = None,
    text: str | None = None,
    after: tuple[str, UUID] | None = None,
    limit: int = 1000,
) -> list[Organisation]:
    """Return the organisations present in the area on a day (today if not given), in order of name.

    `text` is part of a name, a URN or the beginning of a postcode.
    """
    name, last = after or (None, None)
    plain = _literal(text.strip()) or None if text else None
    rows = await sql.fetch(_IN_AREA, area_id, on or today(), basis, kind, name, last, limit, plain)
    return [_organisation(row) for row in rows]


_BY_URN = """
select o.urn, o.id, o.name, o.status from organisation_fact o where o.urn = any ($1) and exists (
    select from area_organisation p where p.area_id = $2 and p.organisation_id = o.id
        and p.valid_from <= $3 and (p.valid_to is null or p.valid_to >= $3))
"""


async def establishments_by_urn(*, urns: Sequence[int], area_id: int) -> dict[int, Standing]:
    """Return the establishments of these URNs that are present in the area today, by URN; others are left out."""
    if not urns:
        return {}
    rows = await sql.fetch(_BY_URN, list(urns), area_id, today())
    return {urn: Standing(id=here, name=name, status=status) for urn, here, name, status in rows}


async def areas_of(*, organisation_id: UUID, on: date | None = None) -> list[int]:
    """Return the ids of the areas in which the organisation is present on a day (today if not given)."""
    rows = await sql.fetch(
        "select distinct area_id from area_organisation where organisation_id = $1 and valid_from <= $2 "
        "and (valid_to is null or valid_to >= $2) order by area_id",
        organisation_id,
        on or today(),
    )
    return [row["area_id"] for row in rows]


async def establishments_of_trust(*, trust_id: UUID, closed: bool = False) -> list[Organisation]:
    """Return the establishments a trust runs today, in order of name."""
    rows = await sql.fetch(
        "select * from organisation_fact o where o.trust_id = $1 and ($2 or o.status <> 'closed') "
        "order by o.name, o.id",
        trust_id,
        closed,
    )
    return [_organisation(row) for row in rows]


async def trusts_of(*, establishment_id: UUID) -> list[Membership]:
    """Return the trusts that have run an establishment, today's first; a date the register does not give is None."""
    rows = await sql.fetch(_TRUSTS_OF, establishment_id)
    return [Membership(**dict(row)) for row in rows]


_TRUSTS_OF = """
select t.id as trust_id, t.name, m.valid_from, m.valid_to
from (
    select trust_id, trust_since as valid_from, null::date as valid_to, null::uuid as id
    from organisation where id = $1 and trust_id is not null
    union all
    select trust_id, valid_from, valid_to, id from trust_membership where establishment_id = $1
) m join organisation t on t.id = m.trust_id
order by m.valid_to desc nulls first, m.id desc
"""


async def successors(*, organisation_id: UUID) -> list[Relative]:
    """Return who followed the organisation directly."""
    rows = await sql.fetch(
        "select o.id, o.name, o.status, l.kind, l.on_date from organisation_lineage l "
        "join organisation o on o.id = l.successor_id where l.predecessor_id = $1 order by l.on_date, o.name",
        organisation_id,
    )
    return [Relative(**dict(row)) for row in rows]


async def predecessors(*, organisation_id: UUID) -> list[Relative]:
    """Return whom the organisation followed directly."""
    return (await predecessors_of(organisation_ids=[organisation_id]))[organisation_id]


async def predecessors_of(*, organisation_ids: Sequence[UUID]) -> dict[UUID, list[Relative]]:
    """Return whom each of the organisations followed directly."""
    rows = await sql.fetch(
        "select l.successor_id as asked, o.id, o.name, o.status, l.kind, l.on_date from organisation_lineage l "
        "join organisation o on o.id = l.predecessor_id where l.successor_id = any ($1) order by l.on_date, o.name",
        list(organisation_ids),
    )
    return _by_asked(organisation_ids, rows, of=Relative)


async def current_successors(*, organisation_id: UUID) -> list[Relative]:
    """Return the open organisations at the end of the line: those that follow it today, however many steps on."""
    return (await current_successors_of(organisation_ids=[organisation_id]))[organisation_id]


async def current_successors_of(*, organisation_ids: Sequence[UUID]) -> dict[UUID, list[Relative]]:
    """Return for each of the organisations those that follow it today."""
    return _by_asked(organisation_ids, await sql.fetch(_LINE, list(organisation_ids)), of=Relative)


_LINE = """
with recursive line as (
    select l.predecessor_id as asked, l.successor_id as id, l.kind, l.on_date
    from organisation_lineage l where l.predecessor_id = any ($1)
    union
    select line.asked, l.successor_id, l.kind, l.on_date
    from organisation_lineage l join line on line.id = l.predecessor_id
)
select distinct on (line.asked, o.id) line.asked, o.id, o.name, o.status, line.kind, line.on_date
from line join organisation o on o.id = line.id
where o.status = 'open' and o.id <> line.asked
order by line.asked, o.id, line.on_date desc nulls last
"""


async def history(*, organisation_id: UUID) -> list[Change]:
    """Return what changed, newest first."""
    return (await history_of(organisation_ids=[organisation_id]))[organisation_id]


async def history_of(*, organisation_ids: Sequence[UUID]) -> dict[UUID, list[Change]]:
    """Return what changed in each of the organisations, newest first."""
    rows = await sql.fetch(
        "select organisation_id as asked, field, before, after, effective_on, recorded_at from organisation_history "
        "where organisation_id = any ($1) order by recorded_at desc, id desc",
        list(organisation_ids),
    )
    return _by_asked(organisation_ids, rows, of=Change)


def _by_asked(asked: Sequence[UUID], rows: Iterable[Record], *, of: Callable[..., T]) -> dict[UUID, list[T]]:
    found: dict[UUID, list[T]] = {one: [] for one in asked}
    for row in rows:
        values = dict(row)
        found[values.pop("asked")].append(of(**values))
    return found


def _literal(text: str) -> str:
    return text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")


def _one(row: Record | None) -> Organisation | None:
    return None if row is None else _organisation(row)


def _organisation(row: Record) -> Organisation:
    return Organisation(**dict(row))
