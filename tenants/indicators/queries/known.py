"""Which indicators an area can import figures of: those it has defined, and the proposed ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from infra.database import sql
from tenants.indicators.rules.catalogue import PROPOSED
from tenants.indicators.rules.cells import Known
from tenants.indicators.rules.values import Unit


@dataclass(frozen=True, kw_only=True)
class Edition:
    """One edition of a definition that the area has."""

    code: str
    edition: str
    unit: Unit


async def editions(*, area_id: int) -> list[Edition]:
    """Return the editions that the area has, each code's oldest first."""
    rows = await sql.fetch(
        "select code, edition, unit from indicator_definition where area_id = $1 order by code, defined_at, id", area_id
    )
    return [Edition(code=row["code"], edition=row["edition"], unit=Unit(row["unit"])) for row in rows]


def known(found: Iterable[Edition], *, own: bool = False) -> dict[str, Known]:
    """Return each indicator by code: the area's own, and (unless `own`) the proposed ones that it has not adopted."""
    grouped: dict[str, list[Edition]] = defaultdict(list)
    for each in found:
        grouped[each.code].append(each)
    if not own:
        for one in PROPOSED:
            grouped.setdefault(one.code, [Edition(code=one.code, edition=one.edition, unit=one.unit)])
    return {
        code: Known(unit=each[-1].unit, edition=each[-1].edition, editions=frozenset(one.edition for one in each))
        for code, each in grouped.items()
    }
