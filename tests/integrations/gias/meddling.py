"""What else happens to establishments between two imports, done past every rule: as an administrator's hand could."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from random import Random

from integrations.gias import invented
from tests.support.cluster import Cluster
from tests.support.queue import as_superuser

Meddle = Callable[[Cluster, Random], Awaitable[object]]
_TODAY = "(now() at time zone 'Europe/London')::date"
_ONE = f"urn = {invented.FIRST_URN} + $1::integer"


async def rename_a_school(cluster: Cluster, chance: Random) -> None:
    query = f"update organisation set name = name || ' (renamed)', version = version + 1 where {_ONE}"
    await as_superuser(cluster, query, chance.randrange(24))


async def move_a_school(cluster: Cluster, chance: Random) -> None:
    await as_superuser(cluster, f"update organisation set la_code = '992' where {_ONE}", chance.randrange(24))


async def close_a_school(cluster: Cluster, chance: Random) -> None:
    query = f"update organisation set status = 'closed', closed_on = '2024-08-31' where {_ONE}"
    await as_superuser(cluster, query, chance.randrange(24))


async def forget_what_the_register_said(cluster: Cluster, chance: Random) -> None:
    await as_superuser(cluster, f"update organisation set content_hash = null where {_ONE}", chance.randrange(24))


async def exchange_what_the_register_said(cluster: Cluster, chance: Random) -> None:
    query = f"update organisation set content_hash = sha256('other'::bytea) where {_ONE}"
    await as_superuser(cluster, query, chance.randrange(24))


async def take_a_school_out_of_its_trust(cluster: Cluster, chance: Random) -> None:
    await as_superuser(cluster, f"update organisation set trust_id = null where {_ONE}", chance.randrange(24))


async def end_a_presence(cluster: Cluster, chance: Random) -> None:
    query = (
        f"update area_organisation set valid_to = {_TODAY} where organisation_id = "
        f"(select id from organisation where {_ONE}) and valid_to is null"
    )
    await as_superuser(cluster, query, chance.randrange(24))


async def end_the_presence_of_trusts(cluster: Cluster, chance: Random) -> None:
    query = (
        f"update area_organisation set valid_to = {_TODAY} where valid_to is null and organisation_id in "
        "(select id from organisation where kind = 'trust' and uid % 2 = $1)"
    )
    await as_superuser(cluster, query, chance.randrange(2))


async def follow_a_successor(cluster: Cluster, chance: Random) -> None:
    query = (
        "insert into organisation_lineage (predecessor_id, successor_id, kind, on_date) "
        f"select a.id, b.id, 'successor', {_TODAY} from organisation a, organisation b where a.{_ONE} "
        f"and b.urn = {invented.FIRST_URN} + 23 and a.id <> b.id on conflict do nothing"
    )
    await as_superuser(cluster, query, chance.randrange(23))


async def cover_an_authority(cluster: Cluster, chance: Random) -> None:
    """An area begins to cover an authority of the file, if none does."""
    query = (
        "insert into area_local_authority (area_id, la_code, la_name, valid_from) "
        "select max(a.id), $1, 'Northmere', coalesce((select max(valid_to) + 1 from area_local_authority "
        f"where la_code = $1), {_TODAY} - 30) from area a "
        f"having not exists (select from area_local_authority where la_code = $1 and valid @> {_TODAY})"
    )
    await as_superuser(cluster, query, str(chance.choice((991, 992, 993, 994))))


async def end_a_cover(cluster: Cluster, chance: Random) -> None:
    query = (
        f"update area_local_authority set valid_to = {_TODAY} - 1 where la_code = $1 and valid @> {_TODAY} "
        f"and valid_from < {_TODAY}"
    )
    await as_superuser(cluster, query, str(chance.choice((991, 992, 993, 994))))


MEDDLING: tuple[Meddle, ...] = (
    rename_a_school, move_a_school, close_a_school, forget_what_the_register_said, exchange_what_the_register_said,
    take_a_school_out_of_its_trust, end_a_presence, end_the_presence_of_trusts,
    follow_a_successor, cover_an_authority, end_a_cover,
)  # fmt: skip
