"""The keys of those whose personal text an area's entries hold: sealed anew, and destroyed. In a scope of the area."""

from __future__ import annotations

from collections.abc import Sequence

from infra import sealing
from infra.database import sql
from tenants.audit.personal import place_of_key

_HELD = """
select area_id, id, sealed, key_id from audit.subject_key where area_id = any ($1) and sealed is not null
order by area_id, id for update
"""
_RESEAL = """
update audit.subject_key k set sealed = anew.sealed, key_id = $1
from unnest($2::integer[], $3::uuid[], $4::bytea[]) as anew (area_id, id, sealed)
where k.area_id = anew.area_id and k.id = anew.id
"""
_DESTROY = """
update audit.subject_key set sealed = null, key_id = null, erased_at = now()
where area_id = $1 and subject_type = $2 and subject_id = $3 and erased_at is null returning id
"""


async def reseal(*, areas: Sequence[int], old_secret: bytes) -> tuple[int, int, list[int]]:
    """Open the areas' keys with the old secret key and seal them with today's: three statements at most.

    Return how many were sealed anew, how many were already, and of which areas a key opens with neither. Such a key
    stays as it is: it cannot be entered again, and may open yet with a key that is older still.
    """
    anew: list[tuple[int, object, bytes]] = []
    rows, lost = await sql.fetch(_HELD, list(areas)), []
    waiting = [row for row in rows if row["key_id"] != sealing.key_id()]
    for row in waiting:
        place = place_of_key(area_id=row["area_id"], key=row["id"])
        try:
            secret = sealing.unseal(row["sealed"], place=place, under=old_secret)
        except sealing.CannotOpen:
            lost.append(row["area_id"])
        else:
            anew.append((row["area_id"], row["id"], sealing.seal(secret, place=place)))
    if anew:
        await sql.execute(_RESEAL, sealing.key_id(), *map(list, zip(*anew, strict=True)))
    return len(anew), len(rows) - len(waiting), lost


async def destroy(*, area_id: int, subject: tuple[str, str]) -> int:
    """Destroy every key of a subject, and return how many there were. What they sealed is erased by that."""
    return len(await sql.fetch(_DESTROY, area_id, *subject))
